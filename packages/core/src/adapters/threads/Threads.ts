/** Threads that decode the blocks of one table. */
import { Worker } from "node:worker_threads"
import { DecodingFailed } from "../../Decoding.ts"
import type { Block } from "../../ingest/table/Block.ts"
import type { Answer, SentTable } from "./messages.ts"

/** Blocks that a thread has at a time: the one it decodes, and the next, so that it never waits for this thread. */
const BLOCKS_PER_THREAD = 2

/** The program of a thread stands beside this one, as source and as built. */
const program = new URL(`./thread${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url)

interface Task {
  readonly block: Block
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: DecodingFailed) => void
}

interface Thread {
  readonly name: string
  readonly worker: Worker
  /** In the order of the answers to come. */
  readonly tasks: Array<Task>
}

export class Threads {
  readonly #document: string
  readonly #threads: ReadonlyArray<Thread>
  readonly #queue: Array<Task> = []
  #failure: DecodingFailed | undefined
  #closed = false

  constructor(count: number, table: SentTable) {
    this.#document = table.document.name
    this.#threads = Array.from({ length: count }, (_, index) => this.#start(`certivo-decoding-${index + 1}`, table))
  }

  /** Blocks that can be given without one of them waiting for a thread. */
  get capacity(): number {
    return BLOCKS_PER_THREAD * this.#threads.length
  }

  /** Takes the bytes of the block; they come back with the answer. Rejects with {@link DecodingFailed} when a thread has ended. */
  decode(block: Block): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) {
        reject(this.#failure)
        return
      }
      this.#queue.push({ block, resolve, reject })
      this.#assign()
    })
  }

  /** Blocks that have not been answered never are. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()))
  }

  #start(name: string, table: SentTable): Thread {
    const thread: Thread = { name, worker: new Worker(program, { name, workerData: table }), tasks: [] }
    thread.worker
      .on("message", (answer: Answer) => this.#answered(thread, answer))
      .on("messageerror", (error) => this.#fail(thread, error.message))
      .on("error", (error) => this.#fail(thread, error instanceof Error ? error.message : String(error)))
      .on("exit", (code) => this.#fail(thread, `it exited with ${code}`))
      .unref()
    return thread
  }

  #assign(): void {
    for (;;) {
      const idlest = this.#threads.reduce((least, thread) =>
        thread.tasks.length < least.tasks.length ? thread : least
      )
      if (idlest.tasks.length >= BLOCKS_PER_THREAD) return
      const task = this.#queue.shift()
      if (task === undefined) return
      idlest.tasks.push(task)
      idlest.worker.ref()
      idlest.worker.postMessage(task.block, [task.block.bytes.buffer])
    }
  }

  #answered(thread: Thread, answer: Answer): void {
    thread.tasks.shift()?.resolve(answer)
    if (thread.tasks.length === 0) thread.worker.unref()
    this.#assign()
  }

  #fail(thread: Thread, detail: string): void {
    if (this.#closed || this.#failure !== undefined) return
    this.#failure = new DecodingFailed({ document: this.#document, thread: thread.name, detail })
    for (const { reject } of [...this.#threads.flatMap(({ tasks }) => tasks), ...this.#queue]) reject(this.#failure)
  }
}
