/** Links of the pages: to files that are there, and to headings that those have. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const pages = ['README.md', 'CHANGELOG.md', ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md')).map((path) => join('docs', path))]

/** Where the project's own pages are read; `meta.docs.url` begins with it. */
const HOME = 'https://github.com/eslint-plugin-bounded/eslint-plugin-bounded/blob/main/'

it.each(pages)('%s', (page) => {
  const broken = linksOf(readFileSync(join(root, page), 'utf8')).filter((link) => !isSound(link, page))
  expect(broken).toEqual([])
})

function linksOf(text: string): string[] {
  return [...text.replaceAll(/```[^]*?```/g, '').matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link ?? '')
}

function isSound(link: string, page: string): boolean {
  if (/^\w+:/.test(link) && !link.startsWith(HOME)) return true
  const [path = '', anchor] = (link.startsWith(HOME) ? link.slice(HOME.length) : link).split('#')
  const file = path === '' ? join(root, page) : link.startsWith(HOME) ? join(root, path) : resolve(root, dirname(page), path)
  if (!existsSync(file)) return false
  return anchor === undefined || !file.endsWith('.md') || anchorsOf(readFileSync(file, 'utf8')).includes(anchor)
}

/** As GitHub makes them of headings, and those that a page sets itself. */
function anchorsOf(text: string): string[] {
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, title]) => (title ?? '').toLowerCase().replaceAll(/[^\p{L}\p{N}_\- ]/gu, '').replaceAll(' ', '-'))
  return [...headings, ...[...text.matchAll(/(?:id|name)="([^"]+)"/g)].map(([, name]) => name ?? '')]
}
