/**
 * Functions across the files of a TypeScript program: which function a name stands for, and where a function is used.
 * Only methods of TypeScript's checker and nodes are used. Bounded: a name that occurs in more than `MAX_FILES` files is
 * not followed.
 */
import type { FunctionNode, Node } from '../../ast/nodes.ts'
import { isClass, memberName, walk } from '../../ast/nodes.ts'
import { typedServices, type CheckerLike, type DeclarationLike, type SourceFileLike, type SymbolLike, type TypeLike } from '../calls/index.ts'
import { nameNode, parsedFile, type LintedFile, type ProgramFile } from './parsed-files.ts'

export { nameNode, type LintedFile, type ProgramFile } from './parsed-files.ts'

/** A function of the program, in the form of its parsed file. */
export interface ProgramFunction {
  readonly file: ProgramFile
  readonly node: FunctionNode
}

/** A place where a function is named: the identifier, or the member access that ends with its name. */
export interface Use {
  readonly file: ProgramFile
  readonly node: Node
}

export interface Program {
  /** The linted file as the program has it, or null where its text differs (an editor ahead of the program). */
  readonly linted: ProgramFile | null
  /** The function that a name or member access stands for, followed through imports, re-exports and types. */
  functionOf(use: Use): ProgramFunction | null
  /** Every use of a function in the program, its own file included; null where there are too many to look at. */
  usesOf(target: ProgramFunction): readonly Use[] | null
}

/** Files whose text has a function's name that are parsed to find its uses. */
const MAX_FILES = 40
/** The flag of a symbol that is an import or re-export. */
const ALIAS = 2_097_152

interface TsNode extends DeclarationLike {
  readonly left?: { readonly name?: DeclarationLike['name'] }
  readonly heritageClauses?: readonly { readonly types: readonly unknown[] }[]
  forEachChild<T>(visit: (node: TsNode) => T | undefined): T | undefined
}

interface TsProgram {
  getTypeChecker(): CheckerLike & { getShorthandAssignmentValueSymbol?(node: unknown): SymbolLike | undefined }
  getSourceFile(name: string): (SourceFileLike & TsNode) | undefined
  getSourceFiles(): readonly (SourceFileLike & TsNode)[]
  isSourceFileFromExternalLibrary?(file: unknown): boolean
}

const uses = new WeakMap<FunctionNode, readonly Use[] | null>()

/** Null where the file was parsed without types, or by a parser that cannot parse others. */
export function programOf(context: LintedFile & { readonly filename: string }): Program | null {
  const services = typedServices(context.sourceCode as never)
  if (!services) return null
  const program = services.program as unknown as TsProgram
  const own = program.getSourceFile(context.filename)
  const linted = own && own.text === context.sourceCode.text ? parsedFile(own, context) : null
  return {
    linted,
    functionOf: (use) => functionOf(use, program, context),
    usesOf(target) {
      const known = uses.get(target.node)
      if (known !== undefined) return known
      const found = usesOf(target, program, context)
      uses.set(target.node, found)
      return found
    },
  }
}

function functionOf({ file, node }: Use, program: TsProgram, linted: LintedFile): ProgramFunction | null {
  const name = node.type === 'MemberExpression' ? node.property : node
  for (const declaration of declarationsAt(file, name, program)) {
    const source = program.getSourceFile(declaration.fileName)
    const declared = source && !source.isDeclarationFile ? parsedFile(source, linted) : null
    const found = declared?.functions.get(declaration.start)
    if (declared && found) return { file: declared, node: found }
  }
  return null
}

function usesOf({ file, node }: ProgramFunction, program: TsProgram, linted: LintedFile): readonly Use[] | null {
  const name = nameNode(node)
  if (name?.type !== 'Identifier') return defaultUses({ file, node }, program, linted)
  const own = new Set([key(file.fileName, name.range[0]), ...inherited(node, name.name, file, program)])
  const files = ownFiles(program)
  const names = namesOf(name.name, files)
  const candidates = files.filter(({ text }) => [...names].some((each) => text.includes(each)))
  if (candidates.length > MAX_FILES) return null
  const found: Use[] = []
  for (const candidate of candidates) {
    const parsed = parsedFile(candidate, linted)
    if (!parsed) continue
    for (const use of named(names, parsed)) {
      if (parsed === file && use === name) continue
      if (declarationsAt(parsed, use, program).some(({ fileName, start }) => own.has(key(fileName, start)))) {
        found.push({ file: parsed, node: memberOf(use) })
      }
    }
  }
  return [...found, ...(isDefaultExport(node) ? (defaultUses({ file, node }, program, linted) ?? []) : [])]
}

const key = (fileName: string, start: number): string => `${fileName}:${start}`

function ownFiles(program: TsProgram): readonly (SourceFileLike & TsNode)[] {
  return program.getSourceFiles().filter((file) => !file.isDeclarationFile && !program.isSourceFileFromExternalLibrary?.(file) && !file.fileName.includes('/node_modules/'))
}

/** A name and those that imports and exports give it: `import { a as b }`, `export { a as b }`. */
function namesOf(name: string, files: readonly SourceFileLike[]): ReadonlySet<string> {
  const names = new Set([name])
  const renamed = new RegExp(String.raw`\b${name.replaceAll('$', String.raw`\$`)}\s+as\s+([\w$]+)`, 'g')
  for (const { text } of files) {
    if (!text.includes(name)) continue
    for (const [, alias] of text.matchAll(renamed)) if (alias && alias !== 'default') names.add(alias)
  }
  return names
}

