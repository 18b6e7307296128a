/** The fenced examples of a page. */
export interface Example {
  /** The heading above it. */
  readonly title: string
  /** Line of the fence, from 1. */
  readonly line: number
  readonly code: string
  /** What it says it prints, after `// =>`. */
  readonly prints: readonly string[]
}

export function examplesOf(page: string, language: string): Example[] {
  const examples: Example[] = []
  let title = ''
  const lines = page.split('\n')
  for (let at = 0; at < lines.length; at++) {
    if (/^#+ /.test(lines[at]!)) title = lines[at]!.replace(/^#+ /, '')
    if (!lines[at]!.startsWith('```') || lines[at] === '```') continue
    const end = lines.indexOf('```', at + 1)
    if (lines[at] === `\`\`\`${language}`) {
      const code = lines.slice(at + 1, end).join('\n')
      const prints = [...code.matchAll(/\/\/ => (.*)$/gm)].map(([, text]) => text!)
      examples.push({ title, line: at + 1, code, prints })
    }
    at = end
  }
  return examples
}
