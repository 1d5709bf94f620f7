import type { Meta, StoryObj } from "@storybook/web-components-vite"
import { html } from "lit"
import { createFixtureClient } from "../../testing/fixture-client.ts"
import type { CertivoProductSummary } from "./product-summary.ts"

const meta: Meta<CertivoProductSummary> = {
  title: "Views/Product summary",
  component: "certivo-product-summary",
  render: () => html`<certivo-product-summary product-id="P-1000"></certivo-product-summary>`
}
export default meta

type Story = StoryObj<CertivoProductSummary>

export const Default: Story = {}

export const Failing: Story = {
  parameters: { client: Object.assign(createFixtureClient(), { failures: 1 }) }
}

export const Slow: Story = {
  parameters: { client: createFixtureClient({ delay: 3000 }) }
}
