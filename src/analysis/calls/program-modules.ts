/**
 * The modules that types of a program can be declared by. A fact about a package that no file of the program comes from
 * applies to no value in it, whatever its methods are called: `x.get(…)` is no query where `better-sqlite3` is not
 * installed, and need not be asked for its type.
 */
import { instanceTypes } from '../../knowledge/instance-types.ts'
import { nodeModules } from '../../knowledge/node-modules.ts'
import { normaliseModule, packageOf, type TypedServices } from './typed-origin.ts'

export interface ProgramModules {
  /** Whether a type's origin can be in a module, by its specifier; `globalThis` for the language and the platform. */
  has(module: string): boolean
}

type Program = TypedServices['program']

const cache = new WeakMap<Program, ProgramModules>()

export function programModulesOf({ program }: TypedServices): ProgramModules {
  let modules = cache.get(program)
  if (!modules) cache.set(program, (modules = modulesIn(program)))
  return modules
}

function modulesIn(program: Program): ProgramModules {
  const files = program.getSourceFiles?.()
  const ambient = program.getTypeChecker().getAmbientModules?.()
  if (!files || !ambient) return { has: () => true }
  const declared = new Set(files.map(({ fileName }) => packageOf(fileName)))
  for (const { name } of ambient) declared.add(normaliseModule(name.replace(/^"|"$/g, '')))
  const known = new Map<string, boolean>()
  const isReached = (module: string): boolean => declared.has(module) && (!isNeverImplied(module) || files.some((file) => mentions(file, module)))
  const find = (module: string): boolean => {
    if (isReached(module)) return true
    for (const [type, [target]] of instanceTypes) if (target === module && isReached(type.slice(0, type.indexOf(' ')))) return true
    return false
  }
  return {
    has(module) {
      let answer = known.get(module)
      if (answer === undefined) known.set(module, (answer = find(module)))
      return answer
    },
  }
}

/**
 * Modules that must be written with `node:` (`node:sqlite`): Node's types declare them in every program, but no other
 * built-in leads to them. https://nodejs.org/api/modules.html#built-in-modules-with-mandatory-node-prefix
 */
function isNeverImplied(module: string): boolean {
  return module.startsWith('node:') && !nodeModules.has(module.slice('node:'.length))
}

function mentions({ fileName, text }: { readonly fileName: string; readonly text: string }, module: string): boolean {
  return text.includes(module) && !fileName.includes('/node_modules/@types/node/')
}
