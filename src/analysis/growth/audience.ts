/** Whether a file is code of a user interface, where a person's pace limits what piles up. */
import type { TSESLint } from '@typescript-eslint/utils'
import { uiGlobals, uiModules } from '../../knowledge/queues-interfaces.ts'
import { walk } from '../../ast/nodes.ts'

const cache = new WeakMap<object, boolean>()

export function isUserInterface(sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  let answer = cache.get(sourceCode)
  if (answer === undefined) cache.set(sourceCode, (answer = looksLikeInterface(sourceCode)))
  return answer
}

function looksLikeInterface(sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  const imports = sourceCode.ast.body.some((node) => node.type === 'ImportDeclaration' && uiModules.some((pattern) => pattern.test(node.source.value)))
  if (imports) return true
  const globals = sourceCode.scopeManager?.globalScope
  const free = [...(globals?.through ?? []), ...(globals?.variables ?? []).filter(({ defs }) => defs.length === 0).flatMap(({ references }) => references)]
  if (free.some(({ identifier }) => uiGlobals.has(identifier.name as string))) return true
  return !walk(sourceCode.ast, sourceCode.visitorKeys, (node) => {
    if (node.type === 'JSXElement' || node.type === 'JSXFragment') return 'stop'
    return node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && node.callee.property.type === 'Identifier' && node.callee.property.name === 'addEventListener' && isElement(sourceCode.getText(node.callee.object)) ? 'stop' : undefined
  })
}

const isElement = (name: string): boolean => /^(?:window|document|el(?:ement)?|node|target|canvas|button|input|container)$|Element$/i.test(name)
