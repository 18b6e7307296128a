/** Random schedules against what must hold whatever happens. */
import { getEventListeners } from 'node:events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLimiter, createQueue, mapBounded } from '../../src/runtime/index.ts'
import type { CloseReport } from '../../src/runtime/index.ts'
import { deferred, flush, unhandledRejections } from '../support/deferred.ts'
import type { Deferred } from '../support/deferred.ts'
import { useFakeClock } from '../support/fake-clock.ts'

const clock = useFakeClock()

/** Tasks that a schedule settles: knows how many really run, and in which order they started. */
function world() {
  const running: { item: number; task: Deferred<unknown> }[] = []
  return {
    started: [] as number[],
    peak: 0,
    running,
    run(item: number): Promise<unknown> {
      const task = deferred<unknown>()
      running.push({ item, task })
      this.started.push(item)
      this.peak = Math.max(this.peak, running.length)
      return task.promise
    },
    settle(at: number, ok: boolean): void {
      if (!running.length) return
      const [{ item, task }] = running.splice(at % running.length, 1) as [(typeof running)[number]]
      if (ok) task.resolve(item)
      else task.reject(new Error(`item ${item}`))
    },
  }
}

const nat = fc.nat(20)
const queueStep = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('push' as const), lane: fc.nat(1), own: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('request' as const), lane: fc.nat(1), own: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('tryPush' as const), lane: fc.nat(1), own: fc.boolean() }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('settle' as const), at: nat, ok: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 120 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('abort' as const), at: nat }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('pause' as const, 'resume' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), mode: fc.constantFrom('drain' as const, 'abort' as const) }) },
)
const queueSettings = fc.record({
  concurrency: fc.integer({ min: 1, max: 4 }),
  capacity: fc.integer({ min: 1, max: 4 }),
  timeout: fc.constantFrom(undefined, 50),
  retries: fc.constantFrom(0, () => 20, (_error: unknown, attempt: number): number | false => (attempt < 3 ? 30 : false)),
  context: fc.constantFrom('producer' as const, 'any' as const),
  governed: fc.boolean(),
})

describe('a queue', () => {
  it('gives every item it took exactly one outcome, holds the limit, and leaves nothing behind', async () => {
    await fc.assert(
      fc.asyncProperty(queueSettings, fc.array(queueStep, { maxLength: 40 }), async ({ governed, concurrency, ...settings }, steps) => {
        const unhandled = unhandledRejections()
        const tasks = world()
        const limiter = createLimiter(concurrency)
        const buried: number[] = []
        const queue = createQueue((item: number) => tasks.run(item), {
          ...settings, concurrency: governed ? limiter : concurrency, priorities: 2, onDeadLetter: ({ item }) => buried.push(item),
        })
        const controllers: AbortController[] = []
        const lanes: number[] = []
        let items = 0
        let refused = 0
        let asked = 0
        const answers: Promise<'answered' | 'turned away'>[] = []
        const reports: Promise<CloseReport>[] = []
        for (const step of steps) {
          if (step.do === 'push' || step.do === 'request' || step.do === 'tryPush') {
            const item = items++
            lanes[item] = step.lane
            const controller = new AbortController()
            controllers.push(controller)
            const options = { priority: step.lane, signal: step.own ? controller.signal : undefined }
            if (step.do === 'tryPush') {
              if (!queue.tryPush(item, options)) refused++
            } else if (step.do === 'push') {
              queue.push(item, options)?.catch(() => refused++)
            } else {
              asked++
              answers.push(queue.request(item, options).then(() => 'answered', () => 'answered'))
            }
          } else if (step.do === 'settle') tasks.settle(step.at, step.ok)
          else if (step.do === 'wait') await clock.advance(step.ms)
          else if (step.do === 'abort') controllers[step.at]?.abort(new Error('left'))
          else if (step.do === 'close') reports.push(queue.close({ mode: step.mode, grace: 40 }))
          else queue[step.do]()
          await flush()
          expect(tasks.running.length).toBeLessThanOrEqual(concurrency)
          expect(queue.size).toBeLessThanOrEqual(settings.capacity + (settings.retries === 0 ? 0 : items))
        }
        reports.push(queue.close({ mode: 'abort', grace: 40 }))
        await clock.advance(200)
        const report = await reports[0]!
        for (const other of reports) expect(await other).toBe(report)
        // Every call of request was answered one way or the other.
        expect(await Promise.all(answers)).toHaveLength(asked)
        const total = report.done + report.failed + report.dropped + report.abandoned
        // What was neither refused nor asked for was taken; of what was asked for, part was turned away.
        expect(total).toBeGreaterThanOrEqual(items - refused - asked)
        expect(total).toBeLessThanOrEqual(items - refused)
        expect(new Set(buried).size).toBe(buried.length)
        expect(buried.length).toBeLessThanOrEqual(report.failed + report.dropped + report.abandoned)
        // First attempts start in order within a lane.
        if (settings.retries === 0) {
          for (const lane of [0, 1]) {
            const order = tasks.started.filter((item) => lanes[item] === lane)
            expect(order).toEqual([...order].sort((a, b) => a - b))
          }
          expect(new Set(tasks.started).size).toBe(tasks.started.length)
        }
        expect(tasks.peak).toBeLessThanOrEqual(concurrency)
        while (tasks.running.length) tasks.settle(0, false)
        await clock.advance(0)
        await flush()
        for (const { signal } of controllers) expect(getEventListeners(signal, 'abort')).toHaveLength(0)
        expect([queue.active, queue.size, limiter.active, limiter.pending, clock.timers()]).toEqual([0, 0, 0, 0, 0])
        await unhandled.stop()
        expect(unhandled.seen).toEqual([])
      }),
      { numRuns: 150 },
    )
  })
})

