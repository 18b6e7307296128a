/** Every reason for order with a twin that differs in the one fact. */
import { describe, expect, it } from 'vitest'
import { loopsOf, sequentialReducer, type Loop, type Verdict } from '../../src/analysis/loops/index.ts'
import { isLoop, walk } from '../../src/ast/nodes.ts'
import { settingsOf } from '../../src/options/settings.ts'
import { analyse } from '../support/lint.ts'

/** The verdict on the last loop (or sequential `reduce`) of a program: the innermost of nested ones. */
function verdictIn<T>(code: string, look: (verdict: Verdict, text: string) => T): T {
  return analyse(code, (sourceCode) => {
    let loop: Loop | undefined
    walk(sourceCode.ast, sourceCode.visitorKeys, (node) => {
      if (isLoop(node) || (node.type === 'CallExpression' && sequentialReducer(node, sourceCode))) loop = node
    })
    if (!loop) throw new Error('no loop')
    return look(loopsOf(sourceCode, settingsOf({})).verdictOf(loop), sourceCode.text)
  })
}

const kindIn = (code: string): string =>
  verdictIn(code, (verdict) => (verdict.kind === 'ordered' ? verdict.reason : verdict.kind))

/** The text of the node that shows the order. */
const shownIn = (code: string): string => verdictIn(code, (verdict, text) => (verdict.kind === 'ordered' ? text.slice(...verdict.because.range) : ''))

const inFunction = (body: string): string => `async function f(xs) { ${body} }`

