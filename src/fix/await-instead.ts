/**
 * A blocking call becomes an awaited one:
 *
 *     const page = fs.readFileSync(path, 'utf8')   →   const page = await readFile(path, 'utf8')
 *     bcrypt.hashSync(password, 10).slice(7)       →   (await bcrypt.hash(password, 10)).slice(7)
 *     zlib.gzipSync(data)                          →   await promisify(zlib.gzip)(data)
 *
 * Only where the function around it is asynchronous already, or can become so with every call of it.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nodeModules } from '../knowledge/node-modules.ts'
import { invokingMethods } from '../knowledge/built-in-methods.ts'
import { endsInWord, nameOf } from '../ast/names.ts'
import { descriptorFunctions, descriptorWords, overloadedFunctions, processInputOptions } from '../knowledge/blocking.ts'
import { enclosingFunction, memberName, stringValue, type FunctionNode, type Node } from '../ast/nodes.ts'
import type { BlockingFact } from '../analysis/blocking/index.ts'
import { callsOf } from '../analysis/calls/index.ts'
import { isEditable } from './editable.ts'
import { importName, importNameFor } from './import-name.ts'
import { outgoingName } from './outgoing-name.ts'
import { becomeAsync, mayAwaitAt, type Edit } from './become-async.ts'
import { mayInterleave } from './interleaving.ts'
import { needsParentheses } from './parenthesised.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export interface AwaitInstead {
  /**
   * - `same`: the function is asynchronous; nothing but the waiting changes.
   * - `interleaves`: other code may run at the new `await` and see, or change, what the function is in the middle of.
   * - `asynchronous`: functions become asynchronous, which their callers may observe.
   */
  readonly change: 'same' | 'interleaves' | 'asynchronous'
  readonly edit: (fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[]
}

/** `isHandler` says whether a function's caller takes a promise for an answer, so that it may become asynchronous. */
export function awaitInstead(
  call: TSESTree.CallExpression,
  fact: BlockingFact,
  { sourceCode, filename }: { readonly sourceCode: SourceCode; readonly filename: string },
  isHandler: (node: FunctionNode) => boolean,
): AwaitInstead | null {
  const owner = enclosingFunction(call)
  if (!owner || !isEditable(sourceCode) || !mayAwaitAt(call, owner, sourceCode) || !takesSameArguments(call, fact, sourceCode, /\.[cm]?tsx?$/.test(filename))) return null
  const replaced = replacedCall(call, fact, sourceCode)
  if (!replaced) return null
  const isAsync = owner.async
  const turned = isAsync ? [] : becomeAsync(owner, sourceCode, isHandler)
  if (!turned) return null
  const own: Edit = { node: call, edit: replaced }
  return {
    change: !isAsync ? 'asynchronous' : fact.writes || mayInterleave(call, owner, sourceCode) ? 'interleaves' : 'same',
    edit: (fixer) => [own, ...turned].flatMap(({ edit }) => edit(fixer)),
  }
}

function takesSameArguments(call: TSESTree.CallExpression, fact: BlockingFact, sourceCode: SourceCode, isTyped: boolean): boolean {
  const name = lastMember(fact, call, sourceCode)
  const [first, ...others] = call.arguments
  if (call.arguments.some(({ type }) => type === 'SpreadElement')) return false
  if (isTyped && overloadedFunctions.has(name)) return false
  // `readFileSync(fd)`: the promise form takes a `FileHandle`, not a number.
  if (descriptorFunctions.has(name) && (!first || isDescriptor(first))) return false
  // `statSync(path, { throwIfNoEntry: false })` gives `undefined`; the promise form knows no such option.
  return !/^l?statSync$/.test(name) || others.every((argument) => argument.type === 'ObjectExpression' && !sourceCode.getText(argument).includes('throwIfNoEntry'))
}

function isDescriptor(argument: Node): boolean {
  if (argument.type === 'Literal') return typeof argument.value !== 'string'
  return endsInWord(nameOf(argument), descriptorWords)
}

function lastMember(fact: BlockingFact, call: TSESTree.CallExpression, sourceCode: SourceCode): string {
  const { steps } = callsOf(sourceCode).calleeOf(call)
  const last = steps.at(-1)
  return last?.kind === 'member' ? (last.name ?? '') : [fact.member].flat()[0] ?? ''
}

/** The edits that turn `x.fSync(…)` into `await x.f(…)`, or null where the callee is not written in a form that can be replaced. */
function replacedCall(call: TSESTree.CallExpression, fact: BlockingFact, sourceCode: SourceCode): Edit['edit'] | null {
  const callee = replacedCallee(call.callee, fact, call, sourceCode)
  if (!callee) return null
  const suffix = callee.suffix(call, sourceCode)
  if (suffix === null) return null
  const wrapped = suffix !== '' || needsParentheses(call)
  return (fixer) => [
    ...callee.imports.flatMap((edit) => edit(fixer)),
    fixer.insertTextBefore(call, wrapped ? '(await ' : 'await '),
    fixer.replaceText(call.callee, callee.text),
    ...(wrapped ? [fixer.insertTextAfter(call, `)${suffix}`)] : []),
  ]
}