const limiterStep = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('call' as const) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('run' as const), lane: fc.nat(1), own: fc.boolean(), timed: fc.boolean() }) },
  { weight: 9, arbitrary: fc.record({ do: fc.constant('settle' as const), at: nat, ok: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 80 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('abort' as const), at: nat }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('limit' as const), to: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clear' as const) }) },
)

describe('a limiter', () => {
  it('holds its limit as it moves, settles every call once, starts in order within a lane', async () => {
    const settings = fc.record({
      acquireTimeout: fc.constantFrom(undefined, 60),
      maxPending: fc.constantFrom(undefined, 3),
      rate: fc.constantFrom({}, { interval: 50, intervalCap: 3 }),
    })
    await fc.assert(
      fc.asyncProperty(settings, fc.array(limiterStep, { maxLength: 40 }), async ({ rate, ...options }, steps) => {
        const unhandled = unhandledRejections()
        const tasks = world()
        let allowed = 2
        const limit = createLimiter({ concurrency: allowed, priorities: 2, ...options, ...rate })
        const lanes: number[] = []
        const controllers: AbortController[] = []
        const settled: number[] = []
        let calls = 0
        for (const step of steps) {
          if (step.do === 'call' || step.do === 'run') {
            const item = calls++
            const controller = new AbortController()
            controllers.push(controller)
            lanes[item] = step.do === 'run' ? step.lane : 0
            const result = step.do === 'call'
              ? limit((given: number) => tasks.run(given), item)
              : limit.run(() => tasks.run(item), { priority: step.lane, signal: step.own ? controller.signal : undefined, timeout: step.timed ? 40 : undefined })
            const count = (): void => void settled.push(item)
            result.then(count, count)
          } else if (step.do === 'settle') tasks.settle(step.at, step.ok)
          else if (step.do === 'wait') await clock.advance(step.ms)
          else if (step.do === 'abort') controllers[step.at]?.abort(new Error('left'))
          else if (step.do === 'clear') limit.clear()
          else {
            // What ran under the old limit may finish; only what starts from here on is held to the new one.
            limit.concurrency = step.to
            allowed = Math.max(step.to, tasks.running.length)
          }
          const before = tasks.running.length
          await flush()
          expect(tasks.running.length).toBeLessThanOrEqual(Math.max(allowed, before))
          allowed = Math.max(limit.concurrency, Math.min(allowed, tasks.running.length))
        }
        for (let turn = 0; turn < 200 && (limit.active || limit.pending); turn++) {
          tasks.settle(0, true)
          await clock.advance(50)
          await flush()
        }
        await limit.idle()
        await flush()
        expect(settled.sort((a, b) => a - b)).toEqual(Array.from({ length: calls }, (_, item) => item))
        for (const lane of [0, 1]) {
          const order = tasks.started.filter((item) => lanes[item] === lane)
          expect(order).toEqual([...order].sort((a, b) => a - b))
        }
        for (const { signal } of controllers) expect(getEventListeners(signal, 'abort')).toHaveLength(0)
        expect([limit.active, limit.pending, clock.timers()]).toEqual([0, 0, 0])
        await unhandled.stop()
        expect(unhandled.seen).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  it('starves nobody: with ageing, the lowest lane runs while the highest never empties', async () => {
    const limit = createLimiter({ concurrency: 1, priorities: 2, ageing: 10 })
    const token = await limit.acquire()
    let ran = false
    void limit.run(() => (ran = true), { priority: 0 })
    let fed = 0
    const feed = (): void => {
      if (fed++ < 50) void limit.run(async () => (feed(), await new Promise((resolve) => setTimeout(resolve, 5))), { priority: 1 })
    }
    feed()
    token.release()
    for (let turn = 0; turn < 8; turn++) await clock.advance(5)
    expect(ran).toBe(true)
    expect(fed).toBeLessThan(20)
    await clock.advance(500)
  })
})

describe('mapBounded', () => {
  it('starts each item once and in order, at most so many at once, and settles as the sequential model says', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          items: fc.nat(12),
          concurrency: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constant(Infinity)),
          source: fc.constantFrom('array', 'sync', 'async'),
          onError: fc.constantFrom('stop' as const, 'drain' as const, 'collect' as const),
          timeout: fc.constantFrom(undefined, 30),
          governed: fc.boolean(),
        }),
        fc.array(fc.oneof(
          { weight: 6, arbitrary: fc.record({ at: nat, ok: fc.boolean() }) },
          { weight: 1, arbitrary: fc.constant('wait' as const) },
          { weight: 1, arbitrary: fc.constant('abort' as const) },
        ), { maxLength: 30 }),
        async ({ items, concurrency, source, onError, timeout, governed }, steps) => {
          const unhandled = unhandledRejections()
          const tasks = world()
          const all = Array.from({ length: items }, (_, item) => item)
          async function* asynchronous(): AsyncGenerator<number> { yield* all }
          const input = source === 'array' ? all : source === 'sync' ? new Set(all) : asynchronous()
          const controller = new AbortController()
          const limiter = createLimiter(concurrency)
          let outcome: { value?: number[]; error?: unknown } | undefined
          mapBounded(input, (item) => tasks.run(item) as Promise<number>, {
            concurrency: governed ? limiter : concurrency, onError, timeout, signal: controller.signal,
          }).then((value) => (outcome = { value }), (error: unknown) => (outcome = { error }))
          let failures = 0
          for (const step of steps) {
            await flush()
            expect(tasks.running.length).toBeLessThanOrEqual(concurrency)
            if (step === 'wait') await clock.advance(31)
            else if (step === 'abort') controller.abort('aborted')
            else {
              if (!step.ok && tasks.running.length) failures++
              tasks.settle(step.at, step.ok)
            }
          }
          for (let turn = 0; turn < 40; turn++) {
            await flush()
            tasks.settle(0, true)
          }
          await flush()
          expect(outcome).toBeDefined()
          if (outcome!.value) expect(outcome!.value).toEqual(all)
          else if (outcome!.error !== 'aborted' && !timeout) expect(failures).toBeGreaterThan(0)
          expect(tasks.started).toEqual(all.slice(0, tasks.started.length))
          expect(tasks.peak).toBeLessThanOrEqual(concurrency)
          expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
          expect([clock.timers(), limiter.active, limiter.pending]).toEqual([0, 0, 0])
          await unhandled.stop()
          expect(unhandled.seen).toEqual([])
        },
      ),
      { numRuns: 200 },
    )
  })
})
