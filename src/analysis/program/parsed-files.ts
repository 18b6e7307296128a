/**
 * Files of the TypeScript program in the form in which ESLint hands over the linted one, so that every analysis works on
 * them too. Their text is the program's, their parser the linted file's own. TypeScript itself is not loaded.
 */
import type { TSESLint } from '@typescript-eslint/utils'
import { isFunction, type FunctionNode, type Node } from '../../ast/nodes.ts'
import type { SourceFileLike } from '../calls/index.ts'

type SourceCode = TSESLint.SourceCode

export interface ProgramFile {
  readonly fileName: string
  readonly sourceCode: Readonly<SourceCode>
  /** Functions by the position of the name they go by, see `nameNode`. */
  readonly functions: ReadonlyMap<number, FunctionNode>
}

/** What is needed of a rule's context to parse further files like the linted one. */
export interface LintedFile {
  readonly sourceCode: Readonly<SourceCode>
  readonly languageOptions?: Readonly<Record<string, unknown>> | undefined
}

interface Parser {
  parseForESLint?(text: string, options: object): { ast: unknown; scopeManager?: unknown; visitorKeys?: unknown }
}

/** TypeScript keeps the object of a file that did not change from one program to the next. */
const cache = new WeakMap<SourceFileLike, ProgramFile | null>()

/** A file of the program, parsed once; null where the parser refuses it. */
export function parsedFile(file: SourceFileLike, { sourceCode, languageOptions }: LintedFile): ProgramFile | null {
  const known = cache.get(file)
  if (known !== undefined) return known
  const parsed = parse(file, sourceCode, languageOptions)
  cache.set(file, parsed)
  return parsed
}

function parse(file: SourceFileLike, linted: Readonly<SourceCode>, languageOptions: LintedFile['languageOptions']): ProgramFile | null {
  const parser = languageOptions?.['parser'] as Parser | undefined
  if (!parser?.parseForESLint) return null
  try {
    const { ast, scopeManager, visitorKeys } = parser.parseForESLint(file.text, optionsFor(file.fileName, languageOptions))
    if (!scopeManager) return null
    const Constructor = linted.constructor as new (config: object) => SourceCode
    const sourceCode = new Constructor({
      text: file.text,
      ast,
      scopeManager,
      visitorKeys: visitorKeys ?? linted.visitorKeys,
      parserServices: {},
      hasBOM: false,
    })
    return { fileName: file.fileName, sourceCode, functions: connect(sourceCode) }
  } catch {
    return null // a file that does not parse as it stands says nothing
  }
}

function optionsFor(fileName: string, languageOptions: LintedFile['languageOptions']): object {
  const {
    project: _project,
    projectService: _service,
    program: _program,
    programs: _programs,
    EXPERIMENTAL_useProjectService: _old,
    ...own
  } = (languageOptions?.['parserOptions'] ?? {}) as Record<string, unknown>
  return {
    ...own,
    ecmaVersion: 'latest',
    sourceType: languageOptions?.['sourceType'] ?? 'module',
    ecmaFeatures: { jsx: (/\.[jt]sx$/.test(fileName) || /\.[cm]?js$/.test(fileName)) },
    filePath: fileName,
    range: true,
    loc: true,
    tokens: true,
    comment: true,
  }
}

/** Sets the parents, which ESLint does while it lints, and collects the functions. */
function connect({ ast, visitorKeys }: SourceCode): Map<number, FunctionNode> {
  const functions = new Map<number, FunctionNode>()
  const visit = (node: Node): void => {
    const record = node as unknown as Record<string, unknown>
    for (const key of visitorKeys[node.type] ?? []) {
      for (const child of [record[key]].flat() as (Node | null)[]) {
        if (!child || typeof child.type !== 'string') continue
        ;(child as { parent: Node }).parent = node
        visit(child)
      }
    }
    const name = isFunction(node) ? nameNode(node) : null
    if (name) functions.set(name.range[0], node as FunctionNode)
  }
  visit(ast as Node)
  return functions
}

/** Where a function's name stands: its own, its variable's, its property's, its method's, or that of `exports.name = …`. */
export function nameNode(node: FunctionNode): Node | null {
  if (node.id) return node.id
  let value: Node = node
  while (/^TS(?:Satisfies|As|NonNull)Expression$|^TSTypeAssertion$/.test(value.parent?.type ?? '')) value = value.parent as Node
  const { parent } = value
  switch (parent?.type) {
    case 'VariableDeclarator':
      return parent.init === value ? parent.id : null
    case 'Property':
    case 'PropertyDefinition':
      return parent.value === value ? parent.key : null
    case 'MethodDefinition':
      return parent.kind === 'method' ? parent.key : null
    case 'AssignmentExpression':
      if (parent.right !== value) return null
      return parent.left.type === 'MemberExpression' ? parent.left.property : parent.left.type === 'Identifier' ? parent.left : null
    default:
      return null
  }
}
