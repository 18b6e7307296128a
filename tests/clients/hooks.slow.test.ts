/** Commit hooks in a temporary repository: a bad commit is refused, a good one holds the fixed file. */
import { spawnSync } from 'node:child_process'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { sandbox, type Sandbox } from '../support/sandbox.ts'

/** An array for sure and a task that only reads: rewritten by `--fix`. */
const FIXABLE = `import { readdir, stat } from 'node:fs/promises'

const files = (await readdir('logs')).filter((name) => name.endsWith('.log'))
export const sizes = await Promise.all(files.map(async (file) => stat(file)))
`
/** Writes: a suggestion, so that `--fix` leaves it and the commit is refused. */
const UNFIXABLE = `import { writeFile } from 'node:fs/promises'

export const clear = (files) => Promise.all(files.map((file) => writeFile(file, '')))
`
const LINT = 'eslint --fix --max-warnings 0 --no-warn-ignored'

let box: Sandbox | undefined
afterEach(() => {
  box?.remove()
  box = undefined
})

function repository(...packages: string[]): Sandbox {
  box = sandbox({
    'package.json': '{"private": true, "type": "module", "lint-staged": {"*.js": "' + LINT + '"}}',
    'eslint.config.js': "import bounded from 'eslint-plugin-bounded'\nexport default [bounded.configs.recommended]\n",
    '.gitignore': 'node_modules\n',
  })
  box.must('git', 'init', '--quiet')
  box.must('git', 'config', 'user.email', 'someone@example.com')
  box.must('git', 'config', 'user.name', 'Someone')
  box.must('npm', 'install', inject('tarball'))
  box.must('npm', 'install', '--save-dev', 'eslint@10', ...packages)
  box.must('git', 'add', '.')
  box.must('git', 'commit', '--quiet', '--no-verify', '-m', 'Start')
  return box
}

function expectGate(box: Sandbox): void {
  box.write('clear.js', UNFIXABLE)
  box.must('git', 'add', 'clear.js')
  const refused = box.run('git', 'commit', '-m', 'Bad')
  expect(refused.stdout + refused.stderr).toContain('bounded/no-unbounded-promise-all')
  expect(refused.status).not.toBe(0)
  expect(box.must('git', 'log', '--format=%s')).not.toContain('Bad')
  box.must('git', 'reset', '--quiet', '--hard')

  box.write('sizes.js', FIXABLE)
  box.must('git', 'add', 'sizes.js')
  const first = box.run('git', 'commit', '-m', 'Good')
  // pre-commit refuses a commit whose files a hook changed, and takes it when they are added again.
  if (first.status !== 0) {
    box.must('git', 'add', 'sizes.js')
    box.must('git', 'commit', '-m', 'Good')
  }
  expect(box.must('git', 'show', 'HEAD:sizes.js')).toContain("import { mapBounded } from 'eslint-plugin-bounded/runtime'")
}

describe('commit hooks', () => {
  it('husky with lint-staged', () => {
    const box = repository('husky@9', 'lint-staged@16')
    box.must('npx', 'husky')
    box.write('.husky/pre-commit', 'npx lint-staged\n')
    expectGate(box)
  })

  it('lefthook', () => {
    const box = repository('lefthook@2')
    box.write(
      'lefthook.yml',
      `pre-commit:\n  commands:\n    eslint:\n      glob: "*.js"\n      run: npx ${LINT} {staged_files}\n      stage_fixed: true\n`,
    )
    // Its package writes a sample configuration when it is installed in a repository: ours is committed over it.
    box.must('git', 'add', 'lefthook.yml')
    box.must('git', 'commit', '--quiet', '--no-verify', '-m', 'Hook')
    box.must('npx', 'lefthook', 'install')
    expectGate(box)
  })

  it('pre-commit', () => {
    if (spawnSync('pre-commit', ['--version']).error) installPreCommit()
    const box = repository()
    box.write(
      '.pre-commit-config.yaml',
      `repos:\n  - repo: local\n    hooks:\n      - id: eslint\n        name: eslint\n        entry: npx --no-install ${LINT}\n        language: system\n        types: [javascript]\n`,
    )
    box.must('git', 'add', '.pre-commit-config.yaml')
    box.must('git', 'commit', '--quiet', '--no-verify', '-m', 'Hook')
    box.must('pre-commit', 'install')
    expectGate(box)
  })
})

/** Debian's package; the test machine is bare. */
function installPreCommit(): void {
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'pre-commit']]) {
    const { status, stderr } = spawnSync('apt-get', args, { encoding: 'utf8' })
    if (status !== 0) throw new Error(`apt-get ${args.join(' ')} ended with ${status}: ${stderr}`)
  }
}
