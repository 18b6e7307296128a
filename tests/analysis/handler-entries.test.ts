/** One program for every decorator, base class and type of the tables; the same name from another module says nothing. */
import { describe, expect, it } from 'vitest'
import { handlersOf } from '../../src/analysis/handlers/index.ts'
import { contractFacts, decoratorFacts } from '../../src/knowledge/handlers/decorators.ts'
import { handlerTypes, requestTypes } from '../../src/knowledge/handlers/types.ts'
import type { ApiFact } from '../../src/knowledge/facts.ts'
import { settingsOf } from '../../src/options/settings.ts'
import { analyse } from '../support/lint.ts'

/** Whether the program has a handler that the tables know, and not by its names alone. */
function hasHandler(code: string): boolean {
  return analyse(code, (sourceCode) => handlersOf(sourceCode, settingsOf({}), null).all.some(({ certain }) => certain))
}

interface Entry {
  readonly name: string
  readonly module: string
  /** How the member is written, and what imports it: `Router.Middleware`, `Router`. */
  readonly written: string
  readonly imported: string
}

/** Every module and member of the facts: the members stand for values of a type where `()` ends them. */
function entriesOf<Fact extends ApiFact>(facts: readonly Fact[]): (Entry & { fact: Fact })[] {
  return facts.flatMap((fact) =>
    [fact.module].flat().flatMap((module) =>
      [fact.member].flat().map((member) => {
        const written = member.replace('()', '').replace('default', 'express')
        const root = written.split('.')[0] as string
        return { fact, name: `${module} ${member}`, module, written, imported: member.startsWith('default.') ? root : `{ ${root} }` }
      }),
    ),
  )
}

const programs = [
  ['decorators', entriesOf(decoratorFacts), ({ written }: Entry) => `class A { @${written}('x') list() {} }`],
  ['types of functions', entriesOf(handlerTypes), ({ written }: Entry) => `export const h: ${written} = (a) => a`],
  ['types of parameters', entriesOf(requestTypes), ({ written }: Entry) => `export const h = (a: ${written}) => a`],
] as const

describe.each(programs)('%s', (_, entries, program) => {
  it.each(entries.map((entry) => [entry.name, entry] as const))('%s', (_name, entry) => {
    const { imported, module } = entry
    const from = module === 'globalThis' ? '' : `import ${imported} from '${module}'; `
    expect([hasHandler(`${from}${program(entry)}`), hasHandler(`import ${imported} from './mine.ts'; ${program(entry)}`)]).toEqual([true, false])
  })
})

describe('base classes and interfaces', () => {
  it.each(entriesOf(contractFacts).flatMap((entry) => entry.fact.methods.map((method) => [entry.name, method, entry] as const)))('%s: %s', (_, method, { imported, module, written }) => {
    const program = (from: string, name: string): string => `import ${imported} from '${from}'; class A extends ${written} { ${name}(x) {} }`
    expect([hasHandler(program(module, method)), hasHandler(program(module, 'other')), hasHandler(program('./mine.ts', method))]).toEqual([true, false, false])
  })
})
