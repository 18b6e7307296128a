/** Whether a program parses: as ESLint says and, for TypeScript, whose parser lets much pass, as a compiler does. */
import tsParser from '@typescript-eslint/parser'
import { transformSync } from 'esbuild'
import { Linter } from 'eslint'

export interface Program {
  readonly text: string
  readonly filename: string
}

export const linter = new Linter({ configType: 'flat', cwd: '/' })

/** ESLint's own parser for JavaScript: it also refuses a name that is declared twice. */
export const base: readonly Linter.Config[] = [
  { files: ['**/*.{js,jsx}'], languageOptions: { sourceType: 'module', parserOptions: { ecmaFeatures: { jsx: true } } } },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' } },
  { files: ['**/*.{ts,tsx}'], languageOptions: { parser: tsParser as Linter.Parser } },
  { files: ['**/*.{js,jsx,cjs,ts,tsx}'], linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' } },
]
/** True, or the reason why not. */
export function parses({ text, filename }: Program): true | string {
  const fatal = linter.verify(text, [...base], { filename }).find((message) => message.fatal)
  return fatal ? fatal.message : compiles({ text, filename })
}

/** A decorator may stand on a parameter. */
const tsconfigRaw = { compilerOptions: { experimentalDecorators: true } }

export function compiles({ text, filename }: Program): true | string {
  if (!/\.tsx?$/.test(filename)) return true
  try {
    transformSync(text, { loader: filename.endsWith('x') ? 'tsx' : 'ts', logLevel: 'silent', target: 'esnext', tsconfigRaw })
    return true
  } catch (error) {
    return String(error)
  }
}
