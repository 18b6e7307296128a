/** Where values from outside the file start: imports, modules by their specifiers, globals, and the functions that promisify. */
import { stringValue, type Node } from '../../ast/nodes.ts'
import { promisifiers } from '../../knowledge/callback-results.ts'
import { globalModules, moduleAliases, nodeModules } from '../../knowledge/node-modules.ts'
import { at, step, unknown, type Origin } from './origin.ts'

export function module(specifier: string): Origin {
  return at({ kind: 'module', name: nodeModules.has(specifier) ? `node:${specifier}` : specifier })
}

/** Whether a specifier names another file of the program: `./app`, `@/app`, `#/app`. */
export function isOfProgram(specifier: string): boolean {
  return /^(?:\.|[~#@]?\/)/.test(specifier)
}

export function globalValue(name: string): Origin {
  const own = globalModules.get(name)
  return own ? module(own) : at({ kind: 'global', name })
}

export function importOrigin(specifier: Node, declaration: Node | null): Origin {
  if (specifier.type === 'TSImportEqualsDeclaration') {
    const reference = specifier.moduleReference
    const name = reference.type === 'TSExternalModuleReference' ? stringValue(reference.expression) : null
    return name === null ? unknown(specifier) : module(name)
  }
  if (declaration?.type !== 'ImportDeclaration') return unknown(specifier)
  const origin = module(declaration.source.value)
  if (specifier.type !== 'ImportSpecifier') return origin
  const name = specifier.imported.type === 'Identifier' ? specifier.imported.name : specifier.imported.value
  if (name === 'default') return origin
  const alias = origin.root.kind === 'module' ? moduleAliases.get(`${origin.root.name} ${name}`) : undefined
  return alias ? module(alias) : step(origin, { kind: 'member', name })
}

/** `util.promisify(f)`, and what other modules call so: the same work as `f`. */
export function isPromisify({ root, steps }: Origin): boolean {
  if (root.kind !== 'module') return false
  const last = steps.at(-1)
  if (last?.kind === 'member' && last.name === 'promisify') return true
  return steps.length === 0 && promisifiers.test(root.name)
}

/** `Bluebird.promisifyAll(fs)`: the same object, whose methods got twins (`fs.statAsync`). http://bluebirdjs.com/docs/api/promise.promisifyall.html */
export function isPromisifyAll({ root, steps }: Origin): boolean {
  const last = steps.at(-1)
  return root.kind === 'module' && root.name === 'bluebird' && last?.kind === 'member' && last.name === 'promisifyAll'
}
