/**
 * A name imported from a module, for use in a rewrite:
 *
 *     import { mapBounded } from 'eslint-plugin-bounded/runtime'
 *
 * An import that is there is used or extended; CommonJS files get a `require`; a name that the file uses for something
 * else is imported under another.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { stringValue, type Node } from '../ast/nodes.ts'
import { freeName } from './free-name.ts'
import { takeOut, type OutgoingName } from './outgoing-name.ts'
import { perFile } from './per-file.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export interface ImportedName {
  /** The name under which the file has it, or will have it after the edit. */
  readonly local: string
  /** The edits that bring it in; none where it is there. */
  readonly edit: (fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[]
}

/** The same where another name goes out of use with the rewrite: its binding makes room for the new one. */
export function importNameFor(sourceCode: SourceCode, module: string, imported: string, outgoing: OutgoingName | null): ImportedName {
  if (!outgoing) return importName(sourceCode, module, imported)
  const name = findOrImport(sourceCode, module, imported, imported, outgoing)
  return name.isInPlace ? name : { local: name.local, edit: (fixer) => [...name.edit(fixer), takeOut(outgoing, sourceCode, fixer)] }
}

/** `imported: 'default'` stands for the module's default export, bound to `local`. */
export function importName(sourceCode: SourceCode, module: string, imported: string, local = imported): ImportedName {
  const known = importedNames(sourceCode)
  const key = `${module} ${imported} ${local}`
  const name = known.get(key) ?? findOrImport(sourceCode, module, imported, local)
  known.set(key, name)
  return name
}

const importedNames = perFile(() => new Map<string, ImportedName>())

/** `isInPlace`: the new name stands where the outgoing one stood. */
type Found = ImportedName & { readonly isInPlace?: true }

function findOrImport(sourceCode: SourceCode, module: string, imported: string, local: string, outgoing: OutgoingName | null = null): Found {
  const { body } = sourceCode.ast
  const imports = body.filter((node) => node.type === 'ImportDeclaration')
  const existing = imports
    .filter((node) => node.source.value === module && node.importKind !== 'type')
    .flatMap((node) => node.specifiers)
    .find((specifier) => importedName(specifier) === imported && !isTypeOnly(specifier))
  if (existing) return { local: existing.local.name, edit: () => [] }

  const required = requiredName(body, module, imported)
  if (required) return { local: required, edit: () => [] }

  const name = freeName(sourceCode, local)
  const specifier = name === imported ? name : `${imported} as ${name}`
  const extendable = imports.find(
    (node) =>
      node.source.value === module &&
      node.importKind !== 'type' &&
      node.specifiers.some(({ type }) => type === 'ImportSpecifier'),
  )
  if (outgoing && extendable && extendable === outgoing.statement) {
    return { local: name, isInPlace: true, edit: (fixer) => [fixer.replaceText(outgoing.binding, specifier)] }
  }
  if (extendable && imported !== 'default') {
    const last = extendable.specifiers.at(-1) as TSESTree.ImportClause
    return { local: name, edit: (fixer) => [fixer.insertTextAfter(last, `, ${specifier}`)] }
  }
  const pattern = imported === 'default' ? null : extendableRequire(body, module)
  if (pattern) {
    const last = pattern.properties.at(-1) as TSESTree.Property
    return { local: name, edit: (fixer) => [fixer.insertTextAfter(last, `, ${name === imported ? name : `${imported}: ${name}`}`)] }
  }
  const text = isCommonJs(sourceCode)
    ? imported === 'default'
      ? `const ${name} = require(${quote(sourceCode, module)})`
      : `const { ${name === imported ? name : `${imported}: ${name}`} } = require(${quote(sourceCode, module)})`
    : imported === 'default'
      ? `import ${name} from ${quote(sourceCode, module)}`
      : `import { ${specifier} } from ${quote(sourceCode, module)}`
  if (outgoing?.isAlone) {
    const end = sourceCode.getLastToken(outgoing.statement)?.value === ';' ? ';' : ''
    return { local: name, isInPlace: true, edit: (fixer) => [fixer.replaceText(outgoing.statement, `${text}${end}`)] }
  }
  return { local: name, edit: (fixer) => [insertStatement(sourceCode, fixer, text)] }
}

/** Whether the file is CommonJS: it is parsed as such, or it has no `import`/`export` and uses `require` or `module.exports`. */
export const isCommonJs = perFile((sourceCode) => {
  const { body, sourceType } = sourceCode.ast
  if ((sourceType as string) === 'commonjs' || sourceCode.scopeManager?.isGlobalReturn?.()) return true
  if (body.some(({ type }) => /^(?:Import|Export)|^TSExport|^TSImportEquals/.test(type))) return false
  return body.some(
    (node) =>
      requireCall(node) !== null ||
      /^(?:module\.)?exports\b/.test(sourceCode.text.slice(node.range[0], Math.min(node.range[1], node.range[0] + 20))),
  )
})

function insertStatement(sourceCode: SourceCode, fixer: TSESLint.RuleFixer, statement: string): TSESLint.RuleFix {
  const text = usesSemicolons(sourceCode) ? `${statement};` : statement
  const { after, at } = insertionPoint(sourceCode)
  return after ? fixer.insertTextAfterRange([at, at], `\n${text}`) : fixer.insertTextBeforeRange([at, at], `${text}\n`)
}

