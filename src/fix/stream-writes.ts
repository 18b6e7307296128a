/**
 * Rewrites of writes and pipes:
 *
 *     for await (const chunk of source) res.write(chunk)   →  await pipeline(source, res, { end: false })
 *     for await (const x of source) file.write(f(x))       →  if (!file.write(f(x))) await once(file, 'drain')
 *     createReadStream(path).pipe(res)                     →  pipeline(createReadStream(path), res, (error) => { … })
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction, isFunction, memberName, type Node } from '../ast/nodes.ts'
import { apiPath, callsOf } from '../analysis/calls/index.ts'
import type { IgnoredWrite, UnheardPipe } from '../analysis/streams/index.ts'
import { isEditable } from './editable.ts'
import { importName } from './import-name.ts'
import { indentOf, stepOf } from './loop/text.ts'
import type { Rewrite } from './offer.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** One suggestion, where the write stands in a loop of an asynchronous function. */
export function drainRewrites(write: IgnoredWrite, sourceCode: SourceCode): Rewrite<'waitForDrain' | 'usePipeline'>[] {
  const { loop, call, receiver, method } = write
  if (!loop || method !== 'write' || !isEditable(sourceCode) || receiver.type !== 'Identifier') return []
  const stream = sourceCode.getText(receiver)
  const copied = copiedSource(loop, call)
  if (copied && sourceCode.getCommentsInside(loop).length === 0) {
    const pipeline = importName(sourceCode, 'node:stream/promises', 'pipeline')
    return [
      {
        class: 'suggestion',
        messageId: 'usePipeline',
        data: { change: ': it rejects when the stream closes early, where the loop writes on' },
        edit: (fixer) => [
          ...pipeline.edit(fixer),
          fixer.replaceText(loop, `await ${pipeline.local}(${sourceCode.getText(copied)}, ${stream}, { end: false })${sourceCode.getLastToken(loop)?.value === ';' || sourceCode.getLastToken(call.parent)?.value === ';' ? ';' : ''}`),
        ],
      },
    ]
  }
  // A peer that goes away closes without `drain` and without an error: only a file is sure to give one of the two.
  const path = apiPath(callsOf(sourceCode).originOf(receiver))
  if (path?.module !== 'node:fs' || enclosingFunction(call) !== enclosingFunction(loop) || takesElse(call.parent)) return []
  const once = importName(sourceCode, 'node:events', 'once')
  return [
    {
      class: 'suggestion',
      messageId: 'waitForDrain',
      data: { stream },
      edit: (fixer) => [
        ...once.edit(fixer),
        fixer.insertTextBefore(call, 'if (!'),
        fixer.insertTextAfter(call, `) await ${once.local}(${stream}, 'drain')`),
      ],
    },
  ]
}

/** Whether an `else` follows a statement without braces, which a new `if` there would take for its own. */
function takesElse(statement: Node): boolean {
  for (let node = statement; node.parent && node.type !== 'BlockStatement' && !isFunction(node); node = node.parent) {
    if (node.parent.type === 'IfStatement' && node.parent.consequent === node && node.parent.alternate) return true
  }
  return false
}

/** The source of a `for await` that does nothing but write each piece as it is. */
function copiedSource(loop: Node, call: TSESTree.CallExpression): Node | null {
  if (loop.type !== 'ForOfStatement' || loop.left.type !== 'VariableDeclaration') return null
  const id = loop.left.declarations[0]?.id
  const [piece] = call.arguments
  if (id?.type !== 'Identifier' || piece?.type !== 'Identifier' || piece.name !== id.name || call.arguments.length > 1) return null
  const statement = loop.body.type === 'BlockStatement' && loop.body.body.length === 1 ? loop.body.body[0] : loop.body
  return statement === call.parent ? loop.right : null
}

/** One suggestion, where the chain of pipes is a statement of its own. */
export function pipelineRewrites({ call, stream }: UnheardPipe, sourceCode: SourceCode): Rewrite<'usePipeline'>[] {
  if (!isEditable(sourceCode)) return []
  const streams: Node[] = [stream]
  let end: TSESTree.CallExpression = call
  for (;;) {
    const target = end.arguments[0]
    if (!target || end.arguments.length > 1 || target.type === 'SpreadElement') return []
    streams.push(target)
    const outer = end.parent
    if (outer.type !== 'MemberExpression' || memberName(outer) !== 'pipe' || outer.parent.type !== 'CallExpression') break
    end = outer.parent
  }
  if (end.parent.type !== 'ExpressionStatement') return []
  const owner = enclosingFunction(call)
  const texts = streams.map((each) => sourceCode.getText(each)).join(', ')
  const margin = indentOf(sourceCode, end)
  const module = owner?.async ? 'node:stream/promises' : 'node:stream'
  const pipeline = importName(sourceCode, module, 'pipeline')
  const text = owner?.async
    ? `await ${pipeline.local}(${texts})`
    : `${pipeline.local}(${texts}, (error) => {\n${margin}${stepOf(sourceCode, end.parent.parent)}if (error) console.error(error)\n${margin}})`
  const change = owner?.async ? ' and wait for it: a failure rejects here' : ', which destroys every stream when one fails; the failure is logged'
  return [{ class: 'suggestion', messageId: 'usePipeline', data: { change }, edit: (fixer) => [...pipeline.edit(fixer), fixer.replaceText(end, text)] }]
}
