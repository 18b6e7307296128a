/** What the frameworks that call a function do with what it returns. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { memberName, type FunctionNode } from '../../ast/nodes.ts'
import { handlerResults, routeMethods } from '../../knowledge/callback-results.ts'
import { handlersOf, type HandlerEntry } from '../handlers/index.ts'
import { looksLikeHandler } from '../handlers/shapes.ts'
import type { Place } from '../uses/index.ts'

export interface FileContext {
  /** `settings.bounded.handlers`. */
  readonly handlers: readonly HandlerEntry[]
  /** The file's path, for conventions that go by it. */
  readonly filename: string
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
  if (place.kind !== 'argument' || node.params.length < 2 || !looksLikeHandler(node)) return null
  const { callee } = place.call
  const name = callee.type === 'MemberExpression' ? memberName(callee) : null
  return name !== null && routeMethods.has(name) && !node.params.some(isOtherFramework) ? 'dropped' : null
}

/** Fastify's `reply` and Koa's `ctx`: their handlers answer by what they return. */
function isOtherFramework(parameter: TSESTree.Parameter): boolean {
  return parameter.type === 'Identifier' && /^_?(?:reply|ctx|context|h)$/.test(parameter.name)
}
