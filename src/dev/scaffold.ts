/** Writes the rule, test and page of a new rule, each passing as it stands, and the list of rules. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Scaffold {
  readonly path: string
  readonly text: string
}

const NAME = /^(?:no|prefer|require|consistent)(?:-[a-z]+)+$/

/** The files of a new rule; throws where the name does not say what the rule wants. */
export function scaffold(name: string): Scaffold[] {
  if (!NAME.test(name)) {
    throw new Error(`\`${name}\` is no rule name: it starts with no-, prefer-, require- or consistent- and names the construct.`)
  }
  return [
    { path: `rules/${name}.ts`, text: rule(name) },
    { path: `tests/rules/${name}.test.ts`, text: test(name) },
    { path: `docs/rules/${name}.md`, text: page(name) },
  ]
}

const rule = (name: string): string => `/** Reports calls of \`eval\`: replace this sentence, the message and the check below with those of \`${name}\`. */
import { callsOf, apiPath } from '../src/analysis/calls/index.ts'
import { createRule } from '../src/create-rule.ts'

export default createRule({
  name: '${name}',
  meta: {
    type: 'problem',
    docs: { description: 'disallow a call of \`eval\`', preset: 'all' },
    messages: { found: '\`{{name}}\` runs text as code. Call a function instead.' },
  },
  shared: [],
  create(context) {
    const calls = callsOf(context.sourceCode)
    return {
      CallExpression(node) {
        const api = apiPath(calls.calleeOf(node))
        if (api?.module !== 'globalThis' || api.member !== 'eval') return
        context.report({ node: node.callee, messageId: 'found', data: { name: 'eval' } })
      },
    }
  },
})
`

const test = (name: string): string => `import rule from '../../rules/${name}.ts'
import { run } from '../support/rule-tester.ts'

run('js', 'by binding', rule, {
  valid: ['const eval2 = (text) => text; eval2(text)'],
  invalid: [{ code: 'eval(text)', errors: [{ messageId: 'found', data: { name: 'eval' } }] }],
})
`

const page = (name: string): string => `# bounded/${name}

<!-- end auto-generated rule header -->

Why it matters: a program that goes wrong, and how, in a few sentences.

## What is reported

<!-- incorrect -->
\`\`\`js
eval(text)
\`\`\`

<!-- correct -->
\`\`\`js
run(text)
\`\`\`

## What is not reported

Limits of the analysis, with an example of code it cannot see.

## Options

None.

## Fixes

None.

## When not to use it

Families of legitimate code, with examples.

## Related

Neighbouring rules here and elsewhere, and how they differ.
`

/** Writes the files below a folder; writes none where one of them is there. */
export function write(files: readonly Scaffold[], folder: string): void {
  const taken = files.find(({ path }) => existsSync(join(folder, path)))
  if (taken) throw new Error(`${taken.path} is there already.`)
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const files = scaffold(process.argv[2] ?? '')
    write(files, '.')
    console.log(`${files.map(({ path }) => `Wrote ${path}`).join('\n')}\nNow run \`npm run generate\`.`)
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 2
  }
}
