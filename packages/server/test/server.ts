/** Starts the real server as a process of its own, and ends it. */
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { createServer } from "node:net"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url))

export interface Server {
  readonly base: string
  readonly output: ReadonlyArray<string>
  readonly stop: (signal: NodeJS.Signals) => Promise<number | null>
}

/** Resolves when the server says where it is; rejects with its output when it ends before. */
export const startServer = async (args: ReadonlyArray<string>, env: NodeJS.ProcessEnv = {}): Promise<Server> => {
  const { DATABASE_URL: _unused, ...inherited } = process.env
  const child: ChildProcess = spawn(process.execPath, [main, "serve", ...args], {
    env: { ...inherited, ...env },
    stdio: ["ignore", "pipe", "pipe"]
  })
  const output: Array<string> = []
  const ended = once(child, "exit").then(([code]) => code as number | null)
  createInterface({ input: child.stderr as NodeJS.ReadableStream }).on("line", (line) => output.push(line))
  const base = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on("line", (line) => {
      output.push(line)
      const address = /^Certivo is at (http\S+)/.exec(line)?.[1]
      if (address !== undefined) resolve(address)
    })
    ended.then((code) => reject(new Error(`The server ended with ${code}:\n${output.join("\n")}`)))
  })
  return {
    base,
    output,
    stop: (signal) => {
      child.kill(signal)
      return ended
    }
  }
}

export const freePort = () =>
  new Promise<string>((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address()
      probe.close(() => resolve(String(typeof address === "object" ? address?.port : "")))
    })
  })