/** Every identifier of a file with one of the names, imports left out. */
function named(names: ReadonlySet<string>, { sourceCode }: ProgramFile): Node[] {
  const found: Node[] = []
  walk(sourceCode.ast as Node, sourceCode.visitorKeys, (node) => {
    if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration') return 'skip'
    if (node.type === 'Identifier' && names.has(node.name)) found.push(node)
    return undefined
  })
  return found
}

function isDefaultExport(node: FunctionNode): boolean {
  const { parent } = node
  return parent?.type === 'ExportDefaultDeclaration' || (parent?.type === 'AssignmentExpression' && parent.parent?.type === 'ExpressionStatement')
}

/** Uses of a default export: the names that other files import it under. */
function defaultUses({ file, node }: ProgramFunction, program: TsProgram, linted: LintedFile): readonly Use[] | null {
  if (node.parent?.type !== 'ExportDefaultDeclaration') return []
  const base = file.fileName.split('/').at(-1)?.replace(/\.\w+$/, '') ?? ''
  const stem = base === 'index' ? (file.fileName.split('/').at(-2) ?? base) : base
  const candidates = ownFiles(program).filter((each) => each.fileName !== file.fileName && each.text.includes(stem))
  if (candidates.length > MAX_FILES) return null
  return candidates.flatMap((candidate) => {
    const parsed = parsedFile(candidate, linted)
    if (!parsed) return []
    return parsed.sourceCode.ast.body.flatMap((statement) => {
      if (statement.type !== 'ImportDeclaration') return []
      const local = statement.specifiers.find(({ type }) => type === 'ImportDefaultSpecifier')?.local
      if (!local) return []
      const isOurs = declarationsAt(parsed, local, program).some(({ fileName, end }) => fileName === file.fileName && end >= node.range[1])
      return isOurs ? named(new Set([local.name]), parsed).map((use): Use => ({ file: parsed, node: memberOf(use) })) : []
    })
  })
}

function memberOf(identifier: Node): Node {
  const { parent } = identifier
  return parent?.type === 'MemberExpression' && parent.property === identifier && !parent.computed ? parent : identifier
}

interface Place {
  readonly fileName: string
  /** Where the declared name starts. */
  readonly start: number
  readonly end: number
}

/** Where what an identifier of a file stands for is declared. */
function declarationsAt({ fileName }: ProgramFile, identifier: Node, program: TsProgram): Place[] {
  const source = program.getSourceFile(fileName)
  const node = source && nodeAt(source, identifier.range[0])
  if (!node) return []
  const checker = program.getTypeChecker()
  let symbol = checker.getSymbolAtLocation(node)
  if (identifier.parent?.type === 'Property' && identifier.parent.shorthand) {
    symbol = checker.getShorthandAssignmentValueSymbol?.(node.parent) ?? symbol
  }
  if (symbol && symbol.flags & ALIAS) symbol = checker.getAliasedSymbol(symbol)
  return (symbol?.declarations ?? []).map(placeOf)
}

function placeOf(declaration: DeclarationLike): Place {
  const { name, left } = declaration as TsNode
  const named = (name ?? left?.name) as DeclarationLike | undefined
  return {
    fileName: declaration.getSourceFile().fileName,
    start: named?.getStart?.() ?? declaration.getStart?.() ?? declaration.pos,
    end: declaration.end,
  }
}

/** The innermost node that starts at a position. */
function nodeAt(root: TsNode, position: number): TsNode | null {
  let found: TsNode | null = null
  const visit = (node: TsNode): true | undefined => {
    if (position < node.pos || position >= node.end) return undefined
    if (node.getStart?.() === position) found = node
    node.forEachChild(visit)
    return true
  }
  root.forEachChild(visit)
  return found
}

/** The members of interfaces and base classes that a method stands in for: a call to one of them may run the method. */
function inherited(node: FunctionNode, name: string, { fileName }: ProgramFile, program: TsProgram): string[] {
  const owner = node.parent?.type === 'MethodDefinition' ? node.parent.parent?.parent : null
  if (!isClass(owner) || memberName(node.parent as never) !== name) return []
  const heritage = [...(owner.superClass ? [owner.superClass] : []), ...(owner.implements ?? []).map(({ expression }) => expression)]
  const source = program.getSourceFile(fileName)
  const checker = program.getTypeChecker()
  return heritage.flatMap((each) => {
    const tsNode = source && nodeAt(source, each.range[0])
    if (!tsNode) return []
    let symbol = checker.getSymbolAtLocation(tsNode)
    if (symbol && symbol.flags & ALIAS) symbol = checker.getAliasedSymbol(symbol)
    const declared = symbol && (checker as CheckerLike & { getDeclaredTypeOfSymbol(symbol: SymbolLike): TypeLike }).getDeclaredTypeOfSymbol(symbol)
    const member = declared && checker.getPropertyOfType(declared, name)
    return (member?.declarations ?? []).map(placeOf).map((place) => key(place.fileName, place.start))
  })
}
