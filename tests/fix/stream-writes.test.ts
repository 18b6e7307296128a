/** The text of the rewrites of writes and pipes, where a small difference changes what the program does. */
import { expect, it } from 'vitest'
import rule from '../../rules/no-ignored-backpressure.ts'
import { fixed } from '../support/lint.ts'

const rewritten = (code: string): string => fixed(rule, code, { settings: { fixes: 'all' } })

it('leaves the target of a copied stream open, as the loop does', () => {
  expect(
    rewritten(`
import { createWriteStream } from 'node:fs'
export async function save(chunks, path) {
  const file = createWriteStream(path)
  for await (const chunk of chunks) file.write(chunk)
  file.end('done')
}
`),
  ).toContain("await pipeline(chunks, file, { end: false })")
})

it('keeps the order of a chain of pipes', () => {
  expect(
    rewritten(`
import { createReadStream, createWriteStream } from 'node:fs'
import { createGzip, createGunzip } from 'node:zlib'
export function convert(from, to) {
  createReadStream(from).pipe(createGunzip()).pipe(createGzip()).pipe(createWriteStream(to))
}
`),
  ).toContain('pipeline(createReadStream(from), createGunzip(), createGzip(), createWriteStream(to), (error) => {')
})

it('takes no `else` from the statement around it', () => {
  const program = (body: string): string => `import { createWriteStream } from 'node:fs'\nexport async function save(xs) {\n  const file = createWriteStream('out')\n  for await (const x of xs) ${body}\n}\n`
  expect(rewritten(program('if (x.ok) file.write(f(x))'))).toContain("if (x.ok) if (!file.write(f(x))) await once(file, 'drain')")
  expect(rewritten(program('if (x.ok) { file.write(f(x)) } else g(x)'))).toContain("await once(file, 'drain')")
  expect(rewritten(program('if (x.ok) file.write(f(x)); else g(x)'))).not.toContain('once')
})
