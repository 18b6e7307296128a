/** Writes (`write`) or removes (`remove`) `runtime/package.json`, which lets `moduleResolution: node10` find `./runtime`. */
import { mkdir, rm, writeFile } from 'node:fs/promises'

const manifest = { main: '../dist/runtime/index.cjs', module: '../dist/runtime/index.mjs', types: '../dist/runtime/index.d.cts' }

if (process.argv[2] === 'remove') {
  await rm('runtime', { recursive: true, force: true })
} else {
  await mkdir('runtime', { recursive: true })
  await writeFile('runtime/package.json', `${JSON.stringify(manifest, null, 2)}\n`)
}
