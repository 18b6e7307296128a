/**
 * Sets properties in the options argument of a call, and keeps what is there:
 *
 *     fetch(url)                      → fetch(url, { signal: … })
 *     fetch(url, { method: 'POST' })  → fetch(url, { method: 'POST', signal: … })
 *     axios.post(url)                 → axios.post(url, undefined, { timeout: … })
 *     got(url, options)               → got(url, { ...options, timeout: … })
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isNothing, memberName, unwrap } from '../ast/nodes.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
type Call = TSESTree.CallExpression | TSESTree.NewExpression

export interface OptionToSet {
  /** A dotted name is a nested object: `timeout.request`. */
  readonly name: string
  /** The value's source text. */
  readonly text: string
}

/** `isCallback` says that the argument at the position is a function and the options go before it. The edits, or null where the call's arguments cannot be told apart (a spread before the position). */
export function setOptions(
  call: Call,
  position: number,
  options: readonly OptionToSet[],
  sourceCode: SourceCode,
  isCallback = false,
): ((fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[]) | null {
  if (call.arguments.slice(0, position + 1).some(({ type }) => type === 'SpreadElement')) return null
  const argument = call.arguments[position]
  if (!argument) return append(call, position, textOf(options), sourceCode)
  const object = unwrap(argument)
  if (object.type === 'ObjectExpression') return insert(object, options, sourceCode)
  if (isNothing(object)) return (fixer) => [fixer.replaceText(argument, `{ ${textOf(options)} }`)]
  if (isCallback || object.type === 'ArrowFunctionExpression' || object.type === 'FunctionExpression') {
    return (fixer) => [fixer.insertTextBefore(argument, `{ ${textOf(options)} }, `)]
  }
  const inner = sourceCode.getText(argument)
  const spread = object.type === 'Identifier' || object.type === 'MemberExpression' || object.type === 'CallExpression' ? inner : `(${inner})`
  return (fixer) => [fixer.replaceText(argument, `{ ...${spread}, ${textOf(options)} }`)]
}

function append(call: Call, position: number, text: string, sourceCode: SourceCode): (fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[] {
  const missing = 'undefined, '.repeat(position - call.arguments.length)
  const closing = sourceCode.getLastToken(call)
  if (call.type === 'NewExpression' && closing?.value !== ')') {
    return (fixer) => [fixer.insertTextAfter(call, `(${missing}{ ${text} })`)]
  }
  return (fixer) => {
    const last = closing && sourceCode.getTokenBefore(closing)
    if (!closing || !last) return []
    if (last.value === ',') return [fixer.insertTextAfter(last, ` ${missing}{ ${text} },`)]
    const separator = call.arguments.length > 0 ? ', ' : ''
    return [call.arguments.length > 0 ? fixer.insertTextAfter(last, `${separator}${missing}{ ${text} }`) : fixer.insertTextBefore(closing, `${missing}{ ${text} }`)]
  }
}

function insert(
  object: TSESTree.ObjectExpression,
  options: readonly OptionToSet[],
  sourceCode: SourceCode,
): (fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[] {
  return (fixer) => {
    const fixes: TSESLint.RuleFix[] = []
    const added: OptionToSet[] = []
    const nested = new Map<TSESTree.ObjectExpression, OptionToSet[]>()
    for (const option of options) {
      const [head, ...rest] = option.name.split('.')
      const existing = object.properties.findLast((each) => each.type === 'Property' && memberName(each) === head) as
        | TSESTree.Property
        | undefined
      const value = existing && unwrap(existing.value)
      if (!existing) added.push(option)
      else if (rest.length > 0 && value?.type === 'ObjectExpression') {
        nested.set(value, [...(nested.get(value) ?? []), { name: rest.join('.'), text: option.text }])
      } else if (existing.shorthand) fixes.push(fixer.replaceText(existing, textOf([option])))
      else fixes.push(fixer.replaceText(existing.value, valueText({ name: rest.join('.'), text: option.text })))
    }
    for (const [inner, inside] of nested) fixes.push(...insert(inner, inside, sourceCode)(fixer))
    if (added.length > 0) fixes.push(...[addProperties(object, added, sourceCode, fixer)].flat())
    return fixes
  }
}

/** After the last property, on lines of its own where the object has one property per line. */
function addProperties(
  object: TSESTree.ObjectExpression,
  options: readonly OptionToSet[],
  sourceCode: SourceCode,
  fixer: TSESLint.RuleFixer,
): TSESLint.RuleFix | TSESLint.RuleFix[] {
  const last = object.properties.at(-1)
  if (!last && sourceCode.getCommentsInside(object).length > 0) return fixer.insertTextBeforeRange([object.range[1] - 1, object.range[1]], `${/\s$/.test(sourceCode.text.slice(0, object.range[1] - 1)) ? '' : ' '}${textOf(options)} `)
  if (!last) return fixer.replaceText(object, `{ ${textOf(options)} }`)
  const after = sourceCode.getTokenAfter(last)
  const hasComma = after?.value === ','
  const anchor = hasComma ? after : last
  const isMultiline = last.loc.start.line > object.loc.start.line
  if (!isMultiline) return fixer.insertTextAfter(anchor, `${hasComma ? ' ' : ', '}${textOf(options)}${hasComma ? ',' : ''}`)
  const line = sourceCode.lines[last.loc.start.line - 1] ?? ''
  const indent = /^\s*/.exec(line)?.[0] ?? ''
  const text = groups(options).map((each) => `\n${indent}${each}`).join(',')
  // A comment that ends the line speaks of the property before it.
  const comment = sourceCode.getCommentsAfter(anchor).findLast(({ loc }) => loc.start.line === anchor.loc.end.line && loc.end.line < object.loc.end.line)
  if (!comment) return fixer.insertTextAfter(anchor, `${hasComma ? '' : ','}${text}${hasComma ? ',' : ''}`)
  return [...(hasComma ? [] : [fixer.insertTextAfter(last, ',')]), fixer.insertTextAfterRange(comment.range, `${text}${hasComma ? ',' : ''}`)]
}

function textOf(options: readonly OptionToSet[]): string {
  return groups(options).join(', ')
}

/** `a.b` and `a.c` become one property `a: { b: …, c: … }`. */
function groups(options: readonly OptionToSet[]): string[] {
  const heads = new Map<string, OptionToSet[]>()
  for (const { name, text } of options) {
    const [head = name, ...rest] = name.split('.')
    heads.set(head, [...(heads.get(head) ?? []), { name: rest.join('.'), text }])
  }
  return [...heads].map(([head, inner]) =>
    inner.length === 1 && inner[0]?.name === '' ? `${head}: ${inner[0].text}` : `${head}: { ${textOf(inner)} }`,
  )
}

function valueText({ name, text }: OptionToSet): string {
  return name === '' ? text : `{ ${textOf([{ name, text }])} }`
}