describe.each<[reason: string, ordered: string, independent: string]>([
  // control
  ['control', 'for (const x of xs) { if (await fetch(x)) break }', 'for (const x of xs) { if (await fetch(x)) continue }'],
  ['control', 'for (const x of xs) { const r = await fetch(x); if (r.ok) return r }', 'for (const x of xs) { const r = await fetch(x); if (r.ok) log(r) }'],
  ['control', 'let more = true; while (more) { more = (await fetch(xs)).more }', 'while (xs.length > 0) { const x = xs.shift(); await fetch(x) }'],
  ['control', 'for (;;) { const page = await fetch(xs); if (!page.next) break; xs = page.next }', 'for (let i = 0; i < xs.length; i++) { await fetch(xs[i]) }'],
  ['control', 'while (xs.length > 0) { const x = xs.pop(); const r = await fetch(x); xs.push(...r.links) }', 'while (xs.length > 0) { const x = xs.pop(); const r = await fetch(x); log(r.links) }'],
  ['control', 'a: for (const y of ys) for (const x of xs) { if (await fetch(x, y)) continue a }', 'a: for (const x of xs) { if (await fetch(x)) continue a; log(x) }'],
  ['control', 'for (const x of xs) { if (gate.open) break; await fetch(x) }', 'for (const x of xs) { if (signal.aborted) break; await fetch(x) }'],
  ['control', 'for (const x of xs) { const r = await fetch(x); if (token.isCancellationRequested || r.ok) return; log(r) }', 'for (const x of xs) { const r = await fetch(x); if (token.isCancellationRequested) return; log(r) }'],
  ['control', 'for (const x of xs) { const r = await fetch(x); if (x.last) break; log(r) }', 'for (const x of xs) { if (x.last) break; const r = await fetch(x); log(r) }'],
  ['control', 'for (const x of xs) { if (x.ok) { await fetch(x); break } await fetch(x, 1) }', 'for (const x of xs) { if (x.ok) { log(x); break } await fetch(x, 1) }'],
  ['control', 'let n = 0; for (const x of xs) { if (n > 3) break; n += await fetch(x) }', 'let n = 0; for (const x of xs) { if (x > 3) break; n += await fetch(x) }'],
  ['control', 'for (const x of xs) { if (isKnown(x)) break; await fetch(x) }', 'for (const x of xs) { if (x.isKnown) break; await fetch(x) }'],
  ['control', 'for (const x of xs) { try { await fetch(x) } catch { return x } }', 'for (const x of xs) { try { await fetch(x) } catch (error) { return log(error) } }'],
  ['control', 'for (const x of xs) { try { await fetch(x) } catch (error) { log(error); return x } }', 'for (const x of xs) { try { await fetch(x) } catch (error) { log(error); return false } }'],
  ['control', 'for (const x of xs) { try { await fetch(x) } catch (error) { if (error.code) return log(error) } }', 'for (const x of xs) { try { await fetch(x) } catch (error) { log(error.code); break } }'],
  ['control', 'for (const x of xs) { try { await fetch(x) } catch (error) { failed = x; return } }', 'for (const x of xs) { try { await fetch(x) } catch (error) { failed = error; return } }'],
  ['control', 'for (const x of xs) { try { parse(x) } catch (error) { return log(error) } await fetch(x) }', 'for (const x of xs) { try { await fetch(parse(x)) } catch (error) { return log(error) } }'],
  // same-work
  ['same-work', 'for (const x of xs) { await fetch("/ping"); log(x) }', 'for (const x of xs) { await fetch(`/ping/${x}`) }'],
  ['same-work', 'for (let i = 0; i < 3; i++) { await fetch(xs) }', 'for (let i = 0; i < 30; i++) { await fetch(xs + i) }'],
  // carried
  ['carried', 'let last = 0; for (const x of xs) { last = await fetch(x, last) }', 'let last = 0; for (const x of xs) { last = await fetch(x) }'],
  ['carried', 'const seen = []; for (const x of xs) { if (seen.length < 5) seen.push(await fetch(x)) }', 'const seen = []; for (const x of xs) { if (x.length < 5) seen.push(await fetch(x)) }'],
  ['carried', 'let n = 0; for (const x of xs) { await fetch(x); n++; if (n > 5) await fetch(n, x) }', 'let n = 0; for (const x of xs) { n++; if (n > 5) warn(n); await fetch(x) }'],
  ['carried', 'let r; for (const x of xs) { if (r) await fetch(x, r); r = x }', 'let r; for (const x of xs) { r = x; if (r) await fetch(x, r) }'],
  ['carried', 'let ok = true; for (const x of xs) { ok = ok && (await fetch(x)) }', 'let ok = true; for (const x of xs) { ok = (await fetch(x)) && ok }'],
  ['carried', 'const cache = {}; for (const x of xs) { if (!cache[x]) cache[x] = await fetch(x) }', 'const cache = {}; for (const x of xs) { if (!x.old) cache[x] = await fetch(x) }'],
  ['carried', 'const rest = [1]; for (const x of xs) { await fetch(x, rest.shift()) ; await fetch(x) ; rest.shift() }', 'const rest = [1]; for (const x of xs) { await fetch(x, rest.shift()) }'],
  ['carried', 'const acc = []; for (const x of xs) { acc.push(await fetch(x)); show(acc) }', 'const acc = []; for (const x of xs) { acc.push(await fetch(x)); console.log(acc) }'],
  ['carried', 'for (const x of xs) { this.last = await fetch(x, this.last) }', 'for (const x of xs) { this.last = await fetch(x, this.first) }'],
  ['carried', 'let token; for (const x of xs) await step(x); async function step(x) { token = await fetch(x, token) }', 'let token; for (const x of xs) await step(x); async function step(x) { let token; token = await fetch(x, token) }'],
  ['carried', 'let client; for (const x of xs) await step(x); async function step(x) { client = await fetch(x + client) }', 'let client; for (const x of xs) await step(x); async function step(x) { if (!client) client = await fetch("/"); await fetch(x + client) }'],
  ['carried', 'const box = {}; for (const x of xs) await fill(x, box); async function fill(x, into) { into.sum = (await fetch(x)) + into.sum; await fetch(into.sum) }', 'for (const x of xs) await fill(x, {}); async function fill(x, into) { into.sum = (await fetch(x)) + into.sum; await fetch(into.sum) }'],
  ['carried', 'let best = 0; for (const x of xs) { const n = await fetch(x); if (n > best) { await fetch(n); best = n } }', 'let best = 0; for (const x of xs) { const n = await fetch(x); await fetch(n); if (n > best) best = n }'],
  ['carried', 'const work = [1]; for (const x of work) { const n = await fetch(x); if (work.length < 9) work.push(n) }', 'const work = [1]; for (const x of xs) { const n = await fetch(x); if (work.length < 9) work.push(n) }'],
  ['carried', 'const big = []; for (const x of xs) { big.push(await fetch(x)); if (big.length > 5) big.pop(); await fetch(x, 1) }', 'const big = []; for (const x of xs) { big.push(await fetch(x)); await fetch(x, 1); if (big.length > 5) big.pop() }'],
  ['carried', 'let last = 0; for (const x of xs) { const n = await fetch(x); void keep(n) } async function keep(n) { if (last < n) await fetch(n); last = n }', 'let last = 0; for (const x of xs) { const n = await fetch(x); keep(n) } function keep(n) { if (last < n) last = n }'],
  ['carried', 'let total = 0; for (const x of xs) { total += x.size; await save(x.id, total) }', 'let total = 0; for (const x of xs) { total += x.size; await save(x.id, x.size) }'],
  ['carried', 'const all = load(); for (const x of xs) { all[x.id].token = x.token; const copy = { ...all, id: x.id }; await save(copy) }', 'const all = load(); for (const x of xs) { all[x.id].token = x.token; const copy = { ...other, id: x.id }; await save(copy) }'],
  ['carried', 'const found = []; for (const x of xs) { found.push(x); await save(x, found) }', 'let count = 0; for (const x of xs) { count += 1; await save(x, count) }'],
  ['carried', 'const last = {}; for (const x of xs) { last.id = x; await save(x, last) }', 'let last; for (const x of xs) { last = make(x); await save(x, last) }'],
  ['carried', 'const seen = new Map(); for (const x of xs) { const ctx = { seen, x }; await load(ctx) } async function load(ctx) { if (ctx.seen.has(ctx.x)) return; ctx.seen.set(ctx.x, await fetch(ctx.x)) }', 'const seen = new Map(); for (const x of xs) { const ctx = { seen, x }; await load(ctx) } async function load(ctx) { ctx.result = await fetch(ctx.x) }'],
  ['carried', 'const results = []; for (const x of xs) await load({ x, results }); async function load({ x, results }) { results.push(await fetch(x)); results.sort() }', 'const results = []; for (const x of xs) await load({ x, results: [] }); async function load({ x, results }) { results.push(await fetch(x)); results.sort() }'],
  ['carried', 'const all = []; for (const x of xs) await load({ x, all }); async function load(given) { await put(given) } async function put({ x, all }) { all.unshift(await fetch(x)) }', 'const all = []; for (const x of xs) await load({ x, all }); async function load(given) { await put(given.x, []) } async function put(x, all) { all.unshift(await fetch(x)) }'],
  ['carried', 'const request = {}; for (const x of xs) { await check(x, request); request.checked = x.id }', 'const request = {}; for (const x of xs) { await check(x, other); request.checked = x.id }'],
  ['carried', 'class A { async f(xs) { for (const x of xs) { const env = await expand(this, x); this.env = { ...this.env, ...env } } } }', 'class A { async f(xs) { for (const x of xs) { const env = await expand(other, x); this.env = { ...this.env, ...env } } } }'],
  ['carried', 'class A { async f(xs) { for (const x of xs) { this.at = x.id; await send(this, x) } } }', 'class A { async f(xs) { for (const x of xs) { this.at = x.id; await send(other, x) } } }'],
  ['carried', 'const open = new Set(); for (const x of xs) { await fetch(x); if (open.has(x)) await fetch(x.id); open.delete(x); await fetch(1, x) }', 'const open = new Set(); for (const x of xs) { await fetch(x); open.delete(x); await fetch(1, x) }'],
  ['carried', 'const open = {}; for (const x of xs) { await fetch(x); delete open[x]; open[x.next] = x; await fetch(1, x) }', 'const open = {}; for (const x of xs) { await fetch(x); delete open[x]; delete open[x.next]; await fetch(1, x) }'],
  ['carried', 'const open = new Map(); for (const x of xs) { await fetch(x); if (open.delete(x)) await fetch(1, x) }', 'const open = new Map(); for (const x of xs) { await fetch(x); open.delete(x); await fetch(1, x) }'],
  ['carried', 'const open = []; for (const x of xs) { await fetch(x); open.splice(x); await fetch(1, x) }', 'const open = new Set(); for (const x of xs) { await fetch(x); open.delete(x); await fetch(1, x) }'],
  ['carried', 'const open = new Map(); for (const [id, x] of open) { await fetch(x); open.delete(x) }', 'const open = new Map(); for (const [id, x] of open) { await fetch(x); open.delete(id) }'],
  ['carried', 'const open = new Map(); for (const x of open.values()) { await fetch(x); open.delete(x) }', 'const open = new Map(); for (const x of open.keys()) { await fetch(x); open.delete(x) }'],
  ['carried', 'const open = {}; for (const id in open) { await fetch(id); delete open[next] }', 'const open = {}; for (const id in open) { await fetch(id); delete open[id] }'],
  ['carried', 'const open = {}; for (const [id, x] of listed(open)) { await fetch(x); delete open[x.id] }', 'const open = {}; for (const [id, x] of Object.entries(open)) { await fetch(x); delete open[x.id] }'],
  // pacing
  ['pacing', 'for (const x of xs) { await fetch(x); await new Promise((r) => setTimeout(r, 100)) }', 'for (const x of xs) { await fetch(x); await fetch((r) => setTimeout(r, x)) }'],
  ['pacing', 'for (const x of xs) { await fetch(x); await pause() } function pause() { return new Promise((r) => { setTimeout(() => r(), 5) }) }', 'for (const x of xs) { await fetch(x); await other(x) } async function other(x) { return fetch(x, x) }'],
  ['pacing', 'for (const x of xs) { await post(x) } async function post(x) { await new Promise((r) => setTimeout(r, 5)); await fetch(x) }', 'for (const x of xs) { await post(x) } async function post(x) { await fetch(x, 5); await fetch(x) }'],
  ['pacing', 'for (const x of xs) { await fetch(x); await utils.sleep(500) }', 'for (const x of xs) { await fetch(x); await utils.save(x) }'],
  ['pacing', 'for (const x of xs) { await fetch(x); await requestTimeout(x) }', 'for (const x of xs) { await fetch(x); await requestWithTimeout(x) }'],
  ['pacing', 'for (const x of xs) { await fetch(x); await withBackoff() }', 'for (const x of xs) { await fetch(x); await sendWithBackoff(x) }'],
  // ordered-sink
  ['ordered-sink', 'for (const x of xs) await stream.write(x)', 'for (const x of xs) await storage.write(x)'],
  ['ordered-sink', 'for (const x of xs) await db.save(x, { transaction })', 'for (const x of xs) await db.save(x, { logging })'],
  ['ordered-sink', 'for (const x of xs) await db.users.query(trx).insert(x)', 'for (const x of xs) await db.users.query(now).insert(x)'],
  ['ordered-sink', 'for (const x of xs) await this.addColumn(t, x)', 'for (const x of xs) await this.addPhoto(t, x)'],
  ['ordered-sink', 'for (const x of xs) await db.removeForeignKey(x)', 'for (const x of xs) await db.removeForeignUser(x)'],
  ['ordered-sink', 'for (const x of xs) await (0, prompts.confirm)(x)', 'for (const x of xs) await (0, prompts.remove)(x)'],
  ['ordered-sink', 'for (const x of xs) await session.save(x)', 'for (const x of xs) await x.session.save(x)'],
  ['ordered-sink', 'for (const x of xs) table.addRow(await fetch(x))', 'for (const x of xs) { const table = new Table(); table.addRow(await fetch(x)) }'],
  ['ordered-sink', 'for (const x of xs) process.stdout.write(await fetch(x))', 'for (const x of xs) process.stdout.clear(await fetch(x))'],
  ['ordered-sink', 'for (const x of xs) await put(x); async function put(x) { await tx.save(x) }', 'for (const x of xs) await put(x); async function put(x) { const tx = await begin(x); await tx.save(x) }'],
  ['ordered-sink', 'for (const x of xs) await iterator.next(x)', 'for (const x of xs) await iterators.get(x)'],
  ['ordered-sink', 'for (const x of xs) await promptUser(x)', 'for (const x of xs) await getPrompt(x)'],
  ['ordered-sink', 'for (const x of xs) await setSetting("last", x)', 'for (const x of xs) await setSetting(x, "last")'],
  ['ordered-sink', 'for (const x of xs) await db.query(`DROP TABLE IF EXISTS ${x}`)', 'for (const x of xs) await db.query(`DELETE FROM ${x}`)'],
  ['ordered-sink', 'for (const x of xs) await db.query(`DROP ${kindOf(x)} ${x}`)', 'for (const x of xs) await db.query(`drop ${kindOf(x)} ${x}`)'],
  ['ordered-sink', 'for (const x of xs) await db.query(sql`create unique index on ${x}`)', 'for (const x of xs) await db.query(sql`select index from ${x}`)'],
  ['ordered-sink', 'for (const x of xs) { spinner.start(x); await fetch(x); spinner.succeed() }', 'for (const x of xs) { spinner.start(x); spinner.succeed(); await fetch(x) }'],
  ['ordered-sink', 'for (const x of xs) { ux.action.start(x); await fetch(x); ux.action.stop() }', 'for (const x of xs) { const action = actionOf(x); action.start(x); await fetch(x); action.stop() }'],
  // ordered-call
  ['ordered-call', 'for (const hook of xs) await hook()', 'for (const hook of xs) await fetch(hook.url)'],
  ['ordered-call', 'for (const x of xs) { const load = loaders[x.type]; all.push(await load(1)) }', 'for (const x of xs) { const load = loaders[x.type]; all.push(await load(x.path)) }'],
  ['ordered-call', 'for (const plugin of xs) await plugin.apply(1)', 'for (const user of xs) await user.save(1)'],
  ['ordered-call', 'for (const sql of xs) await db.query(sql)', 'for (const id of xs) await db.query("select", [id])'],
  ['ordered-call', 'for (const query of xs) await db.execute(query)', 'for (const query of xs) await index.search(query)'],
  ['ordered-call', 'for (const x of xs) await loadUser(context, x)', 'for (const x of xs) await findUser(context, x)'],
  ['ordered-call', 'for (const x of xs) await saveUser(context, x)', 'for (const x of xs) await getUser(context, x)'],
  ['ordered-call', 'for (const x of xs) await createUser(context.getStore(), x)', 'for (const x of xs) await createUser(tenant.getStore(), x)'],
  ['ordered-call', 'for (const statement of xs) await db.query(`${statement};`)', 'for (const statement of xs) await db.query(`explain ${statement};`)'],
  ['ordered-call', 'for (let i = 0; i < steps.length; i++) await steps[i].validate()', 'for (let i = 0; i < users.length; i++) await users[i].validate()'],
  ['ordered-call', 'for (let i = 0; i < xs.length; i++) { const files = i === xs.length - 1 ? all : []; await send(xs[i], files) }', 'for (let i = 0; i < xs.length; i++) { const files = xs[i].length === xs.length - 1 ? all : []; await send(xs[i], files) }'],
  ['ordered-call', 'const ctx = {}; for (const x of xs) await check(ctx, x)', 'const options = {}; for (const x of xs) await check(options, x)'],
  ['ordered-call', 'const sorted = topoSort(xs); for (const x of sorted) await remove(x)', 'const sorted = nameSort(xs); for (const x of sorted) await remove(x)'],
  ['ordered-call', 'const models = this.getModelsTopoSortedByForeignKey() ?? xs; for (const x of models) await x.destroy()', 'const models = this.getModelsSortedByName() ?? xs; for (const x of models) await x.destroy()'],
  ['ordered-call', 'for (const x of [...xs].sort((a, b) => a.priority - b.priority)) await remove(x)', 'for (const x of [...xs].sort((a, b) => a.name - b.name)) await remove(x)'],
  ['ordered-call', 'for (const x of settings.importSequence) await load(x)', 'for (const x of settings.importSequences) await load(x)'],
  // batched
  ['batched', 'for (const x of xs) await Promise.all(x.map((y) => fetch(y)))', 'for (const x of xs) await Promise.all([fetch(x), fetch(x.next)])'],
  // worker
  ['worker', 'await Promise.all([1, 2].map(async () => { while (xs.length > 0) { const x = xs.shift(); await fetch(x) } }))', 'await Promise.all([1, 2].map(async () => { const ys = [...xs]; while (ys.length > 0) { const x = ys.shift(); await fetch(x) } }))'],
  // started
  ['started', 'for (const p of xs.map((x) => fetch(x))) await p', 'for (const p of xs.map((x) => fetch(x))) await fetch(p)'],
  // unordered-anyway
  ['unordered-anyway', 'for (const x of ["a", "b", "c"]) await fetch(x)', 'for (const x of ["a", "b", "c", "d"]) await fetch(x)'],
  // context
  ['context', 'it("loads", async () => { for (const x of xs) await fetch(x) })', 'other("loads", async () => { for (const x of xs) await fetch(x) })'],
  // stated
  ['stated', '// one at a time, the service is slow\n for (const x of xs) await fetch(x)', '// the service is slow\n for (const x of xs) await fetch(x)'],
  ['stated', "// a loop, so that we don't fire them all at once\n const out = []\n for (const x of xs) out.push(await fetch(x))", "// a loop, so that we don't fire them all at once\n\n const out = []\n for (const x of xs) out.push(await fetch(x))"],
  ['stated', '// not in parallel\n const out = [], seen = new Set()\n for (const x of xs) out.push(await fetch(x))', '// not in parallel\n const out = [await fetch(1)]\n for (const x of xs) out.push(await fetch(x))'],
  ['stated', '// prevent firing off multiple requests at once\n for (const x of xs) await fetch(x)', '// sends multiple requests at once\n for (const x of xs) await fetch(x)'],
  ['stated', 'for (const x of xs) {\n // eslint-disable-next-line no-await-in-loop\n await fetch(x) }', 'for (const x of xs) {\n // eslint-disable-next-line no-console\n await fetch(x) }'],
  ['stated', 'for (const x of xs) {\n await fetch(x) // oxlint-disable-line no-await-in-loop\n }', 'for (const x of xs) {\n await fetch(x) // oxlint-disable-line no-shadow\n }'],
  ['stated', 'for (const x of xs) {\n // biome-ignore lint/performance/noAwaitInLoops: slow service\n await fetch(x) }', 'for (const x of xs) {\n // biome-ignore lint/suspicious/noConsole: slow service\n await fetch(x) }'],
])('%s', (reason, ordered, independent) => {
  it(ordered, () => {
    expect(kindIn(inFunction(ordered))).toBe(reason)
  })
  it(`not: ${independent}`, () => {
    expect(kindIn(inFunction(independent))).toBe('independent')
  })
})

