/** Memory while an endless source is read, and while one limiter, queue and signal are used for ever. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { bundleRuntime } from '../support/runtime-bundle.ts'

/** Runs `body` in a process of its own; it calls `mark()` as it goes. Gives the heap after a full collection at each mark, in MB. */
function heaps(body: string): number[] {
  const { folder, file } = bundleRuntime('esm')
  const program = path.join(folder, 'memory.mjs')
  writeFileSync(program, `import * as helper from ${JSON.stringify(file)}
    const marks = []
    const mark = () => { gc(); marks.push(process.memoryUsage().heapUsed / 2 ** 20) }
    ${body}
    console.log(JSON.stringify(marks))`)
  return JSON.parse(execFileSync(process.execPath, ['--expose-gc', program], { encoding: 'utf8' })) as number[]
}

it.each(['for (;;) yield n++', 'for (;;) yield n++ // asynchronous'])('forEachBounded keeps the heap flat over 10 M items: %s', (loop) => {
  const star = loop.includes('asynchronous') ? 'async function*' : 'function*'
  const marks = heaps(`
    const controller = new AbortController()
    ${star} source() { let n = 0; ${loop}
    }
    await helper.forEachBounded(source(), async (n) => {
      if (n % 1_000_000 === 0) mark()
      if (n === 10_000_000) controller.abort()
    }, { concurrency: 100, signal: controller.signal }).catch(() => {})`)
  expect(marks).toHaveLength(11)
  expect(Math.max(...marks.slice(1)) - marks[1]!).toBeLessThan(1)
})

it('a limiter, a queue and a long-lived signal keep nothing of what is over', () => {
  const marks = heaps(`
    const { signal } = new AbortController()
    const limit = helper.createLimiter({ concurrency: 10, acquireTimeout: 60_000, gauges: true })
    const queue = helper.createQueue(async () => {}, { concurrency: 10, capacity: 100, timeout: 60_000 })
    for (let turn = 0; turn < 8; turn++) {
      for (let n = 0; n < 1000; n++) {
        await Promise.all([
          ...Array.from({ length: 20 }, () => limit.run(async () => {}, { signal, timeout: 60_000 })),
          queue.push(n, { signal }),
          helper.mapBounded([1, 2, 3], async (n) => n, { concurrency: 2, signal, timeout: 60_000 }),
          helper.withTimeout(async () => {}, 60_000, { signal }),
        ])
      }
      await queue.drained()
      mark()
    }
    await queue.close()`)
  expect(Math.max(...marks.slice(2)) - marks[2]!).toBeLessThan(1)
})
