import type { Meta, StoryObj } from "@storybook/web-components-vite"
import { html } from "lit"
import { dutyOrder, statusOrder } from "../../internal/format.ts"
import type { CertivoBadge } from "./badge.ts"

const meta: Meta<CertivoBadge> = {
  title: "Primitives/Badge",
  component: "certivo-badge",
  argTypes: { status: { control: "select", options: [...statusOrder, ...dutyOrder] } },
  args: { status: "compliant" },
  render: ({ status }) => html`<certivo-badge status=${status}></certivo-badge>`
}
export default meta

type Story = StoryObj<CertivoBadge>

export const Default: Story = {}

export const All: Story = {
  render: () =>
    html`${[...statusOrder, ...dutyOrder].map((status) => html`<p><certivo-badge status=${status}></certivo-badge></p>`)}`
}
