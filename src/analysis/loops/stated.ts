/** What the author says about a loop: in a comment, by silencing another tool's rule, or by the name of its function. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { hasWord, nameOf } from '../../ast/names.ts'
import { enclosingFunction, unwrap, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { loopDirectives, openDirectives, orderPhrases } from '../../knowledge/comments.ts'
import { sequentialWords } from '../../knowledge/order-names.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** The comment, or the name of the function around it, that says that the loop is sequential on purpose; null where there is none. */
export function statedAt(loop: Node, pauses: readonly Node[], sourceCode: SourceCode): Node | TSESTree.Comment | null {
  const own = enclosingFunction(loop)
  const name = own && functionName(own)
  if (hasWord(name, sequentialWords)) return own
  const lines = new Set<number>()
  for (const node of [loop, ...pauses]) lines.add(node.loc.start.line)
  for (const { comment, isSilencing, isOrdering } of telling(sourceCode)) {
    if (isSilencing) {
      // A directive without an end stands for all that follows.
      const isOpen = openDirectives.test(comment.value)
      if (isOpen && comment.range[0] < loop.range[1]) return comment
      if (lines.has(comment.loc.end.line) || lines.has(nextCodeLine(comment, sourceCode))) return comment
    }
    if (!isOrdering) continue
    const inside = comment.range[0] >= loop.range[0] && comment.range[1] <= loop.range[1]
    const above = comment.range[1] <= loop.range[0] && isAbove(comment, loop, sourceCode)
    if (inside || above) return comment
  }
  return null
}

interface Telling {
  readonly comment: TSESTree.Comment
  readonly isSilencing: boolean
  readonly isOrdering: boolean
}

const cache = new WeakMap<SourceCode, readonly Telling[]>()

/** The few comments of a file that say something about some loop. */
function telling(sourceCode: SourceCode): readonly Telling[] {
  let found = cache.get(sourceCode)
  if (!found) {
    found = (sourceCode.getAllComments() as readonly TSESTree.Comment[])
      .map((comment) => ({ comment, isSilencing: loopDirectives.test(comment.value), isOrdering: orderPhrases.test(comment.value) }))
      .filter(({ isSilencing, isOrdering }) => isSilencing || isOrdering)
    cache.set(sourceCode, found)
  }
  return found
}

/** Whether nothing but comments and what the loop fills stands between a comment and the start of the loop's line, and no empty line. */
function isAbove(comment: TSESTree.Comment, loop: Node, sourceCode: SourceCode): boolean {
  const start = startWithAccumulators(loop, comment)
  const before = sourceCode.getTokenBefore(start)
  if (before && before.range[1] > comment.range[0] && before.loc.end.line >= comment.loc.start.line) return false
  const between = sourceCode.text.slice(comment.range[1], loop.range[0])
  return !/\n\s*\n/.test(between) && (!before || before.range[1] <= comment.range[0])
}

/** The first of the declarations of empty things below the comment and right above the loop: `const results = []`. */
function startWithAccumulators(loop: Node, comment: TSESTree.Comment): Node {
  const block = loop.parent
  if (block?.type !== 'BlockStatement' && block?.type !== 'Program') return loop
  let index = (block.body as readonly Node[]).indexOf(loop)
  for (let above = block.body[index - 1]; above && isEmptyDeclaration(above) && above.range[0] > comment.range[0]; above = block.body[index - 1]) index -= 1
  return block.body[index] ?? loop
}

function isEmptyDeclaration(statement: Node): boolean {
  return statement.type === 'VariableDeclaration' && statement.declarations.every(({ init }) => init === null || isEmpty(unwrap(init)))
}

function isEmpty(value: Node): boolean {
  if (value.type === 'ArrayExpression') return value.elements.length === 0
  if (value.type === 'ObjectExpression') return value.properties.length === 0
  return value.type === 'NewExpression' && value.arguments.length === 0
}

/** The line of the first token after a comment: what a `…-next-line` directive is about, also below other directives. */
function nextCodeLine(comment: TSESTree.Comment, sourceCode: SourceCode): number {
  return sourceCode.getTokenAfter(comment as never)?.loc.start.line ?? -1
}

/** `async function f`, `const f = async () => …`, `{ f() {} }`, `this.f = …`. */
function functionName(own: FunctionNode): string | null {
  if ('id' in own && own.id) return own.id.name
  const { parent } = own as Node
  if (parent?.type === 'VariableDeclarator') return nameOf(parent.id)
  if (parent?.type === 'AssignmentExpression') return nameOf(parent.left)
  return parent?.type === 'MethodDefinition' || parent?.type === 'Property' || parent?.type === 'PropertyDefinition' ? nameOf(parent.key) : null
}