describe('what shows the order', () => {
  it.each([
    ['for (const x of xs) { if (await fetch(x)) break }', 'break'],
    ['let n = 0; for (const x of xs) { n = await fetch(x, n) }', 'fetch(x, n)'],
    ['for (const x of xs) { await fetch(x); await sleep(5) }', 'await sleep(5)'],
  ])('%s: %s', (code, expected) => {
    expect(shownIn(inFunction(code))).toContain(expected)
  })
})

it('takes what follows an inner loop that waits for the end of an iteration, and not what is in it', () => {
  const outer = (code: string): string =>
    analyse(inFunction(code), (sourceCode) => {
      const loops: Loop[] = []
      walk(sourceCode.ast, sourceCode.visitorKeys, (node) => void (isLoop(node) && loops.push(node)))
      const verdict = loopsOf(sourceCode, settingsOf({})).verdictOf(loops[0] as Loop)
      return verdict.kind === 'ordered' ? verdict.reason : verdict.kind
    })
  expect(outer('let n = 0; for (const x of xs) { await fetch(x); for (const y of x) { await fetch(y); if (n < y) n = y } }')).toBe('carried')
  expect(outer('let n = 0; for (const x of xs) { await fetch(x); for (const y of x) { await fetch(y) } if (n < x) n = x }')).toBe('independent')
})

