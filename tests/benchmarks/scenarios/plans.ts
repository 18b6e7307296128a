import type { Figures, Plan } from './scenario.ts'

/** How many times smaller a figure is after; Infinity where none is left. */
const fall = (name: string) => (before: Figures, after: Figures): number => (before[name] ?? Number.NaN) / (after[name] ?? Number.NaN)

export const plans: readonly Plan[] = [
  {
    folder: '01-serial-loop',
    row: 1,
    rounds: 3,
    title: 'Requests one after the other',
    rule: 'no-await-in-loop',
    parts: ['http'],
    headline: { figure: 'time (ms)', better: 'lower' },
    note: '100 requests to a service that takes 50 ms for each.',
    expectations: [
      {
        claim: 'from about 5 s to at most 0.6 s with 10 in flight',
        holds: (_before, after) => (after['time (ms)'] ?? Infinity) <= 600,
        otherwise: 'ten rounds of 50 ms are 500 ms, and opening ten connections in a process that has just started takes the rest on a machine that others use as well.',
      },
    ],
  },
  {
    folder: '02-unbounded-inserts',
    row: 2,
    title: 'An insert for every row at once',
    rule: 'no-unbounded-promise-all',
    settings: { concurrency: 16 },
    parts: ['database'],
    headline: { figure: 'failed inserts', better: 'lower' },
    note:
      '50 000 inserts through a pool of 20 whose callers wait for a connection for at most 1 s, as a service would set it, while another part of the program inserts one row every 20 ms through the same pool.',
    expectations: [
      { claim: 'no failed insert', holds: (_before, after) => after['failed inserts'] === 0 && after['failed single inserts'] === 0 },
      {
        claim: 'p99 of a single insert near its value without load (at most 10 times it)',
        holds: (_before, after) => (after['single insert p99 (ms)'] ?? Infinity) <= 10 * (after['single insert p99 without load (ms)'] ?? 0),
        otherwise: 'server, import and single inserts share two cores.',
      },
      {
        claim: 'flat memory: what is held in the middle of the import falls by 10 times or more',
        holds: (before, after) => fall('memory held meanwhile (MB)')(before, after) >= 10 || (after['memory held meanwhile (MB)'] ?? Infinity) < 1,
      },
    ],
  },
  {
    folder: '03-limit-by-littles-law',
    row: 3,
    title: 'A limit by Little’s law',
    rule: null,
    parts: ['http'],
    headline: { figure: 'latency p95 (ms)', better: 'lower' },
    note:
      'A service with 16 places of 40 ms each answers at most 400 requests a second. Little’s law puts the knee at 400/s × 0.04 s = 16 in flight: fewer leave places empty, more only wait. The program before allows 128 in flight by gut feeling.',
    expectations: [
      {
        claim: 'the knee at 16: half of the throughput at 8, all of it at 16, and no more at 128',
        holds: (_before, after) => {
          const at = (limit: number): number => after[`throughput at ${limit} (per second)`] ?? Number.NaN
          return at(8) < 0.65 * at(16) && at(128) < 1.2 * at(16)
        },
        otherwise: 'beyond the knee only the request that is on its way while a place is free again adds a little.',
      },
    ],
  },
  {
    folder: '04-async-without-await',
    row: 4,
    rounds: 3,
    title: '`async` for nothing',
    rule: 'require-await',
    parts: [],
    headline: { figure: 'cost per call (ns)', better: 'lower' },
    note: 'Two million calls of a function that only computes; the median of five rounds.',
    expectations: [
      {
        claim: 'cost per call falls by 10 times or more',
        holds: (before, after) => fall('cost per call (ns)')(before, after) >= 10,
        otherwise: 'V8 makes an await of a settled promise cheap: a microtask and a promise for each call, while the plain call is compiled into the loop.',
      },
    ],
  },
  {
    folder: '05-blocked-handler',
    row: 5,
    title: 'A password hashed inside a handler',
    rule: 'no-sync-in-handler',
    parts: [],
    headline: { figure: 'latency of a plain request (ms)', better: 'lower' },
    note: '100 sign-ups at once from a second process, and ten requests behind them that need no hash (their median).',
    expectations: [
      {
        claim: 'the latency of the request after 100 others falls by 10 times or more',
        holds: (before, after) => fall('latency of a plain request (ms)')(before, after) >= 10,
        otherwise: 'four threads hash on two cores, and the loop waits for its share of them.',
      },
      {
        claim: 'the last sign-up is answered as much sooner',
        holds: (before, after) => fall('latency of the last sign-up (ms)')(before, after) >= 10,
        otherwise:
          'it needs its own hash and waits for a hundred of them; the work is the same, and threads divide it by the number of cores that are free (two, shared with the load and others). What the rewrite gives is that everybody else does not wait.',
      },
      {
        claim: 'event-loop delay p99 under 50 ms',
        holds: (_before, after) => (after['event-loop delay p99 (ms)'] ?? Infinity) < 50,
        otherwise: 'four threads hash on two cores that are used by others too: the loop waits for the processor, not for the program.',
      },
    ],
  },
  {
    folder: '08-unbounded-queue',
    row: 8,
    title: 'A queue that nothing limits',
    rule: 'no-unbounded-queue',
    options: { capacity: 100 },
    parts: ['http'],
    headline: { figure: 'peak waiting or being sent (items)', better: 'lower' },
    note:
      '6000 events of 10 KB, 2000 a second, for a collector that takes one at a time and needs 2 ms and the way for each. The queue of the program after has room for 100: then its producer waits.',
    expectations: [
      {
        claim: 'memory linear before',
        holds: (before) => (before['memory held at the end (MB)'] ?? 0) > 1.7 * (before['memory held half-way (MB)'] ?? Infinity),
      },
      {
        claim: 'memory flat after',
        holds: (_before, after) => (after['memory held at the end (MB)'] ?? Infinity) < 1.3 * (after['memory held half-way (MB)'] ?? 0) + 1,
      },
    ],
  },
  {
    folder: '12-no-time-limit',
    row: 12,
    title: 'A call without a time limit',
    rule: 'require-timeout',
    options: { report: 'possible' },
    settings: { timeoutMs: 500 },
    parts: ['http'],
    headline: { figure: 'latency p99 (ms)', better: 'lower' },
    note: '200 calls, of which every fortieth is never answered. The measurement gives up after 10 s.',
    expectations: [
      { claim: 'p99 near the limit (500 ms)', holds: (_before, after) => (after['latency p99 (ms)'] ?? Infinity) < 1_000 },
      { claim: 'sockets released', holds: (_before, after) => after['sockets held by a hanging call'] === 0 },
    ],
  },
  {
    folder: '13-serial-awaits',
    row: 13,
    title: 'Three awaits that need nothing from each other',
    rule: 'no-serial-awaits',
    parts: ['http'],
    headline: { figure: 'time (ms)', better: 'lower' },
    note: 'User, posts and comments, 100 ms each.',
    expectations: [{ claim: 'from 300 ms to 100 ms', holds: (before, after) => fall('time (ms)')(before, after) > 2 }],
  },
  {
    folder: '30-lost-results',
    row: 30,
    title: 'One failure throws the others away',
    rule: 'no-unbounded-promise-all',
    parts: ['http'],
    headline: { figure: 'results kept', better: 'higher' },
    note: '100 requests, of which one fails. The cure is a decision of the author, who must say what a failed one means: it is made by hand.',
    expectations: [{ claim: '99 of 100 results kept', holds: (_before, after) => after['results kept'] === 99 }],
  },
  {
    folder: '31-rate-limit',
    row: 31,
    title: 'Past the remote’s rate limit',
    rule: 'no-unbounded-promise-all',
    parts: ['http'],
    headline: { figure: 'answers 429', better: 'lower' },
    note: '300 requests to a service that takes 100 a second. What the remote allows is not in the code: the cure is made by hand.',
    expectations: [{ claim: 'no answer 429', holds: (_before, after) => after['answers 429'] === 0 }],
  },
]
