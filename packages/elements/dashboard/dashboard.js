const byId = (id) => document.getElementById(id)
const provider = byId("provider")
const app = byId("app")
const signIn = byId("sign-in")
const products = byId("products")
const summary = byId("summary")
const table = byId("table")
const panel = byId("panel")
const detail = byId("detail")
const dialog = byId("import")

/** Answers a session, or nothing when a person has to sign in. */
const demoSession = async (signal) => {
  const response = await fetch("/v1/auth/demo", { signal: signal ?? null })
  if (response.status === 404) return undefined
  if (!response.ok) throw new Error(`The server answered ${response.status}`)
  return response.json()
}

/** Set while the sign-in form is shown: takes the session that the form brings, and is what every request waits for. */
let signedIn
let pending
const askForSession = () => {
  if (pending !== undefined) return pending
  signIn.hidden = false
  app.hidden = true
  byId("open-import").hidden = true
  byId("secret").focus()
  pending = new Promise((resolve) => {
    signedIn = resolve
  })
  return pending
}

const showApp = () => {
  signIn.hidden = true
  app.hidden = false
  byId("open-import").hidden = false
}

byId("sign-in-form").addEventListener("submit", async (event) => {
  event.preventDefault()
  const error = byId("sign-in-error")
  const secret = byId("secret")
  error.textContent = ""
  try {
    const response = await fetch("/v1/auth/token", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ secret: secret.value })
    })
    if (!response.ok) {
      error.textContent = response.status === 429 ? "Too many tries. Wait a little." : "This key is not accepted."
      return
    }
    secret.value = ""
    signedIn?.(await response.json())
    pending = undefined
    showApp()
  } catch {
    error.textContent = "The server cannot be reached."
  }
})

provider.fetchSession = async ({ signal }) => {
  const session = await demoSession(signal)
  if (session === undefined) return askForSession()
  showApp()
  return session
}
app.hidden = false

const showProduct = (partNumber) => {
  products.selected = partNumber
  summary.status = ""
  table.status = ""
  table.regulation = ""
  table.search = ""
  table.selected = ""
  summary.productId = partNumber
  table.productId = partNumber
  byId("hint").hidden = true
  byId("product").hidden = false
  app.classList.add("has-product")
  closePart()
}

const showPart = (partNumber) => {
  detail.partNumber = partNumber
  table.selected = partNumber
  panel.hidden = false
  panel.scrollTop = 0
}

const closePart = () => {
  panel.hidden = true
  table.selected = ""
}

products.addEventListener("certivo-row-activate", ({ detail: { partNumber } }) => showProduct(partNumber))
products.addEventListener("certivo-load", async () => {
  // A wide screen has room for a product beside the list: it opens the first one by itself.
  if (summary.productId || !matchMedia("(min-width: 900px)").matches) return
  await products.updateComplete
  products.shadowRoot.querySelector("li button")?.click()
})
table.addEventListener("certivo-row-activate", ({ detail: { partNumber } }) => {
  showPart(partNumber)
  byId("close-panel").focus()
})
detail.addEventListener("certivo-row-activate", ({ detail: { partNumber } }) => showPart(partNumber))
summary.addEventListener("certivo-filter-change", ({ detail: { status } }) => {
  table.status = status ?? ""
  table.regulation = ""
})
table.addEventListener("certivo-filter-change", ({ detail: { status, regulation } }) => {
  summary.status = regulation === undefined ? (status ?? "") : ""
})
byId("close-panel").addEventListener("click", () => {
  closePart()
  table.focus()
})
panel.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return
  closePart()
  table.focus()
})
byId("back").addEventListener("click", () => {
  app.classList.remove("has-product")
  closePart()
})

byId("open-import").addEventListener("click", () => dialog.showModal())
byId("close-import").addEventListener("click", () => dialog.close())
byId("importer").addEventListener("certivo-import-complete", ({ detail: { job } }) => {
  if (job.product) showProduct(job.product)
})

byId("theme").addEventListener("click", () => {
  const dark =
    provider.theme === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : provider.theme === "dark"
  provider.theme = dark ? "light" : "dark"
  document.documentElement.dataset.theme = provider.theme
})
