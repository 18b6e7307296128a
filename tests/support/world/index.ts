/**
 * A scripted asynchronous world: runs program texts, the original and its rewrite, against the same operations with
 * the same answers, and says where they disagree.
 *
 *     const program = `
 *       import { readFile } from 'node:fs/promises'
 *       export async function main() {
 *         const out = []
 *         observe(() => ({ out }))                  // final state, read when nothing is left to happen
 *         for (const path of ['a', 'b']) out.push(await readFile(path, 'utf8'))
 *         return out.length
 *       }`
 *     const script = { salt: 1, delays: [3, 1], answers: ['resolve'] }     // or drawn: `scripts()`
 *     const before = await runInWorld(program, script)
 *     const after = await runInWorld(rewritten, script)
 *     expect(disagreements(before, after, { limit: 10 })).toEqual([])
 *
 * In fast-check: `fc.asyncProperty(programs(), scripts(), async (program, script) => …)`.
 *
 * - A program is a module (TypeScript or JavaScript) that exports `main`, which is called without arguments. Its return
 *   value, its error and everything that `observe` names are compared. It runs on a virtual clock: no test waits.
 * - Operations come from modules (`modules.ts`: `node:fs/promises`, `axios`, `pg`, `world`), from `fetch`, and from
 *   modules that a test passes in (`{ modules: (world) => ({ mine: { load: (x) => world.operation('load', [x]) } }) }`).
 *   How long the n-th `load(7)` takes and whether it resolves, rejects or throws at once is decided by the script alone.
 *   What it answers depends on its name and arguments alone (never on timing), except where it reads what another wrote.
 * - `eslint-plugin-bounded/runtime` is the real helper of `src/runtime`. With `{ limit: n }` every call of it runs with
 *   `concurrency: n` instead of its own: at 1 a rewritten loop must do exactly what the original did, in its order.
 * - Effects: every start of an operation, every `effect(…)` and `console.*` call, compared as a multiset. Operations with
 *   a `sink` (a connection, a stream) are compared in order as well.
 * - One world at a time per process (it listens for unhandled rejections while a program runs).
 */
export { disagreements } from './agreement.ts'
export { scripts, type WorldScript } from './script.ts'
export { snapshot } from './snapshot.ts'
export { runInWorld, type World, type WorldModules } from './world.ts'
