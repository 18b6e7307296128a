/**
 * `npm run corpus`: compares the findings over the pinned packages with the recorded ones and shows what changed;
 * `npm run corpus -- --update` records them. Needs a build.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { check, linesOf } from './findings.ts'
import { sourcesOf, specs } from './packages.ts'

const update = process.argv.includes('--update')
const folder = join(import.meta.dirname, 'findings')
mkdirSync(folder, { recursive: true })

for (const spec of specs) {
  const sources = sourcesOf(spec)
  const lines = linesOf(check(sources), sources)
  const file = join(folder, `${spec.replaceAll('/', '+')}.txt`)
  const recorded = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
  const gone = recorded.filter((line) => !lines.includes(line))
  const come = lines.filter((line) => !recorded.includes(line))
  console.log(`${spec}: ${lines.length} findings${gone.length + come.length > 0 ? `, ${come.length} new, ${gone.length} gone` : ''}`)
  for (const line of gone) console.log(`  - ${line}`)
  for (const line of come) console.log(`  + ${line}`)
  if (update) writeFileSync(file, lines.map((line) => `${line}\n`).join(''))
  else if (gone.length + come.length > 0) process.exitCode = 1
}
