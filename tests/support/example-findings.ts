/** What a client says of the example programs, in one shape for all clients. */
import { cpSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { sandbox, type Sandbox } from './sandbox.ts'

const examples = resolve(import.meta.dirname, '../../docs/examples')

/** A project that holds the example programs, has the packed plugin among its dependencies, and lints TypeScript. */
export function exampleProject(tarball: string, packages: readonly string[]): Sandbox {
  const box = sandbox({
    'package.json': '{"private": true, "type": "module"}',
    'eslint.config.js': `import bounded from 'eslint-plugin-bounded'
import parser from '@typescript-eslint/parser'

export default [
  { files: ['examples/**/*.{js,ts}'], languageOptions: { parser } },
  { files: ['examples/**/*.{js,ts}'], ...bounded.configs.strict },
]
`,
  })
  cpSync(examples, join(box.folder, 'examples'), { recursive: true })
  box.must('npm', 'install', tarball)
  box.must('npm', 'install', '--save-dev', ...packages)
  return box
}