it.each([
  ['modules of a folder that are kept under their names', 'const all = {}; for (const x of fs.readdirSync(xs)) { const m = await import(x); all[x] = m }', 'independent'],
  ['modules of its own folder', 'const names = readdirSync(join(__dirname, "commands")).filter(isCommand); const all = {}; for (const x of names) { const m = await import(x); all[x] = m }', 'independent'],
  ['modules that somebody has listed', 'const all = {}; for (const x of xs) { const m = await import(x); all[x] = m }', 'unknown'],
  ['modules that a pattern matches', 'const all = {}; for await (const x of xs.scan(".")) { const m = await import(x); all[x] = m }', 'independent'],
  ['modules that are loaded for what loading them does', 'for (const x of xs) { await import(x); all.add(x) }', 'unknown'],
  ['one statement with the values of each item', 'for (const x of xs) await db.execute("update t set n = $1", [x])', 'independent'],
  ['a statement for each item', 'for (const x of xs) await db.execute(`update ${x} set n = 1`, [])', 'unknown'],
  ['the work of a function that is written in the call', 'for (const x of xs) await retry(() => fetch(x))', 'independent'],
  ['a function written in a call of which nothing is known', 'for (const x of xs) await retry(() => step(x))', 'unknown'],
  ['a sink that such a function uses', 'for (const x of xs) await retry(async () => { await fetch(x); await tx.save(x) })', 'ordered-sink'],
  ['a function written in a call that works with what the call hands it', 'for (const x of xs) await retry(image, (files) => files.write(x))', 'unknown'],
  ['the same with a receiver from outside', 'for (const x of xs) await retry(image, (files) => storage.write(x, files))', 'independent'],
  ['a lock around such a function', 'for (const x of xs) await withLock(async () => { await fetch(x) })', 'unknown'],
  ['a function that runs it as it likes', 'for (const x of xs) await otplease(() => fetch(x))', 'unknown'],
  ['a function of the file whose name says that it deals with one item', 'for (const x of xs) await removeUser(x); async function removeUser(x) { await run(x) }', 'independent'],
  ['a function of the file whose name says nothing', 'for (const x of xs) await doUser(x); async function doUser(x) { await run(x) }', 'unknown'],
  ['a handler of requests from another file', 'import { POST } from "./route"; async function f(xs, all) { for (const x of xs) all.push(await POST(x)) }', 'unknown'],
  ['a client of the same names', 'import { client } from "./client"; async function f(xs, all) { for (const x of xs) all.push(await client.POST(x)) }', 'independent'],
])('%s: %s', (_, code, expected) => {
  expect(kindIn(code.startsWith('import') ? code : inFunction(code))).toBe(expected)
})

