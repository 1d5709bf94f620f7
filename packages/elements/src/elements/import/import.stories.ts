import type { Meta, StoryObj } from "@storybook/web-components-vite"
import { html } from "lit"
import { createFixtureClient } from "../../testing/fixture-client.ts"
import type { CertivoImport } from "./import.ts"

const meta: Meta<CertivoImport> = {
  title: "Views/Import",
  component: "certivo-import",
  render: () => html`<certivo-import></certivo-import>`
}
export default meta

type Story = StoryObj<CertivoImport>

export const Default: Story = {}

export const Failing: Story = {
  parameters: { client: Object.assign(createFixtureClient(), { failures: 1 }) }
}

export const Slow: Story = {
  parameters: { client: createFixtureClient({ delay: 3000 }) }
}
