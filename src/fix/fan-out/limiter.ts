/**
 * The form for `p-limit`, which limits calls and does not map:
 *
 *     const limit = pLimit(10)
 *     await Promise.all(ids.map((id) => limit(() => load(id))))
 */
import type { TSESLint } from '@typescript-eslint/utils'
import type { FanOut } from '../../analysis/fan-out/index.ts'
import { enclosingFunction, isFunction, type Node } from '../../ast/nodes.ts'
import type { Settings } from '../../options/settings.ts'
import { importName } from '../import-name.ts'
import { declaredName } from '../free-name.ts'
import { bodyText, indentOf } from '../loop/text.ts'
import { takesTwo } from './mapper.ts'
import type { Place } from './place.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export function limiterEdits(
  place: Exclude<Place, { kind: 'filled' }>,
  { task, map }: FanOut,
  sourceCode: SourceCode,
  { helper, concurrency }: Pick<Settings, 'concurrency' | 'helper'>,
) {
  if (!map || !isFunction(task) || !takesTwo(task, sourceCode) || task.returnType || task.typeParameters) return null
  const statement = place.kind === 'stored' ? place.statement : statementOf(map)
  if (!statement) return null
  const imported = importName(sourceCode, helper, 'default', 'pLimit')
  const limit = declaredName(sourceCode, 'limit', statement)
  const parameters = task.params.map((parameter) => sourceCode.getText(parameter)).join(', ')
  const body = sourceCode.getText(task.body)
  const isExpression = task.body.type !== 'BlockStatement'
  const inner = `${task.async ? 'async ' : ''}() => ${isExpression ? bodyText(body) : body}`
  const end = /;\s*$/.test(sourceCode.getText(statement)) ? ';' : ''
  return {
    name: imported.local,
    edit: (fixer: TSESLint.RuleFixer) => [
      ...imported.edit(fixer),
      fixer.insertTextBefore(statement, `const ${limit} = ${imported.local}(${concurrency})${end}\n${indentOf(sourceCode, statement)}`),
      fixer.replaceText(task, `(${parameters}) => ${limit}(${inner})`),
    ],
  }
}

/** The statement of a block around a node, within the same function: the limiter is made once for the whole list. */
function statementOf(node: Node): Node | null {
  const owner = enclosingFunction(node)
  for (let current: Node = node; current.parent && current !== owner; current = current.parent) {
    const { parent } = current
    if (parent.type === 'BlockStatement' || parent.type === 'Program') return current
  }
  return null
}