interface Callee {
  readonly text: string
  readonly imports: readonly ((fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[])[]
  /** What follows the awaited call: `.stdout`. Null where the call cannot be rewritten. */
  readonly suffix: (call: TSESTree.CallExpression, sourceCode: SourceCode) => string | null
}

const nothing = (): string => ''

function replacedCallee(callee: Node, fact: BlockingFact, call: TSESTree.CallExpression, sourceCode: SourceCode): Callee | null {
  const { replacement } = fact
  if (replacement.kind === 'advice' || isIndirect(callee)) return null
  const written = memberOrName(callee, sourceCode)
  if (!written || !/Sync$/.test(written.name)) {
    // An alias (`import { readFileSync as read }`) has no sibling by name, but may have a promise form.
    if (replacement.kind !== 'promise') return null
  }
  if (replacement.kind === 'promise') {
    const { root } = callsOf(sourceCode).calleeOf(call)
    const plain = root.kind === 'module' && isSpelledPlain('fs', sourceCode)
    const name = importNameFor(sourceCode, plain ? replacement.module.replace('node:', '') : replacement.module, replacement.member, outgoingName(callee, sourceCode))
    return { text: name.local, imports: [name.edit], suffix: nothing }
  }
  if (!written) return null
  const sibling = siblingOf(written, replacement.member, call, sourceCode)
  if (!sibling) return null
  if (replacement.kind === 'sibling') return { ...sibling, suffix: nothing }
  const plain = !sourceCode.ast.body.some((node) => node.type === 'ImportDeclaration' && node.source.value.startsWith('node:')) && isSpelledPlain('util', sourceCode)
  const promisify = importName(sourceCode, plain ? 'util' : 'node:util', 'promisify')
  return {
    text: `${promisify.local}(${sibling.text})`,
    imports: [...sibling.imports, promisify.edit],
    suffix: replacement.kind === 'output' ? outputSuffix : nothing,
  }
}

/** `readFileSync.call(fs, path)` has other arguments than the call it makes. */
function isIndirect(callee: Node): boolean {
  return callee.type === 'MemberExpression' && invokingMethods.has(memberName(callee) ?? '')
}

function memberOrName(callee: Node, sourceCode: SourceCode): { object: string | null; name: string } | null {
  if (callee.type === 'Identifier') return { object: null, name: callee.name }
  if (callee.type !== 'MemberExpression' || callee.optional || callee.computed) return null
  const name = memberName(callee)
  return name === null ? null : { object: sourceCode.getText(callee.object), name }
}

/** `bcrypt.hash` for `bcrypt.hashSync`; for a name that was imported alone, an import of the sibling. */
function siblingOf(written: { object: string | null; name: string }, member: string, call: TSESTree.CallExpression, sourceCode: SourceCode): Pick<Callee, 'text' | 'imports'> | null {
  if (written.object !== null) return { text: `${written.object}.${member}`, imports: [] }
  const { root } = callsOf(sourceCode).calleeOf(call)
  if (root.kind !== 'module') return null
  const specifier = spelledSpecifier(root.name, sourceCode)
  if (specifier === null) return null
  const name = importNameFor(sourceCode, specifier, member, outgoingName(call.callee, sourceCode))
  return { text: name.local, imports: [name.edit] }
}

/** A module's specifier as the file spells it, with or without `node:`. */
function spelledSpecifier(module: string, sourceCode: SourceCode): string | null {
  const bare = module.replace('node:', '')
  const spelled = specifiers(sourceCode)
  return spelled.has(module) ? module : spelled.has(bare) ? bare : null
}

function isSpelledPlain(module: string, sourceCode: SourceCode): boolean {
  const spelled = specifiers(sourceCode)
  if (spelled.has(module)) return true
  if (spelled.has(`node:${module}`)) return false
  return ![...spelled].some((each) => each.startsWith('node:')) && spelled.size > 0 && module === 'util' && [...spelled].some((each) => nodeModules.has(each))
}

function specifiers({ ast }: SourceCode): Set<string> {
  const found = new Set<string>()
  for (const node of ast.body) {
    if (node.type === 'ImportDeclaration') found.add(node.source.value)
    if (node.type !== 'VariableDeclaration') continue
    for (const { init } of node.declarations) {
      let call: Node | null | undefined = init
      while (call?.type === 'MemberExpression') call = call.object
      if (call?.type === 'CallExpression' && call.callee.type === 'Identifier' && call.callee.name === 'require') found.add(stringValue(call.arguments[0]) ?? '')
    }
  }
  return found
}

/**
 * `exec` gives `{ stdout, stderr }` of strings, `execSync` a `Buffer` of the standard output: the same where the result is
 * dropped, decoded by `encoding`, or turned into a string at once.
 */
function outputSuffix(call: TSESTree.CallExpression, sourceCode: SourceCode): string | null {
  const options = call.arguments.find(({ type }) => type === 'ObjectExpression')
  if (call.arguments.length > (options ? 2 : 1) && call.arguments.at(-1)?.type !== 'ObjectExpression' && call.arguments[1]?.type !== 'ArrayExpression') return null
  const text = options ? sourceCode.getText(options) : ''
  if (processInputOptions.test(text)) return null
  if (call.parent.type === 'ExpressionStatement') return ''
  const { parent } = call
  const decoded = /\bencoding:\s*['"]utf-?8['"]/.test(text)
  const turned = parent.type === 'MemberExpression' && parent.object === call && memberName(parent) === 'toString'
  return decoded || turned ? '.stdout' : null
}
