/** Task caches of monorepos: the findings that a cache gives back are the ones that a run without it makes. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { sandbox, type Sandbox } from '../support/sandbox.ts'

const fanOut = (read: string): string => `import { ${read} } from 'node:fs/promises'

export const all = (files) => Promise.all(files.map((file) => ${read}(file)))
`
const packages = ['one', 'two']
const findingsOf = (name: string): string => `packages/${name}/findings.json`

let box: Sandbox | undefined
afterEach(() => {
  box?.remove()
  box = undefined
})

/** A workspace of two packages whose `lint` script leaves its findings in a file: the task's output. */
function workspace(files: Readonly<Record<string, string>>, tool: string): Sandbox {
  box = sandbox({
    'package.json': JSON.stringify({ name: 'monorepo', private: true, type: 'module', packageManager: 'npm@11.0.0', workspaces: ['packages/*'] }),
    // Warnings: a task that fails is not cached.
    'eslint.config.js': `import bounded from 'eslint-plugin-bounded'

const rules = Object.fromEntries(Object.keys(bounded.configs.recommended.rules).map((name) => [name, 'warn']))
export default [{ ...bounded.configs.recommended, rules }]
`,
    '.gitignore': 'node_modules\n.turbo\n.nx\nfindings.json\n',
    ...files,
  })
  for (const name of packages) {
    const manifest = { name, version: '1.0.0', private: true, type: 'module', scripts: { lint: 'eslint . --format json --output-file findings.json' } }
    box.write(`packages/${name}/package.json`, JSON.stringify(manifest))
    box.write(`packages/${name}/index.js`, fanOut('stat'))
  }
  box.must('git', 'init', '--quiet')
  box.must('npm', 'install', inject('tarball'))
  box.must('npm', 'install', '--save-dev', 'eslint@10', tool)
  return box
}

interface Runs {
  readonly lint: () => string
  readonly lintUncached: () => string
  /** How the tool says that all or one of the two tasks came from the cache. */
  readonly all: RegExp
  readonly one: RegExp
}

function expectSameFindings(box: Sandbox, { lint, lintUncached, all, one }: Runs): void {
  const findings = (): string[] => packages.map((name) => box.read(findingsOf(name)))
  const forget = (): void => packages.forEach((name) => rmSync(join(box.folder, findingsOf(name))))
  lint()
  const first = findings()
  for (const text of first) expect(text).toContain('bounded/no-unbounded-promise-all')

  forget()
  expect(lint()).toMatch(all)
  expect(findings()).toEqual(first)
  forget()
  expect(lintUncached()).not.toMatch(all)
  expect(findings()).toEqual(first)

  box.write('packages/two/index.js', fanOut('readFile'))
  expect(lint()).toMatch(one)
  const changed = findings()
  expect(changed[0]).toBe(first[0])
  expect(changed[1]).toContain('`readFile`')
  forget()
  lintUncached()
  expect(findings()).toEqual(changed)

  // The settings are an input of every task.
  const config = box.read('eslint.config.js')
  box.write('eslint.config.js', config.replace('rules }]', "rules: { ...rules, 'bounded/no-unbounded-promise-all': 'off' } }]"))
  lint()
  for (const text of findings()) expect(text).not.toContain('bounded/no-unbounded-promise-all')
}

describe('monorepos', () => {
  it('Turborepo', () => {
    const box = workspace(
      {
        'turbo.json': JSON.stringify({
          globalDependencies: ['eslint.config.js'],
          tasks: { lint: { outputs: ['findings.json'] } },
        }),
      },
      'turbo@2',
    )
    expectSameFindings(box, {
      lint: () => box.must('npx', 'turbo', 'run', 'lint', '--no-daemon'),
      lintUncached: () => box.must('npx', 'turbo', 'run', 'lint', '--no-daemon', '--force'),
      all: /2 cached, 2 total/,
      one: /1 cached, 2 total/,
    })
  })

  it('Nx', () => {
    const box = workspace(
      {
        'nx.json': JSON.stringify({
          analytics: false,
          targetDefaults: {
            lint: {
              cache: true,
              inputs: ['{projectRoot}/**/*', '{workspaceRoot}/eslint.config.js', '{workspaceRoot}/package.json', { externalDependencies: ['eslint', 'eslint-plugin-bounded'] }],
              outputs: ['{projectRoot}/findings.json'],
            },
          },
        }),
      },
      'nx@22',
    )
    const nx = (...options: string[]): string =>
      box.must('env', 'NX_DAEMON=false', 'NX_ISOLATE_PLUGINS=false', 'npx', 'nx', 'run-many', '--targets=lint', '--outputStyle=static', ...options)
    expectSameFindings(box, {
      lint: () => nx(),
      lintUncached: () => nx('--skip-nx-cache'),
      all: /cache[^\n]*2 out of 2 tasks/,
      one: /cache[^\n]*1 out of 2 tasks/,
    })
  })
})
