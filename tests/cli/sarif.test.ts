/** The SARIF report against a JSON schema made from `@types/sarif`, which is itself made from the OASIS schema. */
import { Ajv } from 'ajv'
import { resolve } from 'node:path'
import { createGenerator } from 'ts-json-schema-generator'
import { expect, it } from 'vitest'
import { sarif } from '../../src/cli/formats/sarif.ts'
import type { Finding } from '../../src/cli/findings.ts'

const types = resolve(import.meta.dirname, '../../node_modules/@types/sarif/index.d.ts')

const finding: Finding = {
  file: '/project/src/a b.ts',
  rule: 'no-unbounded-promise-all',
  severity: 'error',
  message: 'Too many.',
  line: 3,
  column: 1,
  endLine: 3,
  endColumn: 12,
  fixable: false,
  suggestions: [],
  source: 'x',
}

it('is valid SARIF 2.1.0, with and without findings', () => {
  const schema = createGenerator({ path: types, type: 'Log', skipTypeCheck: true }).createSchema('Log')
  const validate = new Ajv({ strict: false, allErrors: true }).compile(schema)
  const log = (findings: readonly Finding[]): unknown =>
    JSON.parse(sarif({ cwd: '/project', version: '1.0.0', files: 1, seconds: 1, fixed: 0, findings, results: [] }, { color: false }))
  for (const findings of [[], [finding, { ...finding, rule: 'parse' }]]) {
    expect(validate(log(findings)), JSON.stringify(validate.errors)).toBe(true)
  }
  const placeOf = (file: string): string => JSON.stringify(log([{ ...finding, file }]))
  expect(placeOf('/project/src/a b.ts')).toContain('"uri":"src/a%20b.ts","uriBaseId":"PROJECT"')
  expect(placeOf('/project/src/c#/[id]?.ts')).toContain('"uri":"src/c%23/%5Bid%5D%3F.ts","uriBaseId":"PROJECT"')
  expect(placeOf('/other/a.ts')).toContain('"artifactLocation":{"uri":"file:///other/a.ts"}')
  expect(validate({ version: '2.1.0', runs: [{ results: [{ message: 'text' }] }] })).toBe(false)
})