it.each([
  ['async function saveSequentially(xs) { for (const x of xs) await fetch(x) }', 'stated'],
  ['async function saveSequences(xs) { for (const x of xs) await fetch(x) }', 'independent'],
  ['const saveSerially = async (xs) => { for (const x of xs) await fetch(x) }', 'stated'],
  ['const saveAll = async (xs) => { for (const x of xs) await fetch(x) }', 'independent'],
  ['class C { async mapSeries(xs) { for (const x of xs) await fetch(x) } }', 'stated'],
])('what the name of its function says: %s', (code, expected) => {
  expect(kindIn(code)).toBe(expected)
})

describe('forms', () => {
  it.each([
    ['for (const [k, v] of xs) await fetch(v)', 'for-of', 'k, v'],
    ['for (const k in xs) await fetch(k)', 'for-in', 'k'],
    ['for await (const x of xs) await fetch(x)', 'for-await', 'x'],
    ['for (let i = 0, n = xs.length; i < n; i += 2) await fetch(xs[i])', 'counted', 'i'],
    ['for (let i = xs.length - 1; i >= 0; i--) await fetch(xs[i])', 'counted', 'i'],
    ['const ys = [...xs]; let y; while ((y = ys.pop())) await fetch(y)', 'drain', 'y'],
    ['await xs.reduce(async (before, x) => { await before; await fetch(x) }, Promise.resolve())', 'reduce', 'x'],
  ])('%s', (code, form, names) => {
    const answer = verdictIn(inFunction(code), (verdict) =>
      verdict.kind === 'independent' ? [verdict.shape.form, verdict.shape.names.map(({ name }) => name).join(', ')] : [verdict.kind],
    )
    expect(answer).toEqual([form, names])
  })

  it('leaves a reduce alone that starts its work before it waits', () => {
    expect(() => kindIn(inFunction('await xs.reduce(async (before, x) => { const y = await fetch(x); await before; return y }, null)'))).toThrow('no loop')
  })
})

