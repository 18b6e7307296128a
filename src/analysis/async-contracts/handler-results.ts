/** What the frameworks that call a function do with what it returns. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { plainName } from '../../ast/names.ts'
import { memberName, type FunctionNode } from '../../ast/nodes.ts'
import { expressHearsFrom, handlerResults, routeMethods } from '../../knowledge/callback-results.ts'
import { returningNames } from '../../knowledge/parameter-names.ts'
import type { Settings } from '../../options/settings.ts'
import { handlersOf } from '../handlers/index.ts'
import { looksLikeHandler } from '../handlers/shapes.ts'
import { isBelow, leastVersion, rangeOf } from '../manifest/index.ts'
import type { Place } from '../uses/index.ts'

export interface FileContext {
  /** `settings.bounded.handlers`. */
  readonly handlers: Settings['handlers']
  /** The file's path, for conventions that go by it. */
  readonly filename: string
  /** What a path that is not absolute starts from. */
  readonly cwd: string
}

/**
 * `dropped`, `adopted` or `required` where a framework is known to call the function, `unknown` where one calls it and
 * nothing is known of it, null where none does. `app.get('/x', async (req, res) => …)` on an unknown `app` counts as
 * dropped where the function answers through `res`: so do the handlers of Express and all that is made like it.
 */
export function handlerResultOf(
  node: FunctionNode,
  place: Place,
  sourceCode: Readonly<TSESLint.SourceCode>,
  file: FileContext,
): 'dropped' | 'adopted' | 'required' | 'unknown' | null {
  const handler = handlersOf(sourceCode, file, file.filename).ofFunction(node)
  if (handler && handler.kind !== 'shape') return (handler.framework && handlerResults.get(handler.framework)) || 'unknown'
  return isRoute(node, place) ? 'dropped' : null
}

/**
 * Whether what calls a handler passes on the rejections of its promise, although it does nothing else with it. Express
 * does from version 5; where no manifest says which version it is, it is the newest.
 */
export function hearsRejections(node: FunctionNode, place: Place, sourceCode: Readonly<TSESLint.SourceCode>, file: FileContext): boolean {
  const handler = handlersOf(sourceCode, file, file.filename).ofFunction(node)
  const isOfExpress = handler && handler.kind !== 'shape' ? handler.framework === 'Express' : isRoute(node, place)
  if (!isOfExpress) return false
  const range = rangeOf('express', file)
  const version = range === null ? null : leastVersion(range)
  return version === null || !isBelow(version, expressHearsFrom)
}

/** `app.get('/x', (req, res) => …)` on an `app` of which nothing is known. */
function isRoute(node: FunctionNode, place: Place): boolean {
  if (place.kind !== 'argument' || node.params.length < 2 || !looksLikeHandler(node)) return false
  const { callee } = place.call
  const name = callee.type === 'MemberExpression' ? memberName(callee) : null
  return name !== null && routeMethods.has(name) && !node.params.some(isOtherFramework)
}

/** Fastify's `reply` and Koa's `ctx`: their handlers answer by what they return. */
function isOtherFramework(parameter: TSESTree.Parameter): boolean {
  return parameter.type === 'Identifier' && returningNames.has(plainName(parameter.name))
}
