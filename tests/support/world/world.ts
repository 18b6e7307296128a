import * as runtime from '../../../src/runtime/index.ts'
import { compile } from './compile.ts'
import { fetchOf, modulesOf } from './modules.ts'
import { hash, pick, type WorldScript } from './script.ts'
import { snapshot } from './snapshot.ts'

/** What modules of a test may use. */
export interface World {
  /**
   * Starts an operation: records it, and answers as the script says. `answer` is asked when the operation ends; without
   * one the answer is a number made of name and arguments. With a `sink` the order of starts is compared too.
   */
  operation<T = number>(name: string, args: readonly unknown[], options?: { sink?: string; answer?: () => T }): Promise<T>
  /** Records an effect that takes no time. */
  effect(name: string, ...args: unknown[]): void
  /** Throws an error that counts among the failures. */
  fail(name: string, ...args: unknown[]): never
  /** Shared state of the world (files, counters); part of the outcome. */
  read(key: string): unknown
  write(key: string, value: unknown): void
  /** Calls `then` after so many ticks of the virtual clock; gives a function that takes it back. */
  after(ticks: number, then: () => void): () => void
  /** Ticks since the start. */
  now(): number
}

export type WorldModules = Record<string, Record<string, unknown>>

export interface RunOptions {
  /** Modules besides those of `modules.ts`; an entry replaces one of the same name. */
  readonly modules?: (world: World) => WorldModules
  readonly globals?: (world: World) => Readonly<Record<string, unknown>>
  /** Replaces `concurrency` in every call of the helper. */
  readonly limit?: number
}

export interface Outcome {
  readonly result: { readonly kind: 'returned' | 'threw'; readonly value: string } | { readonly kind: 'hung' | 'endless' }
  /** Snapshots of what `observe` named, in the order of the calls. */
  readonly state: readonly string[]
  /** The world's own state (files, counters). */
  readonly world: readonly string[]
  /** Starts of operations and other effects, in the order in which they happened. */
  readonly effects: readonly string[]
  /** The same by sink. */
  readonly sinks: Readonly<Record<string, readonly string[]>>
  /** Most operations in flight at any time. */
  readonly maxInFlight: number
  /** How many operations failed. */
  readonly failures: readonly string[]
  readonly unhandled: readonly string[]
  /** Values of `concurrency` that the program passed to the helper. */
  readonly limits: readonly unknown[]
  /** Ticks of the virtual clock until `main` settled. */
  readonly ticks: number
}

const MAX_EVENTS = 5_000

interface Event {
  readonly time: number
  readonly run: () => void
  cancelled: boolean
}