/** Where a new import goes, after a line or before one. */
const insertionPoint = perFile((sourceCode): { readonly after: boolean; readonly at: number } => {
  const { body } = sourceCode.ast
  const isHead = (node: Node) => node.type === 'ImportDeclaration' || node.type === 'TSImportEqualsDeclaration'
  const lastImport = body.findLast(isHead) ?? (isCommonJs(sourceCode) ? leadingRequires(body).at(-1) : undefined)
  if (lastImport) return { after: true, at: endOfLine(lastImport, sourceCode) }
  const lastDirective = body.filter((node) => 'directive' in node && node.directive).at(-1)
  if (lastDirective) return { after: true, at: endOfLine(lastDirective, sourceCode) }
  const first = body[0]
  if (!first) return { after: false, at: 0 }
  // Comments above the first statement (a licence, `// @ts-check`, the statement's own) stay where they are.
  const decorated = first.type === 'ExportNamedDeclaration' || first.type === 'ExportDefaultDeclaration' ? first : null
  const declared = decorated?.declaration as { decorators?: Node[] } | null | undefined
  return { after: false, at: Math.min(first.range[0], ...(declared?.decorators ?? []).map(({ range }) => range[0])) }
})

/** Behind a statement and the comments that end its line, which may say something of it to a tool: `// eslint-disable-line`. */
function endOfLine(statement: Node, sourceCode: SourceCode): number {
  const next = sourceCode.getTokenAfter(statement)
  const comments = sourceCode.getCommentsAfter(statement).filter(({ loc }) => loc.start.line === statement.loc.end.line)
  const last = comments.at(-1)
  return last && next?.loc.start.line !== last.loc.end.line ? last.range[1] : statement.range[1]
}

function leadingRequires(body: readonly Node[]): Node[] {
  const requires: Node[] = []
  for (const node of body) {
    if (requireCall(node)) requires.push(node)
    else if (!('directive' in node && node.directive)) break
  }
  return requires
}

function requireCall(node: Node): TSESTree.CallExpression | null {
  if (node.type !== 'VariableDeclaration') return null
  let init: Node | null | undefined = node.declarations[0]?.init
  if (init?.type === 'MemberExpression') init = init.object
  return init?.type === 'CallExpression' && init.callee.type === 'Identifier' && init.callee.name === 'require' ? init : null
}

function requiredName(body: readonly Node[], module: string, imported: string): string | null {
  for (const node of body) {
    const call = requireCall(node)
    if (!call || stringValue(call.arguments[0]) !== module || node.type !== 'VariableDeclaration') continue
    const target = node.declarations[0]?.id
    if (target?.type === 'Identifier' && imported === 'default') return target.name
    if (target?.type !== 'ObjectPattern') continue
    for (const property of target.properties) {
      if (property.type !== 'Property' || property.key.type !== 'Identifier' || property.key.name !== imported) continue
      if (property.value.type === 'Identifier') return property.value.name
    }
  }
  return null
}

/** The pattern of `const { a } = require(module)` at the top of the file, where another name may be added to it. */
function extendableRequire(body: readonly Node[], module: string): TSESTree.ObjectPattern | null {
  for (const node of leadingRequires(body)) {
    const [declarator, ...others] = (node as TSESTree.VariableDeclaration).declarations
    if (!declarator || others.length > 0 || declarator.init !== requireCall(node) || stringValue(requireCall(node)?.arguments[0]) !== module) continue
    if (declarator.id.type !== 'ObjectPattern' || declarator.id.properties.at(-1)?.type !== 'Property') continue
    return declarator.id
  }
  return null
}

function importedName(specifier: TSESTree.ImportClause): string | null {
  if (specifier.type === 'ImportDefaultSpecifier') return 'default'
  if (specifier.type !== 'ImportSpecifier') return null
  return specifier.imported.type === 'Identifier' ? specifier.imported.name : specifier.imported.value
}

function isTypeOnly(specifier: TSESTree.ImportClause): boolean {
  return specifier.type === 'ImportSpecifier' && specifier.importKind === 'type'
}

const usesSemicolons = perFile((sourceCode) => {
  const statements = sourceCode.ast.body.filter(({ type }) =>
    /^(?:ImportDeclaration|ExpressionStatement|VariableDeclaration)$/.test(type),
  )
  if (statements.length > 0) return statements.some((node) => sourceCode.getLastToken(node)?.value === ';')
  // Nothing at the top ends in one; what is inside functions tells as well.
  const { tokens } = sourceCode.ast
  return tokens.length === 0 || tokens.some(({ value, loc }, i) => value === ';' && tokens[i + 1]?.loc.start.line !== loc.end.line)
})

/** The module's name in the quotes that the file uses. */
function quote(sourceCode: SourceCode, module: string): string {
  const mark = quotationMark(sourceCode)
  return `${mark}${module}${mark}`
}

const quotationMark = perFile((sourceCode) => {
  const string = sourceCode.ast.tokens.find((token) => (token.type as string) === 'String')
  return string?.value.startsWith('"') ? '"' : "'"
})
