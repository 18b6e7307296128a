import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { blockingFacts } from '../../src/knowledge/blocking.ts'
import { nodeSyncFunctions } from '../../src/knowledge/blocking-node.ts'

const load = createRequire(import.meta.url)

describe.each(Object.entries(nodeSyncFunctions))('%s', (module, known) => {
  const exported = load(module) as Record<string, unknown>
  const running = Object.keys(exported).filter((name) => name.endsWith('Sync') && typeof exported[name] === 'function')

  it('has every synchronous function that the running Node exports', () => {
    expect(running.filter((name) => !known.includes(name as never))).toEqual([])
  })

  it('has nothing else but what other versions of Node export', () => {
    const others = ['argon2Sync', 'globSync', 'lchmodSync', 'mkdtempDisposableSync', 'zstdCompressSync', 'zstdDecompressSync']
    expect(known.filter((name) => !running.includes(name) && !others.includes(name))).toEqual([])
  })

  it('is sorted and names nothing twice', () => {
    expect([...known]).toEqual([...new Set(known)].sort())
  })

  it('names replacements that exist', () => {
    const missing = blockingFacts
      .filter((fact) => fact.module === module)
      .filter(({ replacement, member }) => {
        if (!running.includes(member as string)) return false
        if (replacement.kind === 'promise') return typeof (load(replacement.module) as Record<string, unknown>)[replacement.member] !== 'function'
        return (replacement.kind === 'callback' || replacement.kind === 'output') && typeof exported[replacement.member] !== 'function'
      })
    expect(missing).toEqual([])
  })
})

it('links every fact to its source', () => {
  expect(blockingFacts.filter(({ source }) => !/^https:\/\//.test(source ?? ''))).toEqual([])
})

it('says each thing once', () => {
  const keys = blockingFacts.flatMap(({ module, member }) => [module].flat().flatMap((each) => [member].flat().map((name) => `${each} ${name}`)))
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([])
})