describe('results', () => {
  it.each([
    ['const out = []; for (const x of xs) out.push(await fetch(x))', 'push'],
    ['const out = {}; for (const x of xs) out[x.id] = await fetch(x)', 'keyed'],
    ['const out = new Map(); for (const x of xs) out.set(x.id, await fetch(x))', 'keyed'],
    ['const out = new Set(); for (const x of xs) out.add(await fetch(x))', 'add'],
    ['let n = 0; for (const x of xs) n += await fetch(x)', 'fold'],
    ['let all = []; for (const x of xs) all = all.concat(await fetch(x))', 'fold'],
    ['let last; for (const x of xs) last = await fetch(x)', 'assign'],
    ['const out = []; let n = 0; for (const x of xs) { out.push(await fetch(x)); n++ }', 'mixed'],
    ['for (const x of xs) await fetch(x)', 'effects'],
  ])('%s: %s', (code, expected) => {
    expect(verdictIn(inFunction(code), (verdict) => verdict.kind === 'independent' && verdict.results)).toBe(expected)
  })

  it.each([
    ['let r; for (const x of xs) { r = await fetch(x); show(r) }', ['r = await fetch(x)']],
    ['let n = 0; for (const x of xs) { const i = n++; await fetch(x, i) }', ['n++']],
    ['let n = 0; for (const x of xs) { await fetch(x); n++ }', []],
  ])('other writes of %s', (code, expected) => {
    const writes = verdictIn(inFunction(code), (verdict, text) =>
      verdict.kind === 'independent' ? verdict.evidence.otherWrites.map(({ range }) => text.slice(...range)) : [verdict.kind],
    )
    expect(writes).toEqual(expected)
  })
})

