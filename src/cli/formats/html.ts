import { dirname, relative } from 'node:path'
import { groupBy, type Finding } from '../findings.ts'
import { script, style } from './html-page.ts'
import type { Format } from './index.ts'

/** One self-contained page: figures per rule and folder, every finding with its code, and a filter. */
export const html: Format = ({ findings, cwd, files, seconds, version }) => {
  const path = (file: string): string => relative(cwd, file).replaceAll('\\', '/') || file
  const byRule = [...groupBy(findings, ({ rule }) => rule)].sort(([, a], [, b]) => b.length - a.length)
  const byFolder = [...groupBy(findings, ({ file }) => dirname(path(file)))].sort(([, a], [, b]) => b.length - a.length)
  const root = sharedFolder(byFolder.map(([folder]) => folder))
  const most = Math.max(1, ...byRule.map(([, group]) => group.length))
  const byFile = [...groupBy(findings, ({ file }) => path(file))]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${findings.length} findings · eslint-plugin-bounded</title>
<style>${style}</style>
</head>
<body>
<header>
  <h1>${findings.length === 1 ? '1 finding' : `${findings.length} findings`}</h1>
  <p>${files} files in ${seconds.toFixed(1)} s · eslint-plugin-bounded ${escape(version)}</p>
</header>
<main>
<aside>
  <label for="filter">Filter</label>
  <input id="filter" type="search" placeholder="text, path or rule" autocomplete="off">
  <h2>Rules</h2>
  <ul class="bars">
${byRule
  .map(
    ([rule, group]) =>
      `    <li><button data-rule="${escape(rule)}" aria-pressed="false"><span>${escape(rule)}</span><b>${group.length}</b><i style="width:${Math.round((100 * group.length) / most)}%"></i></button></li>`,
  )
  .join('\n')}
  </ul>
  <h2>Folders${root === '' ? '' : ` in ${breakable(root)}`}</h2>
  <ul class="folders">
${byFolder
  .map(
    ([folder, group]) =>
      `    <li><button data-folder="${escape(folder)}" aria-pressed="false"><span>${breakable(root === '' ? folder : folder.slice(root.length + 1) || '.')}</span><b>${group.length}</b></button></li>`,
  )
  .join('\n')}
  </ul>
</aside>
<section aria-live="polite">
  <p id="none"${findings.length === 0 ? '' : ' hidden'}>${findings.length === 0 ? 'Nothing to report.' : 'Nothing matches the filter.'}</p>
${byFile.map(([file, group]) => fileSection(file, group)).join('\n')}
</section>
</main>
<script>${script}</script>
</body>
</html>
`
}

/** The folder that all of them lie in: `packages/api` of `packages/api/src` and `packages/api/lib`; empty where there is none. */
function sharedFolder(folders: readonly string[]): string {
  const [first = [], ...others] = folders.map((folder) => folder.split('/'))
  const end = first.findIndex((part, i) => others.some((other) => other[i] !== part))
  return others.length === 0 ? '' : first.slice(0, end < 0 ? first.length : end).join('/')
}

/** A path that may break after its slashes. */
function breakable(path: string): string {
  return escape(path).replaceAll('/', '/<wbr>')
}

function fileSection(file: string, findings: readonly Finding[]): string {
  return `  <article data-folder="${escape(dirname(file))}">
    <h3>${breakable(file)}</h3>
${findings.map((finding) => card(file, finding)).join('\n')}
  </article>`
}

function card(file: string, finding: Finding): string {
  const text = `${file} ${finding.rule} ${finding.message}`.toLowerCase()
  return `    <div class="finding ${finding.severity}" data-rule="${escape(finding.rule)}" data-text="${escape(text)}">
      <p class="where"><code>${finding.line}:${finding.column}</code> <span class="rule">${escape(finding.rule)}</span></p>
      <p class="message">${withCode(finding.message)}</p>
      <pre>${snippet(finding)}</pre>
${finding.suggestions.map((suggestion) => `      <p class="remedy">→ ${withCode(suggestion)}</p>`).join('\n')}
${finding.fixable ? '      <p class="remedy">→ <code>--fix</code> rewrites this.</p>' : ''}
    </div>`
}

function snippet({ source, line, endLine, column, endColumn }: Finding): string {
  const lines = source.split('\n')
  const first = Math.max(1, line - 2)
  const last = Math.min(lines.length, Math.min(endLine, line + 6) + 2)
  const rows: string[] = []
  for (let number = first; number <= last; number += 1) {
    const text = (lines[number - 1] ?? '').replace(/\r$/, '')
    const inside = number >= line && number <= endLine
    const from = number === line ? column - 1 : text.length - text.trimStart().length
    const to = number === endLine ? endColumn - 1 : text.length
    const marked = inside
      ? `${escape(text.slice(0, from))}<mark>${escape(text.slice(from, to))}</mark>${escape(text.slice(to))}`
      : escape(text)
    rows.push(`<span class="n">${String(number).padStart(String(last).length)}</span> ${marked}`)
  }
  return rows.join('\n')
}

/** Escapes, and shows what stands between backticks as code. */
function withCode(text: string): string {
  return escape(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>')
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
