import type { Meta, StoryObj } from "@storybook/web-components-vite"
import { html } from "lit"
import { createFixtureClient } from "../../testing/fixture-client.ts"
import type { CertivoComplianceTable } from "./compliance-table.ts"

const meta: Meta<CertivoComplianceTable> = {
  title: "Views/Compliance table",
  component: "certivo-compliance-table",
  render: () => html`<certivo-compliance-table product-id="P-1000"></certivo-compliance-table>`
}
export default meta

type Story = StoryObj<CertivoComplianceTable>

export const Default: Story = {}

export const Failing: Story = {
  parameters: { client: Object.assign(createFixtureClient(), { failures: 1 }) }
}

export const Slow: Story = {
  parameters: { client: createFixtureClient({ delay: 3000 }) }
}
