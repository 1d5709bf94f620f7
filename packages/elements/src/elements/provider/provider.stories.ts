import type { Meta, StoryObj } from "@storybook/web-components-vite"
import { html } from "lit"
import { createFixtureClient } from "../../testing/fixture-client.ts"
import type { CertivoProvider } from "./provider.ts"

const meta: Meta<CertivoProvider> = {
  title: "Views/Provider",
  component: "certivo-provider",
  argTypes: { theme: { control: "select", options: ["auto", "light", "dark"] } },
  args: { theme: "auto" },
  render: ({ theme }) => html`
    <certivo-provider theme=${theme} .client=${createFixtureClient()}>
      <certivo-product-summary product-id="P-1000"></certivo-product-summary>
    </certivo-provider>
  `
}
export default meta

type Story = StoryObj<CertivoProvider>

export const Default: Story = {}
export const Dark: Story = { args: { theme: "dark" } }
