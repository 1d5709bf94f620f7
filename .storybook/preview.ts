import type { Preview } from "@storybook/web-components-vite"
import { html } from "lit"
import "../packages/elements/src/all.ts"
import { createFixtureClient } from "../packages/elements/src/testing/fixture-client.ts"

const preview: Preview = {
  parameters: { layout: "padded", controls: { expanded: true } },
  globalTypes: {
    theme: {
      description: "Colour scheme",
      toolbar: { icon: "contrast", items: ["auto", "light", "dark"], dynamicTitle: true }
    }
  },
  initialGlobals: { theme: "auto" },
  decorators: [
    (story, { globals, parameters }) => {
      const client = parameters.client ?? createFixtureClient({ delay: 120 })
      return html`<certivo-provider theme=${globals.theme} .client=${client}>${story()}</certivo-provider>`
    }
  ]
}

export default preview
