import type { Meta, StoryObj } from "@storybook/web-components-vite"
import { html } from "lit"
import { statusOrder } from "../../internal/format.ts"
import type { CertivoBadge } from "./badge.ts"

const meta: Meta<CertivoBadge> = {
  title: "Primitives/Badge",
  component: "certivo-badge",
  argTypes: { status: { control: "select", options: statusOrder } },
  args: { status: "compliant" },
  render: ({ status }) => html`<certivo-badge status=${status}></certivo-badge>`
}
export default meta

type Story = StoryObj<CertivoBadge>

export const Default: Story = {}

export const All: Story = {
  render: () => html`${statusOrder.map((status) => html`<p><certivo-badge status=${status}></certivo-badge></p>`)}`
}
