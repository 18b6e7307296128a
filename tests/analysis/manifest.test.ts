import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { availabilityOf } from '../../src/analysis/manifest/index.ts'

function folderWith(files: Record<string, unknown>): string {
  const folder = mkdtempSync(join(tmpdir(), 'manifest-'))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return folder
}

const availability = (specifier: string, files: Record<string, unknown>, filename = 'src/a.ts') =>
  availabilityOf(specifier, { filename, cwd: folderWith(files) })

it.each([
  ['a dependency', 'p-map', { name: 'x', dependencies: { 'p-map': '^7' } }, 'production'],
  ['a peer', 'p-map', { name: 'x', peerDependencies: { 'p-map': '^7' } }, 'production'],
  ['for development', 'p-map', { name: 'x', devDependencies: { 'p-map': '^7' } }, 'development'],
  ['not listed', 'p-map', { name: 'x', dependencies: { 'p-limit': '^7' } }, 'missing'],
  ['a path in a package', 'eslint-plugin-bounded/runtime', { name: 'x', dependencies: { 'eslint-plugin-bounded': '1' } }, 'production'],
  ['a scoped package', '@own/pool/map', { name: 'x', devDependencies: { '@own/pool': '1' } }, 'development'],
  ['the package itself', 'x/pool', { name: 'x' }, 'production'],
  ['a local path', './pool.js', { name: 'x' }, 'production'],
  ['an import of the package', '#pool', { name: 'x' }, 'production'],
  ['a name of Object.prototype', 'constructor', { name: 'x', dependencies: {} }, 'missing'],
  ['a list that is none', 'p-map', { name: 'x', dependencies: null }, 'missing'],
])('%s: %s', (_, specifier, manifest, expected) => {
  expect(availability(specifier, { 'package.json': manifest })).toBe(expected)
})

it('takes the nearest manifest, and passes one that only sets the module type', () => {
  const files = {
    'package.json': { name: 'root', dependencies: { 'p-map': '1' } },
    'packages/a/package.json': { name: 'a' },
    'src/package.json': { type: 'module' },
  }
  expect(availability('p-map', files, 'packages/a/src/index.ts')).toBe('missing')
  expect(availability('p-map', files, 'src/index.ts')).toBe('production')
})

it('does not know what a broken manifest says', () => {
  const folder = folderWith({ 'package.json': '{ "name": ' })
  expect(['unknown', 'missing']).toContain(availabilityOf('p-map', { filename: 'a.ts', cwd: folder }))
})

it('reads a manifest again when it has changed', () => {
  const folder = folderWith({ 'package.json': { name: 'x' } })
  const file = { filename: 'a.ts', cwd: folder }
  expect(availabilityOf('p-map', file)).toBe('missing')
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'x', dependencies: { 'p-map': '1' } }))
  utimesSync(join(folder, 'package.json'), new Date(), new Date(Date.now() + 5000))
  expect(availabilityOf('p-map', file)).toBe('production')
})
