import { connect, createServer, type Socket } from "node:net"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"

/** What becomes of bytes on their way to the server: passed on, or the connection cut before or behind them. */
export type Fate = "pass" | "cut before" | "cut behind"

/** A way to a database that can be cut; gives the URL that leads through it. */
export const proxied = Effect.fnUntraced(function* (url: Redacted.Redacted<string>, fateOf: (bytes: Buffer) => Fate) {
  const target = new URL(Redacted.value(url))
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect({ host: target.hostname, port: Number(target.port || 5432) })
    const end = () => {
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.once("error", end).once("close", end)
    }
    client.on("data", (bytes) => {
      const fate = fateOf(bytes)
      if (fate === "pass") upstream.write(bytes)
      else if (fate === "cut before") end()
      else {
        client.destroy()
        upstream.end(bytes)
      }
    })
    upstream.on("data", (bytes) => client.write(bytes))
  })
  yield* Effect.acquireRelease(
    Effect.promise(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))),
    () =>
      Effect.sync(() => {
        server.close()
        for (const socket of sockets) socket.destroy()
      })
  )
  const through = new URL(target)
  through.port = String((server.address() as { readonly port: number }).port)
  return Redacted.make(through.toString())
})
