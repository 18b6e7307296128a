/** What TypeScript knows at a place and would forget inside a function. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { typedServices, type SymbolLike, type TypedServices } from '../../analysis/calls/index.ts'
import { enclosingFunction, isInside, unwrap, walk, type Node } from '../../ast/nodes.ts'
import { declaredIn, laterWrites, referencesIn, type Variable } from './names.ts'
import type { Task } from './task.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** Whether the file was read by TypeScript's parser. */
export function isTypeScript(sourceCode: SourceCode): boolean {
  return 'esTreeNodeToTSNodeMap' in ((sourceCode.parserServices as object | undefined) ?? {})
}

/**
 * Whether the moved code uses something from outside that a check before it has narrowed: a variable that is written
 * again, or a property. Inside a function TypeScript goes back to the declared type. With types the two are compared;
 * without, a check of the same name or path in the surrounding function is enough to say yes.
 */
export function losesNarrowing({ loop, body, sourceCode }: Pick<Task, 'loop' | 'body' | 'sourceCode'>): boolean {
  if (!isTypeScript(sourceCode)) return false
  const suspects = [...narrowableNames(sourceCode, loop, body), ...narrowablePaths(sourceCode, loop, body)]
  if (suspects.length === 0) return false
  const services = typedServices(sourceCode)
  if (services) return suspects.some((node) => isNarrowed(services, node))
  const checked = checkedTexts(sourceCode, loop)
  return suspects.some((node) => checked.has(sourceCode.getText(node)))
}

/** Names of variables from outside that are written more than once. */
function narrowableNames(sourceCode: SourceCode, loop: Node, body: Node): Node[] {
  return referencesIn(sourceCode, [body])
    .filter(({ resolved }) => resolved !== null && isOutside(resolved, loop) && isRewritten(resolved))
    .map(({ identifier }) => identifier as Node)
}

function isOutside(variable: Variable, loop: Node): boolean {
  return variable.defs.length > 0 && variable.defs.every(({ name }) => !isInside(name as Node, loop))
}

function isRewritten(variable: Variable): boolean {
  const [definition] = variable.defs
  const declarator = definition?.node as Node | undefined
  if (declarator?.type === 'VariableDeclarator' && declarator.parent.kind !== 'const') return true
  return laterWrites(variable).length > 0
}

/** `this.client`, `options.limit`: paths that start outside the loop. */
function narrowablePaths(sourceCode: SourceCode, loop: Node, body: Node): Node[] {
  const inside = new Set(declaredIn(sourceCode, [loop]).map(({ name }) => name))
  const found: Node[] = []
  walk(body, sourceCode.visitorKeys, (node) => {
    if (node.type !== 'MemberExpression') return
    let root: Node = node
    while (root.type === 'MemberExpression') root = unwrap(root.object)
    const isForeign = root.type === 'ThisExpression' || (root.type === 'Identifier' && !inside.has(root.name))
    const isCallee = node.parent.type === 'CallExpression' && node.parent.callee === node
    if (isForeign && !isCallee) found.push(node)
  })
  return found
}

interface Checker {
  getTypeAtLocation(node: unknown): object
  getTypeOfSymbol?(symbol: SymbolLike): object
  getSymbolAtLocation(node: unknown): SymbolLike | undefined
}

function isNarrowed(services: TypedServices, node: Node): boolean {
  const checker = services.program.getTypeChecker() as Checker
  const name = node.type === 'MemberExpression' ? node.property : node
  const symbol = checker.getSymbolAtLocation(services.esTreeNodeToTSNodeMap.get(name))
  if (!symbol || !checker.getTypeOfSymbol) return false
  return checker.getTypeOfSymbol(symbol) !== checker.getTypeAtLocation(services.esTreeNodeToTSNodeMap.get(node))
}

/** Texts of names and paths that conditions and assignments of the surrounding function mention before the loop ends. */
function checkedTexts(sourceCode: SourceCode, loop: Node): Set<string> {
  const home: Node = enclosingFunction(loop) ?? sourceCode.ast
  const texts = new Set<string>()
  const add = (node: Node | null | undefined) => {
    if (!node) return
    walk(node, sourceCode.visitorKeys, (child) => {
      if (child.type === 'Identifier' || child.type === 'MemberExpression') texts.add(sourceCode.getText(child))
    })
  }
  walk(home, sourceCode.visitorKeys, (node) => {
    if (node.range[0] >= loop.range[0] && node !== loop) return 'skip'
    switch (node.type) {
      case 'IfStatement':
      case 'ConditionalExpression':
      case 'WhileStatement':
        add(node.test)
        break
      case 'LogicalExpression':
        add(node.left)
        break
      case 'SwitchStatement':
        add(node.discriminant)
        break
      case 'AssignmentExpression':
        add(node.left)
        break
      case 'VariableDeclarator':
        // `let x: T | undefined = f()` is narrowed by its first value as well.
        if (node.id.type === 'Identifier' && node.id.typeAnnotation && node.init && isUnion(node.id)) add(node.id)
        break
      default:
    }
    return
  })
  return texts
}

function isUnion({ typeAnnotation }: TSESTree.Identifier): boolean {
  return typeAnnotation?.typeAnnotation.type === 'TSUnionType'
}
