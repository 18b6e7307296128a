/** A promise that the test settles by hand. */
export interface Deferred<T> {
  readonly promise: Promise<T>
  resolve(value: T): void
  reject(error: unknown): void
}

export function deferred<T = void>(): Deferred<T> {
  let resolve!: (value: T) => void
  let reject!: (error: unknown) => void
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

/** Lets everything run that needs no timer and no input. */
export async function flush(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** Tasks that start when called and end when told: `finish(item)` or `fail(item, error)`. Counts how many run at once. */
export function controlledTasks<T>() {
  const running = new Map<T, Deferred<unknown>>()
  const tasks = {
    started: [] as T[],
    peak: 0,
    running,
    run(item: T): Promise<unknown> {
      const task = deferred<unknown>()
      tasks.started.push(item)
      running.set(item, task)
      tasks.peak = Math.max(tasks.peak, running.size)
      return task.promise
    },
    async finish(item: T, value: unknown = item): Promise<void> {
      take(item).resolve(value)
      await flush()
    },
    async fail(item: T, error: unknown): Promise<void> {
      take(item).reject(error)
      await flush()
    },
  }
  function take(item: T): Deferred<unknown> {
    const task = running.get(item)
    if (!task) throw new Error(`${String(item)} does not run`)
    running.delete(item)
    return task
  }
  return tasks
}

/** Collects what would crash the process. Call `stop` before reading. */
export function unhandledRejections(): { readonly seen: unknown[]; stop(): Promise<void> } {
  const seen: unknown[] = []
  const listener = (error: unknown): void => {
    seen.push(error)
  }
  const before = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', listener)
  return {
    seen,
    async stop() {
      await flush()
      process.off('unhandledRejection', listener)
      for (const one of before) process.on('unhandledRejection', one)
    },
  }
}
