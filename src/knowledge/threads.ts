/** Calls that start a thread or a process which runs JavaScript: what one costs is paid before any of its work is done. */
import { onceListeningMethods } from './built-in-methods.ts'
import type { ApiFact } from './facts.ts'

export interface ThreadFact extends ApiFact {
  readonly starts: 'thread' | 'process'
  readonly source: string
}

export const threadFacts: readonly ThreadFact[] = [
  // "In practice, use a pool of Workers for these kinds of tasks. Otherwise, the overhead of creating Workers would likely exceed their benefit."
  { starts: 'thread', module: 'node:worker_threads', member: 'Worker', source: 'https://nodejs.org/api/worker_threads.html' },
  // "spawning a large number of child Node.js processes is not recommended"
  { starts: 'process', module: 'node:child_process', member: 'fork', source: 'https://nodejs.org/api/child_process.html#child_processforkmodulepath-args-options' },
  { starts: 'process', module: 'node:cluster', member: 'fork', source: 'https://nodejs.org/api/cluster.html#clusterforkenv' },
]

/** Methods that register a listener of a thread. https://nodejs.org/api/events.html#class-eventemitter */
export const threadListeningMethods: ReadonlySet<string> = new Set([...onceListeningMethods, 'prependListener', 'prependOnceListener'])
