/** Generated programs around one `async` function that awaits nothing. */
import fc from 'fast-check'

export interface Program {
  readonly code: string
  /** Whether several tasks run at once, so that effects are compared as a multiset. */
  readonly isConcurrent: boolean
}

/** Bodies of the function: plain results, a resolved promise, effects, exceptions for some arguments. */
const bodies = [
  'return x * 2',
  'return x > 2 ? x : -x',
  'return Promise.resolve(x + 1)',
  "console.log('f', x); return x + 1",
  'seen += 1; return seen',
  "if (x === 2) throw new Error('two'); return x + 1",
  "if (x === 2) throw new Error('two'); console.log('f', x); return Promise.resolve(x)",
  'seen += x',
] as const

const forms = [
  (body: string) => ({ head: `async function f(x: number): Promise<any> { ${body} }`, call: 'f' }),
  (body: string) => ({ head: `const f = async (x: number) => { ${body} }`, call: 'f' }),
  (body: string) => ({ head: `class Box {\n  async #f(x: number) { ${body} }\n  async run(x: number) { await load(x)\n    return this.#f(x) }\n  static async go(x: number) { await load(x); return await new Box().#f(x) }\n}`, call: 'Box.go' }),
] as const

/** Steps of a caller; `F` stands for the function. */
const steps = [
  'await load(1)',
  'out.push(await F(1))',
  'out.push(await F(2))',
  "console.log('between')",
  'const a$ = await F(3); out.push(a$)',
  'F(1)',
  'F(2)',
  "try { await F(2) } catch (error) { console.log('caught', error.message) }",
  'for (const x of [1, 3]) out.push(await F(x))',
  "if (await F(1)) console.log('truthy')",
  'out.push(...(await Promise.all([1, 3].map(async (x) => x * 3))))',
  'out.push(await load(2).then(async (x) => x + 1))',
  "await load(3).then(async (x) => { if (x > 4) throw new Error('big'); out.push(x) })",
  'const p$ = F(3); await load(4); out.push(await p$)',
] as const

export function programs(): fc.Arbitrary<Program> {
  const caller = fc.array(fc.constantFrom(...steps), { minLength: 1, maxLength: 5 })
  return fc
    .record({
      body: fc.constantFrom(...bodies),
      form: fc.constantFrom(...forms),
      first: caller,
      others: fc.array(caller, { maxLength: 1 }),
    })
    .map(({ body, form, first, others }) => {
      const { head, call } = form(body)
      const tasks = [first, ...others]
      const functions = tasks.map((each, i) => {
        const lines = each.map((step, j) => `  ${step.replaceAll('F(', `${call}(`).replaceAll('$', String(j))}`)
        return `async function task${i}(out: unknown[]) {\n${lines.join('\n')}\n  console.log('end', ${i})\n  return out\n}`
      })
      const starts = tasks.map((_, i) => `task${i}([])`).join(', ')
      // What runs right after the call sees whether the callee went on without giving up control.
      const main = `export async function main() {\n  const started = [${starts}]\n  console.log('started')\n  return Promise.all(started)\n}`
      return {
        code: ["import { load } from 'world'", 'let seen = 0', 'observe(() => ({ seen }))', head, ...functions, main].join('\n'),
        isConcurrent: tasks.length > 1,
      }
    })
}
