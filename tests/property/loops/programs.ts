/**
 * Programs with one loop that waits: over arrays, sets, maps, generators, counters, keys and async iterables; with
 * reductions, early exits from an iteration, closures, exceptions and nested loops. Half of them have a real dependence
 * between iterations, of which `dependence` names the reason.
 */
import type fc from 'fast-check'
import { drawn, type Choices } from './choices.ts'
import { dependences, type Dependence } from './dependences.ts'

export interface Program {
  readonly code: string
  /** The reason why the iterations are not independent; null where nothing makes them so. */
  readonly dependence: string | null
  readonly filename: string
}

/** `only` draws programs with that dependence. */
export function programs(only?: Dependence['reason']): fc.Arbitrary<Program> {
  return drawn((choices) => {
    const candidates = only ? dependences.filter(({ reason }) => reason === only) : dependences
    const dependence = only || choices.rarely(2) ? choices.of(candidates) : null
    return new Writer(choices, dependence).program()
  })
}

/** Accumulators: how they start and how an iteration adds to them. */
const accumulators = {
  out: { start: '[]', add: (value: string) => `out.push(${value})` },
  both: { start: '[]', add: (value: string) => `both.push(${value}, 0)` },
  spread: { start: '[]', add: (value: string) => `spread.push(...[${value}, 1])` },
  count: { start: '0', add: () => 'count++' },
  total: { start: '0', add: (value: string) => `total += ${value}` },
  text: { start: "''", add: (value: string) => `text += '/' + ${value}` },
  last: { start: 'null', add: (value: string) => `last = ${value}` },
  byKey: { start: 'new Map()', add: (value: string, key: string) => `byKey.set(${key}, ${value})` },
  record: { start: '{}', add: (value: string, key: string) => `record[${key}] = ${value}` },
  seen: { start: 'new Set()', add: (value: string) => `seen.add(${value})` },
  gone: { start: 'new Set([1, 3, 5, 9])', add: (value: string) => `gone.delete(${value})` },
  fewer: { start: '{ 1: 1, 3: 3, 5: 5 }', add: (value: string) => `delete fewer[${value}]` },
  all: { start: '[]', add: (value: string) => `all = all.concat([${value}])` },
  best: { start: '0', add: (value: string) => `best = Math.max(best, ${value})` },
  // A variable from outside as the iteration's own: it is set before it is looked at.
  now: { start: '0', add: (value: string, key: string) => `now = ${value}\nawait store(${key})\nawait store(now)` },
  started: { start: '0', add: () => 'started = started + 1' },
  // Looked at, once the value is there: the iterations put together what belongs together.
  groups: { start: 'new Map()', add: (value: string, key: string) => `{ const g = ${value}; if (groups.has(${key})) groups.get(${key}).push(g); else groups.set(${key}, [g]) }` },
  each: { start: '[]', add: (value: string) => `{ const some = [${value}, 1]; some.forEach((one) => each.push(one)) }` },
  thunks: { start: '[]', add: (value: string) => `thunks.push(() => ${/await/.test(value) ? '0' : value})` },
} as const
type Accumulator = keyof typeof accumulators
const accumulatorNames = Object.keys(accumulators) as Accumulator[]

export interface Source {
  /** `for (HEAD)` with the names it binds; the body's first statements where the form needs them. */
  readonly head: string
  readonly first?: string
  /** Declarations in `main`, in front of the loop. */
  readonly before?: readonly string[]
  /** Declarations at the top of the module. */
  readonly top?: string
  /** Numbers of this iteration. */
  readonly values: readonly string[]
  /** Behind the loop's body (`while (…)` of a `do`). */
  readonly end?: string
}

const numbers = (choices: Choices) => `[${[3, 1, 4, 1, 5, 9, 2, 6].slice(0, 2 + choices.below(6)).join(', ')}]`

