/** `total += await f(x)` → `const value = await f(x)`, `total += value`: nothing can come between the look and the write. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isFunction, walkOwnCode } from '../ast/nodes.ts'
import { declaredName } from './free-name.ts'
import { indentOf } from './loop/text.ts'
import type { Rewrite } from './offer.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** Nothing where the assignment is no statement of a block, or where moving the wait would move other work too. */
export function waitFirst(write: TSESTree.AssignmentExpression, pause: TSESTree.AwaitExpression, sourceCode: SourceCode): Rewrite<'waitFirst'>[] {
  const statement = write.parent
  if (statement.type !== 'ExpressionStatement' || statement.parent.type !== 'BlockStatement') return []
  const text = sourceCode.getText(statement)
  if (!/^[\w$]/.test(text) || !isOnlyWork(write, pause, sourceCode)) return []
  const name = declaredName(sourceCode, 'value', statement)
  return [{
    class: 'suggestion',
    messageId: 'waitFirst',
    data: { name },
    edit: (fixer) => [
      fixer.insertTextBefore(statement, `const ${name} = ${sourceCode.getText(pause)}${text.endsWith(';') ? ';' : ''}\n${indentOf(sourceCode, statement)}`),
      fixer.replaceText(pause, name),
    ],
  }]
}

/** Whether the assignment calls and waits for nothing but what the `await` has in it. */
function isOnlyWork(write: TSESTree.AssignmentExpression, pause: TSESTree.AwaitExpression, sourceCode: SourceCode): boolean {
  return walkOwnCode(write, sourceCode.visitorKeys, (node) => {
    if (node === pause || isFunction(node)) return 'skip'
    return /^(?:Await|Yield|Call|New|TaggedTemplate|Update|Import)Expression$/.test(node.type) || (node.type === 'AssignmentExpression' && node !== write) || isConditional(node.type) ? 'stop' : undefined
  })
}

/** What it stands in may not be evaluated at all. */
const isConditional = (type: string): boolean => type === 'ConditionalExpression' || type === 'LogicalExpression'
