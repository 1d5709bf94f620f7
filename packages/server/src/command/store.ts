/** The store that a command works on, by its flags and the environment: the same as that of `certivo serve`. */
import { existsSync } from "node:fs"
import { resolve } from "node:path"
import { Compliance } from "@certivo/core"
import { TenantId } from "@certivo/core/ports"
import * as Config from "effect/Config"
import { Flag } from "effect/cli"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { CommandExit, exitCodes } from "./exit.ts"

export const dataFlag = Flag.String("data").pipe(Flag.withDescription("Data directory"), Flag.withDefault(".certivo"))

export const tenantFlag = Flag.String("tenant").pipe(
  Flag.withSchema(TenantId),
  Flag.withDescription("Whose data it is"),
  Flag.withDefault(TenantId.make("default"))
)

export const storeOptions = Effect.fnUntraced(function* (data: string) {
  const databaseUrl = yield* Config.Redacted("DATABASE_URL").pipe(Config.option)
  const prepare = yield* Config.Boolean("DATABASE_PREPARE").pipe(Config.withDefault(true))
  return { data: resolve(data), databaseUrl: Option.getOrUndefined(databaseUrl), prepare }
})

/** The same, of a store that is there: a mistyped path is not to become one. */
export const existingStore = Effect.fnUntraced(function* (data: string) {
  const options = yield* storeOptions(data)
  if (options.databaseUrl === undefined && !existsSync(options.data))
    return yield* new CommandExit({ code: exitCodes.unreadable, message: `There is no store in ${options.data}` })
  return options
})

/** Runs on the service over a store that is there. What opens stores is loaded only now. */
export const onStore = Effect.fnUntraced(function* <A, E extends { readonly message: string }, R>(
  data: string,
  effect: Effect.Effect<A, E, R>
) {
  const { storeOf } = yield* Effect.promise(() => import("../store.ts"))
  const services = Compliance.layer.pipe(Layer.provide(storeOf(yield* existingStore(data))))
  return yield* orUnreadable(Effect.provide(effect, services))
})

/** Failures in words, and not as bugs. */
export const orUnreadable = <A, E extends { readonly message: string }, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.mapError(effect, (error) =>
    error instanceof CommandExit ? error : new CommandExit({ code: exitCodes.unreadable, message: error.message })
  )
