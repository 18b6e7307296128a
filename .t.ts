import rule from './rules/no-unbounded-queue.ts'
import { fixed } from './tests/support/lint.ts'
for (const code of [`
const queue = []
let running = false

export async function add(job) {
  queue.push(job)
  void drain()
}

async function drain() {
  if (running) return
  running = true
  while (queue.length > 0) await deliver(queue.shift())
  running = false
}
`, `
const queue: Job[] = [];
let busy = false;
export function add(job: Job): void {
  log(job);
  queue.push(job);
  drain();
}
async function drain(): Promise<void> {
  if (busy) { return; }
  busy = true;
  try {
    while (queue.length) {
      const job = queue.shift()!;
      await deliver(job);
      count(job);
    }
  } finally { busy = false; }
}
`, "import PQueue from 'p-queue'; export const q = new PQueue", "import PQueue from 'p-queue'; export const q = new PQueue({ timeout: 5 })", "import PQueue from 'p-queue'; export const q = new PQueue({ concurrency: Infinity })", "import PromiseQueue from 'promise-queue'; class A { q = new PromiseQueue(2, Infinity); add(f) { return this.q.add(f) } }", "import {mergeMap} from 'rxjs'; x.pipe(mergeMap((a) => b(a), Infinity))"]) console.log(fixed(rule, code, { settings: { fixes: 'all' } }), '\n-----')
