/// <reference path="./picomatch-posix.d.ts" />
/** Whether a file is one in which nobody waits for the code (tests, seeds, scripts), by its path and by the test API it uses. */
import type { TSESLint } from '@typescript-eslint/utils'
import picomatch from 'picomatch/posix'
import { callsOf, type Origin } from '../calls/index.ts'
import type { Node } from '../../ast/nodes.ts'
import { testModules, testGlobals } from '../../knowledge/test-apis.ts'

interface LintedFile {
  readonly filename: string
  readonly cwd: string
  readonly sourceCode: Readonly<TSESLint.SourceCode>
}

/** Every rule asks of the same file in turn, so that the last answer is kept beside the patterns. */
interface Matcher {
  readonly matches: (path: string) => boolean
  path: string
  answer: boolean
}

const matchers = new WeakMap<readonly string[], Matcher>()

/** Whether the file matches one of the `contexts` patterns (relative to the working directory). */
export function isQuietFile({ filename, cwd }: Pick<LintedFile, 'filename' | 'cwd'>, patterns: readonly string[]): boolean {
  let matcher = matchers.get(patterns)
  if (!matcher) {
    const matches = matcherOf(patterns)
    matchers.set(patterns, (matcher = { matches, path: '', answer: matches('') }))
  }
  const path = filename.replaceAll('\\', '/')
  const base = `${cwd.replaceAll('\\', '/').replace(/\/$/, '')}/`
  const relative = path.startsWith(base) ? path.slice(base.length) : path.replace(/^(?:[A-Za-z]:)?\//, '')
  if (matcher.path !== relative) Object.assign(matcher, { path: relative, answer: matcher.matches(relative) })
  return matcher.answer
}

/** One expression for all patterns: every file is held against it. */
function matcherOf(patterns: readonly string[]): (path: string) => boolean {
  if (patterns.length === 0) return () => false
  const pattern = new RegExp(patterns.map((glob) => picomatch.makeRe(glob, { dot: true }).source).join('|'))
  return (path) => path !== '' && pattern.test(path)
}

/** Whether a node runs inside a callback of a test framework (`it('…', () => { HERE })`), by binding or undeclared global. */
export function isInTest(node: Node, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  const calls = callsOf(sourceCode)
  for (let current: Node | undefined = node; current; current = current.parent) {
    const call = current.parent
    if (call?.type !== 'CallExpression' || !call.arguments.includes(current as never)) continue
    if (current.type !== 'FunctionExpression' && current.type !== 'ArrowFunctionExpression') continue
    if (isTestApi(calls.originOf(call.callee))) return true
  }
  return false
}

function isTestApi({ root, steps }: Origin): boolean {
  if (root.kind === 'module') return testModules.has(root.name)
  return root.kind === 'global' && testGlobals.has(root.name) && steps.length <= 4
}