const sources: readonly ((choices: Choices) => Source)[] = [
  (c) => ({ before: [`const xs = ${numbers(c)}`], head: 'for (const x of xs)', values: ['x'] }),
  (c) => ({ head: `for (const x of ${numbers(c)})`, values: ['x'] }),
  (c) => ({ before: [`const xs = await list(7, ${c.below(9)})`], head: 'for (let x of xs)', values: ['x'] }),
  (c) => ({ head: `for (const x of new Set(${numbers(c)}))`, values: ['x'] }),
  (c) => ({ head: `for (const [k, x] of new Map(${numbers(c)}.map((v, i) => [v, i])))`, values: ['x', 'k'] }),
  (c) => ({ head: `for (const [i, x] of ${numbers(c)}.entries())`, values: ['x', 'i'] }),
  (c) => ({ before: [`const rows = ${numbers(c)}.map((id) => ({ id, tags: [id] }))`], head: 'for (const { id, w = 2 } of rows)', values: ['id', 'w'] }),
  (c) => ({ before: [`const rows = ${numbers(c)}.map((id) => ({ id, tags: [id] }))`], head: 'for (const row of rows)', values: ['row.id', 'row.tags[0]'] }),
  (c) => ({ top: `function* numbers() { yield* ${numbers(c)} }`, head: 'for (const x of numbers())', values: ['x'] }),
  (c) => ({
    top: `const odd = { [Symbol.iterator]() { let i = 0; return { next: () => ({ done: i >= ${2 + c.below(4)}, value: i++ }) } } }`,
    head: 'for (const x of odd)',
    values: ['x'],
  }),
  () => ({ head: "for (const x of '3142')", values: ['Number(x)'] }),
  () => ({ head: 'for (const x of [3, , 4, 5])', values: ['(x ?? 7)'] }),
  () => ({ before: ['const xs = new Array(3)'], head: 'for (const x of xs)', values: ['(x ?? 7)'] }),
  (c) => ({ before: [`const xs = ${numbers(c)}`], head: 'for (var x of xs)', values: ['x'] }),
  (c) => ({ before: [`const xs = ${numbers(c)}`], head: 'for (let i = 0; i < xs.length; i++)', values: ['xs[i]', 'i'] }),
  (c) => ({ before: [`const xs = ${numbers(c)}`], head: 'for (let i = 0; i < xs.length; i += 1)', first: 'const x = xs[i]', values: ['x'] }),
  (c) => ({ before: [`const xs = ${numbers(c)}`], head: 'for (let i = 0, n = xs.length; i < n; ++i)', first: 'const x = xs[i]', values: ['x', 'i'] }),
  (c) => ({ head: `for (let i = ${c.below(3)}; i <= ${3 + c.below(3)}; i++)`, values: ['i'] }),
  (c) => ({ before: [`const n = ${5 + c.below(4)} / 2`], head: 'for (let i = 0; i < n; i++)', values: ['i'] }),
  (c) => ({ before: [`const n = ${5 + c.below(4)}`], head: 'for (let i = 1; i < n; i += 2)', values: ['i'] }),
  (c) => ({ before: [`const xs = ${numbers(c)}`], head: 'for (let i = xs.length - 1; i >= 0; i--)', values: ['xs[i]', 'i'] }),
  () => ({ before: ['const object = { a: 3, b: 4, c: 5 }'], head: 'for (const key in object)', values: ['object[key]', 'key.length'] }),
  () => ({ before: ['const object = Object.create({ a: 3 }, { b: { value: 4, enumerable: true }, c: { value: 1 } })'], head: 'for (const key in object)', values: ['object[key]'] }),
  // What an iteration takes out of the list is its own element, or the list was made before.
  (c) => ({ before: [`const items = new Set(${numbers(c)})`], head: 'for (const x of items)', first: 'items.delete(x)', values: ['x'] }),
  () => ({ before: ['const items = { a: 3, b: 4, c: 5 }'], head: 'for (const [key, x] of Object.entries(items))', first: 'delete items[key]', values: ['x', 'key.length'] }),
  (c) => ({ top: `async function* stream() { for (const v of ${numbers(c)}) { await load('stream', v); yield v } }`, head: 'for await (const x of stream())', values: ['x'] }),
  (c) => ({ head: `for await (const x of ${numbers(c)}.map((v) => Promise.resolve(v)))`, values: ['x'] }),
  (c) => ({ before: [`const queue = ${numbers(c)}`], head: 'while (queue.length > 0)', first: 'const x = queue.shift()', values: ['x'] }),
  (c) => ({ before: [`const queue = ${numbers(c)}`], head: 'while (queue.length)', first: 'const x = queue.pop()', values: ['x'] }),
]