describe('callees of which nothing is known', () => {
  it.each([
    ['for (const x of xs) await callback(x)', 'xs, callback', 'unknown'],
    ['for (const x of xs) await removeUser(x)', 'xs', 'independent'],
    ['for (const x of xs) await frobnicate(x)', 'xs', 'unknown'],
    ['const out = []; for (const x of xs) out.push(await frobnicate(x))', 'xs', 'independent'],
    ['const out = []; for (const x of xs) { const ys = await frobnicate(x); ys.forEach((y) => out.push(y)) }', 'xs', 'independent'],
    ['const out = []; for (const x of xs) { const ys = await frobnicate(x); ys.forEach((y) => log(y)) }', 'xs', 'unknown'],
    ['const out = []; for (const x of xs) { const ys = await frobnicate(x); ys.on((y) => out.push(y)) }', 'xs', 'unknown'],
    ['let any = false; for (const x of xs) { const y = await frobnicate(x); if (y) any = true }', 'xs', 'unknown'],
    ['let any = 0; for (const x of xs) { const y = await frobnicate(x); if (y) any = y }', 'xs', 'independent'],
    ['for (const x of xs) await service.install(x)', 'xs', 'unknown'],
    ['for (const x of xs) await symlinkOf(x)', 'xs', 'independent'],
    ['for (const x of xs) await nameOf(x)', 'xs', 'unknown'],
    ['for (const x of xs) await db.sortedSetAdd(x.key, x.id)', 'xs', 'independent'],
    ['for (const x of xs) await db.sortedSetSum(x.key, x.id)', 'xs', 'unknown'],
    ['for (const x of xs) await hooks.afterTopicAdd(x.id)', 'xs', 'unknown'],
    ['for (const x of xs) await runTopicAdd(x.id)', 'xs', 'unknown'],
    ['for (const x of xs) await signTransfer(x)', 'xs', 'unknown'],
    ['for (const x of xs) await sendTransfer(x)', 'xs', 'independent'],
    ['for (const x of xs) await compute(x); async function compute(x) { return x * 2 }', 'xs', 'independent'],
    ['for (const x of xs) await work(x); async function work(x) { return x * 2 }', 'xs', 'unknown'],
    ['for (const x of xs) await new Promise((resolve) => x.on("end", resolve))', 'xs', 'unknown'],
    ['for (const x of xs) await import(x)', 'xs', 'unknown'],
    ['for (const x of xs) log(x)', 'xs', 'unknown'],
  ])('%s', (body, parameters, expected) => {
    expect(kindIn(`async function f(${parameters}) { ${body} }`)).toBe(expected)
  })
})

