/** Other processes. */
import type { WorkFact } from '../facts.ts'

export const processFacts: readonly WorkFact[] = [
  { module: 'node:child_process', member: ['exec', 'execFile', 'fork', 'spawn'], work: 'process', access: 'write', source: 'https://nodejs.org/api/child_process.html' },
  { module: 'execa', member: ['', '$', 'execa', 'execaCommand', 'execaNode'], work: 'process', access: 'write', source: 'https://github.com/sindresorhus/execa/blob/main/docs/api.md' },
  { module: ['cross-spawn', 'nano-spawn', 'spawndamnit'], member: '', work: 'process', access: 'write', source: 'https://github.com/moxystudio/node-cross-spawn#usage' },
  { module: 'tinyexec', member: ['exec', 'x'], work: 'process', access: 'write', source: 'https://github.com/tinylibs/tinyexec#readme' },
  { module: 'globalThis', member: ['Deno.Command().output', 'Deno.Command().spawn'], work: 'process', access: 'write', source: 'https://docs.deno.com/api/deno/~/Deno.Command' },
  { module: 'zx', member: '$', work: 'process', access: 'write', source: 'https://google.github.io/zx/api' },
  { module: '@actions/exec', member: ['exec', 'getExecOutput'], work: 'process', access: 'write', source: 'https://github.com/actions/toolkit/tree/main/packages/exec' },
  // One run of a bundler or compiler: its own threads or process, and the files that it reads and writes.
  { module: 'esbuild', member: ['build', 'transform'], work: 'process', access: 'write', source: 'https://esbuild.github.io/api/#build' },
  { module: 'rollup', member: 'rollup', work: 'process', access: 'write', source: 'https://rollupjs.org/javascript-api/#rollup-rollup' },
  { module: 'vite', member: 'build', work: 'process', access: 'write', source: 'https://vite.dev/guide/api-javascript#build' },
]

/** Commands that lock or change one thing that every run shares: a working copy's index, the packages that are installed. */
export const lockingCommands: ReadonlySet<string> = new Set([
  // https://git-scm.com/docs/git-add, https://docs.npmjs.com/cli/commands/npm-install
  'apk', 'apt', 'apt-get', 'brew', 'bun', 'bundle', 'cargo', 'composer', 'dnf', 'gem', 'git', 'hg', 'lerna', 'npm', 'npx', 'pip', 'pnpm', 'svn',
  'terraform', 'yarn', 'yum',
])
