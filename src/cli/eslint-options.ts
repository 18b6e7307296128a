/** The options with which the command line runs ESLint: no configuration files, this plugin, one preset. */
import type { ESLint, Linter } from 'eslint'
import type { BoundedPlugin } from '../index.ts'
import type { PresetName } from '../configs.ts'
import { load } from './load.ts'

/** What can be written into the URL of the options module, since ESLint's threads read it from there. */
export interface LintRequest {
  readonly cwd: string
  readonly parser: string
  readonly preset: PresetName
  readonly report?: 'certain' | 'possible'
  readonly fixes?: 'safe' | 'all' | 'none'
  readonly fix: boolean
  readonly concurrency: number | 'auto' | 'off'
}

export const CODE_FILES = ['**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}']

export async function eslintOptions(request: LintRequest, plugin: BoundedPlugin): Promise<ESLint.Options> {
  return {
    cwd: request.cwd,
    overrideConfigFile: true,
    overrideConfig: await lintConfig(request, plugin),
    fix: request.fix,
    errorOnUnmatchedPattern: false,
    // ESLint 8 and early 9 do not know the key.
    ...(request.concurrency !== 'off' && ({ concurrency: request.concurrency } as object)),
  }
}

export async function lintConfig(request: LintRequest, plugin: BoundedPlugin): Promise<Linter.Config[]> {
  const parser = await load<Linter.Parser>(new URL(request.parser))
  const { report, fixes } = request
  return [
    {
      ...plugin.configs[request.preset],
      name: 'bounded/command-line',
      files: CODE_FILES,
      languageOptions: { parser, parserOptions: typeOptions(request) },
      linterOptions: { reportUnusedDisableDirectives: 'off' },
      settings: { bounded: { ...(report && { report }), ...(fixes && { fixes }) } },
    },
  ]
}

/** Types are read only for the preset that says so; `check` lints files that no `tsconfig.json` takes in once more without. */
function typeOptions({ preset, cwd }: LintRequest): object {
  if (preset !== 'recommended-type-checked') return {}
  return { projectService: true, tsconfigRootDir: cwd }
}
