/** Names as people write them. Only syntax: what a name refers to is `analysis/calls`. */
import { memberName, unwrap, unwrapAwait, type Node } from './nodes.ts'

/** The words of a name in camelCase, PascalCase, snake_case or CONSTANT_CASE, in lower case: `S3Client` → `s3`, `client`. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[\s_$#-]+/)
    .filter(Boolean)
    .map((word) => word.toLowerCase())
}

/** The name by which an expression goes: of a variable, a member, or of what a call calls (`getPage()` → `getPage`); null for others. */
export function nameOf(node: Node): string | null {
  const expression = unwrapAwait(node)
  switch (expression.type) {
    case 'Identifier':
    case 'PrivateIdentifier':
      return expression.name
    case 'MemberExpression':
      return memberName(expression) ?? nameOf(expression.object)
    case 'CallExpression':
    case 'NewExpression':
      return nameOf(unwrap(expression.callee))
    case 'SequenceExpression': {
      // Compiled modules call `(0, module.name)(…)`.
      const last = expression.expressions.at(-1)
      return last ? nameOf(last) : null
    }
    default:
      return null
  }
}

/** Whether the last word of a name, or its last two words together, are among `words`. A number at the end does not count: `tx2`. */
export function endsInWord(name: string | null, words: ReadonlySet<string>): boolean {
  if (name === null) return false
  const all = wordsOf(name.replace(/(?<!\d)\d+$/, ''))
  return words.has(all.at(-1) ?? '') || words.has(all.slice(-2).join(''))
}

/** Whether the first word of a name, or its first two words together (`setUp`), are among `words`. */
export function startsWithWord(name: string | null, words: ReadonlySet<string>): boolean {
  if (name === null) return false
  const [first = '', second = ''] = wordsOf(name)
  return words.has(first) || words.has(first + second)
}

/** Whether a word of a name, or two that stand together (`cleanUp`), are among `words`. */
export function hasWord(name: string | null, words: ReadonlySet<string>): boolean {
  return name !== null && wordsOf(name).some((word, i, all) => words.has(word) || words.has(word + (all[i + 1] ?? '')))
}

/** The words of every name in a piece of code. */
export function wordsIn(code: string): string[] {
  return code.split(/[^\w$]+/).flatMap(wordsOf)
}

/** The name of a parameter or member that goes unused or is private, as others would call it: `_req` → `req`. */
export function plainName(name: string): string {
  return name.replace(/^_/, '')
}

/**
 * The names on the way to a value, nearest first: `this.db.users` → `users`, `db`. A call ends the way, unless
 * `throughCalls` says that it goes on at what is called: `this.db.users.where(x)` → `where`, `users`, `db`.
 */
export function namesAlong(node: Node, { throughCalls }: { readonly throughCalls: boolean }): string[] {
  const names: string[] = []
  let current = unwrapAwait(node)
  for (;;) {
    if (current.type === 'MemberExpression') {
      names.push(memberName(current) ?? '')
      current = unwrapAwait(current.object)
    } else if (throughCalls && (current.type === 'CallExpression' || current.type === 'NewExpression')) {
      current = unwrapAwait(current.callee)
    } else {
      if (current.type === 'Identifier') names.push(current.name)
      return names
    }
  }
}
