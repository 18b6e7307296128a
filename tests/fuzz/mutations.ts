/** Files of this repository with statements swapped, deleted, doubled or moved into a loop. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from '@typescript-eslint/parser'
import fc from 'fast-check'
import type { Program } from './programs.ts'

const root = resolve(import.meta.dirname, '../..')

const files = ['docs/examples', 'src', 'rules', 'tests/benchmarks/scenarios'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.[cm]?[jt]sx?$/.test(path) && !path.endsWith('.d.ts') && !path.includes('node_modules'))
    .sort()
    .map((path) => join(folder, path)),
)

type Range = readonly [number, number]

/** The ranges of all statements that stand in a list (a program, a block), by list. */
function listsOf(text: string, filename: string): Range[][] {
  const lists: Range[][] = []
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      const ranges = value.flatMap((item) => (/Statement$|Declaration$/.test(String(item?.type)) ? [item.range as Range] : []))
      if (ranges.length > 0) lists.push(ranges)
      value.forEach(visit)
    } else if (value && typeof value === 'object' && 'type' in value) {
      for (const [key, child] of Object.entries(value)) if (key !== 'parent' && typeof child === 'object') visit(child)
    }
  }
  visit(parse(text, { filePath: filename, range: true, sourceType: 'module', jsx: filename.endsWith('x') } as never).body)
  return lists
}

const read = (path: string): Program => ({ text: readFileSync(join(root, path), 'utf8'), filename: path.replace(/^.*\//, 'src/') })

function mutate({ text, filename }: Program, kind: string, seed: number): Program {
  const lists = listsOf(text, filename)
  const list = lists[seed % lists.length] ?? []
  const one = list[seed % (list.length || 1)]
  const other = list[(seed >> 3) % (list.length || 1)]
  if (!one || !other) return { text, filename }
  const [first, second] = one[0] <= other[0] ? [one, other] : [other, one]
  const of = ([start, end]: Range): string => text.slice(start, end)
  const replaced = ([start, end]: Range, by: string): string => text.slice(0, start) + by + text.slice(end)
  const changed =
    kind === 'delete'
      ? replaced(one, ';')
      : kind === 'double'
        ? replaced(one, `${of(one)}\n${of(one)}`)
        : kind === 'loop'
          ? replaced(one, `for (const each of everything) { ${of(one)} }`)
          : first === second
            ? text
            : text.slice(0, first[0]) + of(second) + text.slice(first[1], second[0]) + of(first) + text.slice(second[1])
  return { text: changed, filename }
}

export const mutation: fc.Arbitrary<Program> = fc
  .tuple(fc.constantFrom(...files), fc.array(fc.tuple(fc.constantFrom('delete', 'double', 'swap', 'loop'), fc.nat()), { minLength: 1, maxLength: 3 }))
  .map(([path, steps]) =>
    steps.reduce<Program>((program, [kind, seed]) => {
      try {
        return mutate(program, kind, seed)
      } catch {
        return program // a mutation before this one does not parse
      }
    }, read(path)),
  )
