import { describe, expect, it } from 'vitest'
import { programModulesOf } from '../../src/analysis/calls/program-modules.ts'
import { indexFacts } from '../../src/analysis/calls/index.ts'
import type { TypedServices } from '../../src/analysis/calls/typed-origin.ts'

const modules = '/app/node_modules/'

/** A program of files (name → text) and ambient modules, as far as it is looked at. */
function servicesOf(files: Record<string, string>, ambient: readonly string[] = []): TypedServices {
  const list = Object.entries(files).map(([fileName, text]) => ({ fileName, text, isDeclarationFile: fileName.endsWith('.d.ts') }))
  const checker = { getAmbientModules: () => ambient.map((name) => ({ name: `"${name}"`, flags: 0 })) }
  return { program: { getSourceFiles: () => list, getTypeChecker: () => checker, getSourceFile: () => undefined }, esTreeNodeToTSNodeMap: new Map() } as never
}

describe('the modules that types of a program can be declared by', () => {
  it.each([
    ['a package', { [`${modules}better-sqlite3/index.d.ts`]: '' }, [], 'better-sqlite3', true],
    ['another package', { [`${modules}pg/index.d.ts`]: '' }, [], 'better-sqlite3', false],
    ['the types of a package', { [`${modules}@types/better-sqlite3/index.d.ts`]: '' }, [], 'better-sqlite3', true],
    ['a package with a scope', { [`${modules}@prisma/client/index.d.ts`]: '' }, [], '@prisma/client', true],
    ['a file of the program', { '/app/better-sqlite3/index.ts': '' }, [], 'better-sqlite3', false],
    ['the language', { [`${modules}typescript/lib/lib.d.ts`]: '' }, [], 'globalThis', true],
    ['an ambient module', {}, ['mysql2/promise'], 'mysql2/promise', true],
    ["one of Node's", {}, ['fs'], 'node:fs', true],
    ['`node:sqlite`, which nothing mentions', { '/app/a.ts': "import 'node:fs'" }, ['node:sqlite'], 'node:sqlite', false],
    ['`node:sqlite`, which a file imports', { '/app/a.ts': "import 'node:sqlite'" }, ['node:sqlite'], 'node:sqlite', true],
    ["`node:sqlite`, which Node's types alone mention", { [`${modules}@types/node/sqlite.d.ts`]: "declare module 'node:sqlite' {}" }, ['node:sqlite'], 'node:sqlite', false],
  ] as const)('%s', (_, files, ambient, module, expected) => {
    expect(programModulesOf(servicesOf(files, ambient)).has(module)).toBe(expected)
  })

  it('may be any where the program does not tell', () => {
    const { program } = servicesOf({})
    expect(programModulesOf({ program: { ...program, getSourceFiles: undefined } } as never).has('pg')).toBe(true)
  })
})

describe('methods whose receivers are asked for their types', () => {
  const pg = programModulesOf(servicesOf({ [`${modules}pg/index.d.ts`]: '' }))
  const facts = indexFacts([
    { module: 'pg', member: 'Pool().query' },
    { module: 'pg', member: 'types' },
    { module: 'mysql', member: 'createConnection().execute' },
  ])

  it('are those of instances, of modules in the program', () => {
    expect(facts.mayTypeName('query', pg)).toBe(true)
    expect(facts.mayTypeName('execute', pg)).toBe(false)
    expect(facts.mayTypeName('types', pg)).toBe(false)
  })

  it('have any name where a pattern says so', () => {
    expect(indexFacts([{ module: 'pg', member: '**' }]).mayTypeName('anything', pg)).toBe(true)
    expect(indexFacts([{ module: 'mysql', member: '**' }]).mayTypeName('anything', pg)).toBe(false)
  })
})