/** Writes one program, choice by choice. */
class Writer {
  readonly #choices: Choices
  readonly #dependence: Dependence | null
  readonly #used = new Set<Accumulator>()
  #names = 0
  #hasWork = false

  constructor(choices: Choices, dependence: Dependence | null) {
    this.#choices = choices
    this.#dependence = dependence
  }

  program(): Program {
    const choices = this.#choices
    const dependence = this.#dependence
    const source = dependence?.source?.(choices) ?? choices.of(sources)(choices)
    const allowed = this.#someAccumulators()
    const isCaught = choices.rarely(4)
    const body = [...(source.first ? [source.first] : []), ...this.#body(source, allowed)]
    const isBlock = body.length > 1 || /^(?:const|let|function)\b/.test(body[0] as string) || choices.rarely(2)
    const label = choices.rarely(40) ? 'again: ' : ''
    const text = isBlock ? `{\n${indent(body.join('\n'), 1)}\n}` : (body[0] as string)
    const loop = `${label}${source.head} ${text}${source.end ?? ''}`

    const used = [...this.#used]
    const declared = used.map((name) => `${choices.rarely(3) ? 'let' : isAssigned(name) ? 'let' : 'const'} ${name} = ${accumulators[name].start}`)
    const state = [...used.map((name) => (name === 'thunks' ? 'thunks: thunks.map((thunk) => thunk())' : name)), ...(dependence?.state ?? [])]
    const look = `observe(() => ({ ${state.join(', ')} }))`
    const isEarly = choices.rarely(2)
    const before = [...(source.before ?? []), ...(dependence?.before ?? [])]
    const guarded = isCaught ? [`try {\n${indent(loop, 1)}\n} catch (error) {\n  effect('caught')\n}`] : [loop]
    const lines = [
      ...(isEarly ? [...before, ...declared, look] : choices.rarely(2) ? [...before, ...declared] : [...declared, ...before]),
      ...guarded,
      ...(isEarly ? [] : [look]),
      `return { ${state.join(', ')} }`,
    ]
    return {
      code: [
        IMPORTS,
        source.top ?? '',
        dependence?.top ?? '',
        `export async function main() {\n${indent(lines.join('\n'), 1)}\n}`,
        '',
      ].join('\n'),
      dependence: dependence?.reason ?? null,
      filename: dependence?.filename ?? 'service.js',
    }
  }

  #someAccumulators(): Accumulator[] {
    const count = this.#choices.below(4)
    return Array.from({ length: count }, () => this.#choices.of(accumulatorNames))
  }

  #body(source: Source, allowed: readonly Accumulator[]): string[] {
    const choices = this.#choices
    const count = 1 + choices.below(4)
    const values = [...source.values]
    const statements: string[] = []
    const wanted = this.#dependence?.body
    const at = choices.below(count + 1)
    for (let i = 0; i < count; i += 1) {
      if (wanted && i === at) statements.push(...wanted(values, choices))
      statements.push(...this.#statement(values, allowed, 0))
    }
    if (wanted && at === count) statements.push(...wanted(values, choices))
    if (!this.#hasWork && !this.#dependence?.isOwnWork) statements.push(...this.#reduction(`await ${this.#call(values)}`, values, allowed))
    return statements
  }

  /** One statement or a few; names that they declare are added to `values`. */
  #statement(values: string[], allowed: readonly Accumulator[], depth: number): string[] {
    const choices = this.#choices
    const value = choices.of(values)
    const kinds = depth < 2 ? 20 : 9
    switch (choices.below(kinds)) {
      case 0:
      case 1: {
        const name = this.#name('a')
        const text = `const ${name} = await ${this.#call(values)}`
        values.push(name)
        return [text]
      }
      case 2:
      case 3:
        return this.#reduction(value, values, allowed)
      case 4:
        return this.#reduction(`await ${this.#call(values)}`, values, allowed)
      case 5: {
        const name = this.#name('k')
        values.push(name)
        return [`const ${name} = ${value} * 2 + 1${choices.rarely() ? ' // doubled' : ''}`]
      }
      case 6:
        return [choices.rarely(2) ? `effect('seen', ${value})` : `console.log(${value})`]
      case 7:
        return [`await ${this.#call(values)}`]
      case 8: {
        const name = this.#name('t')
        values.push(name)
        return [`let ${name} = ${value}`, `${name} += await ${this.#call(values.filter((other) => other !== name))}`]
      }
      case 9:
      case 10: {
        const then = this.#block(values, allowed, depth + 1)
        const otherwise = choices.rarely(3) ? ` else ${this.#block(values, allowed, depth + 1)}` : ''
        return [`if (${value} % ${2 + choices.below(3)} === 1) ${then}${otherwise}`]
      }
      case 11:
      case 12:
        return [`if (${value} % ${2 + choices.below(4)} === 0) ${depth === 0 || choices.rarely(2) ? 'continue' : `{ effect('skip', ${value}); continue }`}`]
      case 13:
      case 14: {
        const [tried, caught] = [this.#block(values, allowed, depth + 1), this.#block(["error.message.length", ...values], allowed, depth + 1)]
        // An error that ends the loop here, as it would if nobody caught it.
        if (!this.#dependence && choices.rarely(8)) return [`try ${tried} catch (error) {\n  effect('failed', error.message)\n  return 'failed'\n}`]
        return [`try ${tried} catch (error) ${caught}${choices.rarely(5) ? ` finally { effect('finally', ${value}) }` : ''}`]
      }
      case 15: {
        // A loop inside a loop that has its reasons may have none of its own.
        if (this.#dependence) return [`effect('seen', ${value})`]
        const y = this.#name('y')
        return [`for (const ${y} of [${value}, 2]) ${this.#block([...values, y], allowed, depth + 2)}`]
      }
      case 16: {
        const name = this.#name('f')
        values.push(`${name}()`)
        return [choices.rarely(2) ? `function ${name}() { return ${value} + 1 }` : `const ${name} = () => ${value} + 1`]
      }
      case 17:
        return [`if (${value} === ${1 + choices.below(5)}) fail('no good', ${value})`]
      case 18: {
        const list = this.#statement([...values], allowed, depth + 2)
        return [`switch (${value} % 3) {\n  case 0:\n${indent(list.join('\n'), 2)}\n    break\n  default:\n    effect('other', ${value})\n}`]
      }
      default: {
        const [a, b] = [this.#name('p'), this.#name('q')]
        const text = `const [${a}, ${b}] = await Promise.all([size('f' + ${value}), size('g' + ${value})])`
        values.push(a, b)
        return [text]
      }
    }
  }

  #block(values: readonly string[], allowed: readonly Accumulator[], depth: number): string {
    const own = [...values]
    const statements = Array.from({ length: 1 + this.#choices.below(2) }, () => this.#statement(own, allowed, depth)).flat()
    return `{\n${indent(statements.join('\n'), 1)}\n}`
  }

  #reduction(value: string, values: readonly string[], allowed: readonly Accumulator[]): string[] {
    if (allowed.length === 0) return [/await/.test(value) ? value : `effect('value', ${value})`]
    const name = this.#choices.of(allowed)
    this.#used.add(name)
    return accumulators[name].add(value, this.#choices.of(values)).split('\n')
  }

  /** A call that works outside the process, on something of this iteration. */
  #call(values: readonly string[]): string {
    this.#hasWork = true
    const value = this.#choices.of(values)
    return this.#choices.of([
      `load(${value})`,
      `loadMore(${value}, ${this.#choices.of(values)})`,
      `size('f' + ${value})`,
      `fetch('/' + ${value}).then((response) => response.status)`,
      `store(${value})`,
    ])
  }

  #name(prefix: string): string {
    this.#names += 1
    return `${prefix}${this.#names}`
  }
}

const IMPORTS = [
  "import { load, loadMore, store, list, check, next, visit, tags } from 'world'",
  "import { readFile, writeFile, appendFile } from 'node:fs/promises'",
  "import { Client } from 'pg'",
  'async function size(path) { const text = await readFile(path); return text.length }',
].join('\n')

function isAssigned(name: Accumulator): boolean {
  return ['count', 'total', 'text', 'last', 'all', 'best', 'now', 'started'].includes(name)
}

function indent(text: string, depth: number): string {
  return text.replace(/^(?=.)/gm, '  '.repeat(depth))
}
