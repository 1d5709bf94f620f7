import type { Meta, StoryObj } from "@storybook/web-components-vite"
import { html } from "lit"
import { createFixtureClient } from "../../testing/fixture-client.ts"
import type { CertivoPartDetail } from "./part-detail.ts"

const meta: Meta<CertivoPartDetail> = {
  title: "Views/Part detail",
  component: "certivo-part-detail",
  render: () => html`<certivo-part-detail part-number="P-00001"></certivo-part-detail>`
}
export default meta

type Story = StoryObj<CertivoPartDetail>

export const Default: Story = {}

export const Failing: Story = {
  parameters: { client: Object.assign(createFixtureClient(), { failures: 1 }) }
}

export const Slow: Story = {
  parameters: { client: createFixtureClient({ delay: 3000 }) }
}
