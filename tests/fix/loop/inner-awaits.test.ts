/** An `await` in the arguments of the awaited call: the function that the body becomes has to be `async`. */
import { expect, it } from 'vitest'
import rule from '../../../rules/no-await-in-loop.ts'
import { fixed } from '../../support/lint.ts'

const loop = (argument: string): string => `
import { stat, writeFile } from 'node:fs/promises'
export async function save(list, file) {
  for (const { name } of list.slice(0, 50)) await writeFile(name, ${argument})
}
`
const rewritten = (argument: string): string => fixed(rule, loop(argument), { settings: { fixes: 'all', report: 'possible' } })

it('keeps it in an async function', () => {
  expect(rewritten('await stat(file)')).toContain('async ({ name }) => await writeFile(name, await stat(file))')
})

it('needs none without it', () => {
  expect(rewritten('stat(file)')).toContain('({ name }) => writeFile(name, stat(file))')
  expect(rewritten('stat(file)')).not.toContain('async ({ name })')
})
