/** `npm run try [-- PATH…]`: builds, then checks the example programs or the given paths. Findings are no failure here. */
import { spawnSync } from 'node:child_process'

const paths = process.argv.slice(2)
const steps = [
  ['node_modules/tsx/dist/cli.mjs', 'src/dev/build.ts'],
  ['dist/cli.js', 'check', ...(paths.length > 0 ? paths : ['docs/examples'])],
]
for (const step of steps) {
  const { status } = spawnSync(process.execPath, step, { stdio: 'inherit' })
  process.exitCode = status === 1 && step[0] === 'dist/cli.js' ? 0 : (status ?? 2)
  if (process.exitCode !== 0) break
}
