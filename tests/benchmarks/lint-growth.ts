/** How lint time grows with the program: generated programs at two sizes. */
import tsParser from '@typescript-eslint/parser'
import { Linter } from 'eslint'
import type { BoundedPlugin } from '../../src/index.ts'

export interface Growth {
  readonly what: string
  readonly sizes: readonly [number, number]
  /** CPU microseconds that the rules took, at each size. */
  readonly times: readonly [number, number]
}

const lines = (count: number, line: (index: number) => string): string => Array.from({ length: count }, (_, index) => line(index)).join('\n')

/** Each makes a program of a size; sizes are compared as they are given. */
export const programs: Record<string, { readonly sizes: readonly [number, number]; readonly make: (size: number) => string }> = {
  'lines of generated functions': {
    sizes: [5_000, 20_000],
    make: (size) =>
      lines(Math.floor(size / 5), (i) => `export async function f${i}(xs) {\n  const out = []\n  for (const x of xs) out.push(await fetch(x + ${i}))\n  return out\n}`),
  },
  'nested loops': {
    sizes: [50, 200],
    make: (size) =>
      `export async function f(xs) {\n${lines(size, (i) => `for (const x${i} of xs) {`)}\nawait fetch(x0)\n${'}'.repeat(size)}\n}`,
  },
  'awaits in one function': {
    sizes: [500, 2_000],
    make: (size) => `export async function f(x) {\n${lines(size, (i) => `const a${i} = await fetch(x + ${i})`)}\n}`,
  },
  'awaits in one loop': {
    sizes: [500, 2_000],
    make: (size) => `export async function f(xs) {\nfor (const x of xs) {\n${lines(size, (i) => `const a${i} = await fetch(x + ${i})`)}\n}\n}`,
  },
  'calls along a chain of functions': {
    sizes: [500, 2_000],
    make: (size) =>
      `${lines(size, (i) => `async function f${i}(x) { return f${i + 1}(x) }`)}\nasync function f${size}(x) { return fetch(x) }\nexport const all = (xs) => Promise.all(xs.map((x) => f0(x)))`,
  },
  'calls by two ways each': {
    sizes: [100, 400],
    make: (size) =>
      `const queue = []\n${lines(size, (i) => `function f${i}(x) { g${i + 1}(x); h${i + 1}(x) }\nfunction g${i + 1}(x) { f${i + 1}(x) }\nfunction h${i + 1}(x) { f${i + 1}(x) }`)}\nfunction f${size}(x) { queue.push(x) }\nexport const next = async () => queue.shift()\nexport const start = (x) => f0(x)`,
  },
  'lists that functions fill and count': {
    sizes: [500, 2_000],
    make: (size) =>
      lines(
        size,
        (i) =>
          `const list${i} = []\nlet pending${i} = 0\nexport async function add${i}(x) {\n  const waiting = list${i}.length\n  pending${i}++\n  if (x) list${i}.push(x + waiting)\n  await x\n}\nexport const isLess${i} = (a, b) => a < b`,
      ),
  },
  'lists that one function counts': {
    sizes: [500, 2_000],
    make: (size) =>
      `${lines(size, (i) => `const list${i} = []\nexport const add${i} = (x) => list${i}.push(x)`)}\nexport function count(total) {\n${lines(size, (i) => `const n${i} = list${i}.length\ntotal(n${i})`)}\n}`,
  },
  'fields of generated classes': {
    sizes: [250, 1_000],
    make: (size) =>
      lines(size, (i) => `class Queue${i} {\n  constructor() { this.items = [] }\n  add(x) { this.items.push(x) }\n  next() { return this.items.shift() }\n}`),
  },
  'methods of generated prototypes': {
    sizes: [250, 1_000],
    make: (size) =>
      lines(size, (i) => `function Queue${i}() { this.items${i} = [] }\nQueue${i}.prototype.add = function (x) { this.items${i}.push(x) }\nQueue${i}.prototype.next = async function () { return this.items${i}.shift() }`),
  },
  'pushes to one queue': {
    sizes: [500, 2_000],
    make: (size) => `const queue = []\n${lines(size, (i) => `export function add${i}(x) { queue.push(x) }`)}\nexport const next = () => queue.shift()`,
  },
}

export function growth(plugin: BoundedPlugin): Growth[] {
  return Object.entries(programs).map(([what, { sizes, make }]) => ({
    what,
    sizes,
    times: [ruleTime(make(sizes[0]), plugin), ruleTime(make(sizes[1]), plugin)],
  }))
}

/** Runs of each program, with the rules and without in turn, so that both meet the same machine. */
export const RUNS = 11

/** The least time with the rules, less the least without. */
function ruleTime(code: string, plugin: BoundedPlugin): number {
  const base: Linter.Config = { files: ['**/*.js'], languageOptions: { parser: tsParser as Linter.Parser } }
  const time = (config: Linter.Config[]): number => {
    const linter = new Linter({ configType: 'flat' })
    const started = process.cpuUsage()
    linter.verify(code, config, { filename: 'src/generated.js' })
    const { user, system } = process.cpuUsage(started)
    return user + system
  }
  let floor = Number.POSITIVE_INFINITY
  let whole = Number.POSITIVE_INFINITY
  for (let run = 0; run < RUNS; run += 1) {
    floor = Math.min(floor, time([base]))
    whole = Math.min(whole, time([base, plugin.configs.all as Linter.Config]))
  }
  return Math.max(0, whole - floor)
}
