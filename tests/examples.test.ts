/** The example programs: what is reported, and by that what is not. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import tsParser from '@typescript-eslint/parser'
import { Linter } from 'eslint'
import { expect, it } from 'vitest'
import plugin from '../src/index.ts'

const folder = resolve(import.meta.dirname, '../docs/examples')

const expected = [
  "notifier/webhooks.ts:11 bounded/require-timeout  const response = await axios.post(url, body, { headers: { 'x-signature': sign(body, secret) } })",
  'notifier/webhooks.ts:23 bounded/no-uncancelled-race  return Promise.race([',
  'notifier/webhooks.ts:32 bounded/require-await  async function digest(body: string, secret: string): Promise<string> {',
  'storefront/audit.ts:4 bounded/no-unbounded-queue  const visits: string[] = []',
  'storefront/catalog.ts:24 bounded/no-await-in-loop  const reviews = await fetchReviews(product.id)',
  'storefront/catalog.ts:32 bounded/no-unbounded-promise-all  await Promise.all(',
  "storefront/server.ts:29 bounded/no-sync-in-handler  response.type('text').send(readFileSync('terms.txt', 'utf8'))",
  'storefront/server.ts:41 bounded/no-sync-in-handler  return bcrypt.hashSync(password, 12)',
  'thumbnailer/index.js:17 bounded/no-unbounded-promise-all  await Promise.all(files.map((file) => resize(path.join(folder, file), path.join(target, file))))',
  'thumbnailer/index.js:30 bounded/no-await-in-loop  const { size } = await fs.promises.stat(file)',
]

it('are reported where they are wrong, and nowhere else', () => {
  const found: string[] = []
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!/\.[jt]s$/.test(path)) continue
    const code = readFileSync(join(folder, path), 'utf8')
    const config = { ...plugin.configs.recommended, files: ['**/*.{js,ts}'], languageOptions: { parser: tsParser as never } }
    for (const { line, ruleId, message } of new Linter({ configType: 'flat' }).verify(code, [config as never], path)) {
      found.push(`${path}:${line} ${ruleId ?? message}  ${code.split('\n')[line - 1]?.trim() ?? ''}`)
    }
  }
  expect(found).toEqual(expected)
})