describe('clients', () => {
  it.each([
    ["import { Pool } from 'pg'; const db = new Pool()", 'db.query("…", [x])', 'independent'],
    ["import { Client } from 'pg'; const db = new Client()", 'db.query("…", [x])', 'ordered-sink'],
    ["import { PrismaClient } from '@prisma/client'; const db = new PrismaClient()", 'db.session.create({ data: x })', 'independent'],
    ["import type { Prisma } from '@prisma/client'; declare const db: Prisma.TransactionClient", 'db.user.create({ data: x })', 'ordered-sink'],
    ["import mysql from 'mysql2/promise'; const db = mysql.createPool({})", 'db.query("…", [x])', 'independent'],
    ["import mysql from 'mysql2/promise'; const db = await mysql.createConnection({})", 'db.query("…", [x])', 'ordered-sink'],
    ["import { S3Client, GetObjectCommand } from '@aws-sdk/client-s3'; const s3 = new S3Client()", 's3.send(new GetObjectCommand({ Key: x }))', 'independent'],
    ["import { Octokit } from '@octokit/rest'; const github = new Octokit()", 'github.rest.issues.get({ issue_number: x })', 'independent'],
    ["import { chromium } from 'playwright'; const tab = await (await chromium.launch()).newPage()", 'tab.goto(x)', 'ordered-sink'],
    ["import inquirer from 'inquirer'", 'inquirer.prompt(x)', 'ordered-sink'],
    ["import { execa } from 'execa'", 'execa("git", ["add", x])', 'ordered-sink'],
    ["import { execa } from 'execa'", 'execa("ffmpeg", ["-i", x])', 'independent'],
    ["import { execa } from 'execa'", 'execa("ffmpeg", ["-i", x], { stdio: "inherit" })', 'ordered-sink'],
    ["import { execa } from 'execa'; const run = async (command, ...args) => { await execa(command, args) }", 'run("npm", "pkg", "set", x)', 'ordered-sink'],
    ["import { execa } from 'execa'; const run = async (command, ...args) => { await execa(command, args) }", 'run("ffmpeg", "-i", x)', 'independent'],
    ["import { execa } from 'execa'; const run = async (command, options) => { await execa(command, [], { stdio: 'inherit', ...options }) }", 'run("ffmpeg", { x })', 'ordered-sink'],
    ["import { writeFile } from 'node:fs/promises'", 'writeFile(x.path, x.text)', 'independent'],
    ["import { writeFile } from 'node:fs/promises'", 'writeFile("out.txt", x.text)', 'ordered-sink'],
    ["import Redis from 'ioredis'; const redis = new Redis()", 'redis.hgetall(x)', 'independent'],
  ])('%s %s: %s', (setUp, call, expected) => {
    expect(kindIn(`${setUp}; export async function f(xs) { for (const x of xs) await ${call} }`)).toBe(expected)
  })
})

describe('cost', () => {
  it('asks each name of a long body once or twice, however long it is', () => {
    const reads = (n: number): number => {
      let count = 0
      const code = inFunction(`for (const x of xs) { ${Array.from({ length: n }, (_, i) => `const a${i} = await fetch(x + ${i}); log(a${i});`).join(' ')} }`)
      analyse(code, (sourceCode) => {
        const counted = new Proxy(sourceCode, {
          get(target, key) {
            if (key === 'visitorKeys') count += 1
            const value: unknown = Reflect.get(target, key, target)
            return typeof value === 'function' ? (value as (...a: unknown[]) => unknown).bind(target) : value
          },
        })
        walk(sourceCode.ast, sourceCode.visitorKeys, (node) => {
          if (isLoop(node)) loopsOf(counted, settingsOf({})).verdictOf(node)
        })
      })
      return count
    }
    expect(reads(400)).toBeLessThan(reads(200) * 2.5)
  })
})
