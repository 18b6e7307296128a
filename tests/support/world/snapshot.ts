/**
 * A text that is equal for values that a program cannot tell apart: holes and `undefined`, `-0` and `0`, order of keys,
 * entries of maps and sets, and what errors say all count; stacks and identities of functions do not.
 */
export function snapshot(value: unknown): string {
  return describe(value, [])
}

function describe(value: unknown, above: readonly object[]): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (Object.is(value, -0)) return '-0'
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'function') return `[function ${value.name}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const depth = above.indexOf(value)
  if (depth >= 0) return `[circular ${above.length - depth}]`
  const path = [...above, value]
  const inner = (child: unknown) => describe(child, path)
  if (value instanceof Error) {
    const more = 'errors' in value ? ` ${inner(value.errors)}` : 'cause' in value ? ` ${inner(value.cause)}` : ''
    return `[${value.name}: ${value.message}${more}]`
  }
  if (value instanceof Map) return `Map{${[...value].map(([key, item]) => `${inner(key)} => ${inner(item)}`).join(', ')}}`
  if (value instanceof Set) return `Set{${[...value].map(inner).join(', ')}}`
  if (value instanceof Promise) return '[promise]'
  if (ArrayBuffer.isView(value)) return `${value.constructor.name}[${[...(value as Uint8Array)].join(', ')}]`
  const entries = Object.entries(value)
  if (Array.isArray(value)) {
    const items = Array.from({ length: value.length }, (_, i) => (i in value ? inner(value[i]) : '<hole>'))
    const extra = entries.filter(([key]) => !/^\d+$/.test(key)).map(([key, item]) => `${key}: ${inner(item)}`)
    return `[${[...items, ...extra].join(', ')}]`
  }
  const name = Object.getPrototypeOf(value)?.constructor?.name as string | undefined
  const prefix = name === 'Object' ? '' : `${name ?? 'null'} `
  return `${prefix}{${entries.map(([key, item]) => `${JSON.stringify(key)}: ${inner(item)}`).join(', ')}}`
}
