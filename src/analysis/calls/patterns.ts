/** Names in destructuring patterns, and what of the whole they take. */
import { memberName, type Node } from '../../ast/nodes.ts'

/** The keys from a pattern's whole to a name in it: `{ a: { b } }` → `['a', 'b']`; null for rest elements and arrays. */
export function patternPath(name: Node): (string | null)[] | null {
  const keys: (string | null)[] = []
  let current: Node = name
  for (let parent = current.parent; parent; current = parent, parent = parent.parent) {
    if (parent.type === 'AssignmentPattern' && parent.left === current) continue
    if (parent.type === 'Property' && parent.value === current) {
      keys.unshift(memberName(parent))
      continue
    }
    if (parent.type === 'ObjectPattern') continue
    if (parent.type === 'ArrayPattern' || parent.type === 'RestElement') return null
    break
  }
  return keys
}

/** The outermost pattern (or the name itself) that a declared name belongs to. */
export function patternRoot(name: Node): Node | null {
  let current = name
  while (
    current.parent &&
    (current.parent.type === 'ObjectPattern' ||
      (current.parent.type === 'AssignmentPattern' && current.parent.left === current) ||
      (current.parent.type === 'Property' && current.parent.value === current))
  ) {
    current = current.parent
  }
  return current.type === 'AssignmentPattern' ? current.left : current
}
