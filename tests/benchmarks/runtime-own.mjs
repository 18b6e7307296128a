/**
 * What the options of the helper cost, measured against the helper without them, and what single demands on it cost,
 * measured by adding them to the hand-written baselines of the shared bench. CPU time, medians of rounds in shuffled order:
 *   npm run build
 *   node tests/benchmarks/runtime-own.mjs dist/runtime/index.mjs figures.json      adds its rows to that file, as `own`
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const [module, file] = process.argv.slice(2)
const helper = await import(pathToFileURL(path.resolve(module)).href)
const { createLimiter, createQueue, forEachBounded, mapBounded, mapBoundedSettled } = helper
setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc')
const rounds = Number(process.env.ROUNDS ?? 11)
const count = 100_000
const ignore = () => {}
const settled = async (item) => item
const array = Array.from({ length: count }, (_, index) => index)
async function* asynchronously() {
  yield* array
}

/** Nanoseconds of CPU a task, by name. */
async function sideBySide(candidates, tasks = count) {
  const times = new Map(Object.keys(candidates).map((name) => [name, []]))
  for (const run of Object.values(candidates)) for (let warm = 0; warm < 2; warm++) await run()
  for (let round = 0, seed = 42; round < rounds; round++) {
    const order = Object.entries(candidates).map((entry) => [(seed = (seed * 48_271) % 2_147_483_647), entry])
    for (const [, [name, run]] of order.sort(([one], [other]) => one - other)) {
      gc()
      const before = process.cpuUsage()
      await run()
      const { user, system } = process.cpuUsage(before)
      times.get(name).push(((user + system) * 1000) / tasks)
    }
  }
  return Object.fromEntries([...times].map(([name, all]) => [name, all.sort((one, other) => one - other)[all.length >> 1]]))
}

/** The bench's baseline, with one reader: its own calls `next` again while it still waits for the last one. */
async function oneReader(input, fn, concurrency) {
  const iterator = input[Symbol.asyncIterator]()
  const out = []
  let active = 0
  let index = 0
  let wake
  let resolve
  const end = new Promise((done) => (resolve = done))
  let ended = false
  const task = async (item, at) => {
    out[at] = await fn(item, at)
    active--
    if (wake) wake((wake = undefined))
    if (ended && !active) resolve()
  }
  for (;;) {
    if (active >= concurrency) await new Promise((free) => (wake = free))
    const step = await iterator.next()
    if (step.done) break
    active++
    void task(step.value, index++)
  }
  ended = true
  if (active) await end
  return out
}
async function overlapping(input, fn, concurrency) {
  const iterator = input[Symbol.asyncIterator]()
  const out = []
  let index = 0
  const worker = async () => {
    for (let step = await iterator.next(); !step.done; step = await iterator.next()) {
      const at = index++
      out[at] = await fn(step.value, at)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  return out
}

/** The bench's baseline queue; with `keeps`, each item that waits keeps the async context of its producer, and no more. */
function ring(worker, keeps) {
  let items = []
  let head = 0
  let active = 0
  let idle
  let wakeLatest
  const onWake = (resolve) => (wakeLatest = resolve)
  const run = async (first) => {
    for (let item = first; ; item = items[head], items[head++] = undefined) {
      await worker(item)
      if (head >= items.length) break
      if (keeps) {
        const wake = items[head]
        items[head++] = undefined
        return wake()
      }
    }
    if (--active === 0) idle?.()
  }
  return {
    push(item) {
      if (active < 10) {
        active++
        void run(item)
      } else if (keeps) {
        void new Promise(onWake).then(() => void run(item))
        items.push(wakeLatest)
      } else items.push(item)
    },
    drained: () => new Promise((resolve) => (active ? (idle = resolve) : resolve())),
  }
}
const pushAll = async (queue) => {
  for (const item of array) queue.push(item)
  await queue.drained()
}
const limited = async (limit) => {
  await Promise.all(array.map((item) => limit(settled, item)))
}

const { signal } = new AbortController()
const lanes = 8
const prioritized = (priorities) => async () => {
  const queue = createQueue(ignore, { concurrency: 1, capacity: Infinity, context: 'any', priorities })
  queue.pause()
  let seed = 1
  for (let index = 0; index < 32_768; index++) queue.push(index, { priority: (seed = (seed * 48_271) % 2_147_483_647) % priorities })
  queue.resume()
  await queue.drained()
}

const map = await sideBySide({
  plain: () => mapBounded(array, settled, { concurrency: 10 }),
  signal: () => mapBounded(array, settled, { concurrency: 10, signal }),
  reading: () => mapBounded(array, async (item, _, context) => (context.signal.aborted ? 0 : item), { concurrency: 10, signal }),
  forEach: () => forEachBounded(array, settled, { concurrency: 10 }),
  settled: () => mapBoundedSettled(array, settled, { concurrency: 10 }),
  timeout: () => mapBounded(array, settled, { concurrency: 10, timeout: 60_000 }),
  gauges: () => mapBounded(array, settled, { concurrency: 10, onGauge: ignore }),
})
const limiter = await sideBySide({
  plain: () => limited(createLimiter(10)),
  gauges: () => limited(createLimiter({ concurrency: 10, gauges: true })),
})
const queue = await sideBySide({
  plain: () => pushAll(createQueue(settled, { concurrency: 10, capacity: Infinity, context: 'any' })),
  gauges: () => pushAll(createQueue(settled, { concurrency: 10, capacity: Infinity, context: 'any', gauges: true })),
  producer: () => pushAll(createQueue(settled, { concurrency: 10, capacity: Infinity })),
  ring: () => pushAll(ring(settled, false)),
  keeping: () => pushAll(ring(settled, true)),
})
const priority = await sideBySide({ lanes: prioritized(lanes) }, 32_768)
const readers = {}
for (const concurrency of [10, 100]) {
  readers[concurrency] = await sideBySide({
    overlapping: () => overlapping(asynchronously(), settled, concurrency),
    one: () => oneReader(asynchronously(), settled, concurrency),
    ours: () => mapBounded(asynchronously(), settled, { concurrency }),
  })
}

const own = { map, limiter, queue, priority, readers }
if (!file) console.log(JSON.stringify(own, null, 1))
else writeFileSync(file, JSON.stringify({ ...(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}), own }, null, 1))