/** Runs a program until nothing is left to happen, also what it left behind when it failed. */
export async function runInWorld(code: string, script: WorldScript, options: RunOptions = {}): Promise<Outcome> {
  const events: Event[] = []
  const effects: string[] = []
  const sinks: Record<string, string[]> = {}
  const failures: string[] = []
  const observed: (() => unknown)[] = []
  const cells = new Map<string, unknown>()
  const counts = new Map<string, number>()
  const limits: unknown[] = []
  let time = 0
  let inFlight = 0
  let maxInFlight = 0

  const world: World = {
    now: () => time,
    read: (key) => cells.get(key),
    write: (key, value) => void cells.set(key, value),
    effect: (name, ...args) => void effects.push(call(name, args)),
    fail(name, ...args) {
      failures.push(call(name, args))
      throw new Error(call(name, args))
    },
    after(ticks, run) {
      const event: Event = { time: time + Math.max(0, Number(ticks) || 0), run, cancelled: false }
      const at = events.findIndex((other) => other.time > event.time)
      events.splice(at < 0 ? events.length : at, 0, event)
      return () => (event.cancelled = true)
    },
    operation<T>(name: string, args: readonly unknown[], { sink, answer }: { sink?: string; answer?: () => T } = {}) {
      const text = call(name, args)
      effects.push(text)
      if (sink) (sinks[sink] ??= []).push(text)
      const count = (counts.get(text) ?? 0) + 1
      counts.set(text, count)
      // Whether it fails depends on the call alone, so that both programs meet the same failures.
      const how = pick(script.answers, script.salt, text)
      if (how !== 'resolve') failures.push(text)
      const fail = () => Object.assign(new Error(`${text} failed`), { code: hash(text) % 100 })
      if (how === 'throw') throw fail()
      const delay = pick(script.delays, script.salt, text, count)
      const value = answer ?? (() => (hash(text) % 10) as T)
      if (delay === 0) return how === 'resolve' ? Promise.resolve().then(value) : Promise.reject(fail())
      inFlight += 1
      maxInFlight = Math.max(maxInFlight, inFlight)
      return new Promise<T>((resolve, reject) => {
        world.after(delay, () => {
          inFlight -= 1
          if (how === 'resolve') resolve(value())
          else reject(fail())
        })
      })
    },
  }

  const modules: WorldModules = {
    ...modulesOf(world),
    ...options.modules?.(world),
    'eslint-plugin-bounded/runtime': helperWith(options.limit, limits),
  }
  const globals = {
    ...globalsOf(world),
    observe: (look: () => unknown) => void observed.push(look),
    ...options.globals?.(world),
  }
  const require = (name: string) => {
    const found = modules[name]
    if (!found) throw new Error(`The world has no module '${name}'.`)
    return found
  }

  let result: Outcome['result'] | undefined
  let ticks = 0
  const settle = (kind: 'returned' | 'threw') => (value: unknown) => {
    ticks = time
    result = { kind, value: snapshot(value) }
  }
  const unhandled = await whileListening(async () => {
    const { main } = compile(code, require, globals)
    void new Promise((resolve) => resolve(main())).then(settle('returned'), settle('threw'))
    await settled()
    for (let ran = 0; events.length > 0; ran += 1) {
      if (ran > MAX_EVENTS) return void (result = { kind: 'endless' })
      const event = events.shift() as Event
      time = event.time
      if (event.cancelled) continue
      event.run()
      // Operations of the same tick end together, as replies that arrive in one packet do.
      if (events[0]?.time !== time || events[0].cancelled) await settled()
    }
  })
  return {
    result: result ?? { kind: 'hung' },
    state: observed.map((look) => snapshot(look())),
    world: [...cells].map(([key, value]) => `${key}: ${snapshot(value)}`).sort(),
    effects,
    sinks,
    maxInFlight,
    failures,
    unhandled,
    limits,
    ticks,
  }
}

function call(name: string, args: readonly unknown[]): string {
  return `${name}(${args.map(snapshot).join(', ')})`
}

/** All microtasks have run. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Rejections that nobody handled while `run` ran; the test runner's own listeners do not see them. */
async function whileListening(run: () => Promise<void>): Promise<string[]> {
  const seen: string[] = []
  const listen = (error: unknown) => void seen.push(snapshot(error))
  const others = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', listen)
  try {
    await run()
    await settled()
  } finally {
    process.off('unhandledRejection', listen)
    for (const other of others) process.on('unhandledRejection', other)
  }
  return seen
}

function globalsOf(world: World): Record<string, unknown> {
  const log = (...args: unknown[]) => world.effect('log', ...args)
  const timers = new Map<number, () => void>()
  const setTimer = (then: (...args: unknown[]) => void, ticks = 0, ...args: unknown[]) => {
    const id = timers.size + 1
    timers.set(id, world.after(ticks, () => then(...args)))
    return id
  }
  return {
    fetch: fetchOf(world),
    effect: (name: string, ...args: unknown[]) => world.effect(name, ...args),
    fail: (name: string, ...args: unknown[]) => world.fail(name, ...args),
    console: { log, info: log, warn: log, error: log, debug: log },
    setTimeout: setTimer,
    setImmediate: (then: () => void) => setTimer(then, 0),
    clearTimeout: (id: number) => timers.get(id)?.(),
    performance: { now: world.now },
  }
}

/** The real helper; the limits that programs pass are recorded, and replaced where the test says so. */
function helperWith(limit: number | undefined, limits: unknown[]): Record<string, unknown> {
  const wrapped: Record<string, unknown> = { ...runtime }
  for (const name of ['mapBounded', 'mapBoundedSettled', 'forEachBounded', 'streamBounded']) {
    const original = wrapped[name]
    if (typeof original !== 'function') continue
    wrapped[name] = (input: unknown, fn: unknown, options: { concurrency?: unknown }) => {
      limits.push(options?.concurrency)
      return original(input, fn, limit === undefined ? options : { ...options, concurrency: limit }) as unknown
    }
  }
  return wrapped
}
