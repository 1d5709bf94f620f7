import type { Meta, StoryObj } from "@storybook/web-components-vite"
import { html } from "lit"
import { createFixtureClient } from "../../testing/fixture-client.ts"
import type { CertivoProductList } from "./product-list.ts"

const meta: Meta<CertivoProductList> = {
  title: "Views/Product list",
  component: "certivo-product-list",
  render: () => html`<certivo-product-list selectable></certivo-product-list>`
}
export default meta

type Story = StoryObj<CertivoProductList>

export const Default: Story = {}

export const Failing: Story = {
  parameters: { client: Object.assign(createFixtureClient(), { failures: 1 }) }
}

export const Slow: Story = {
  parameters: { client: createFixtureClient({ delay: 3000 }) }
}
