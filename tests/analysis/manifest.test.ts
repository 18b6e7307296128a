import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { availabilityOf, leastVersion, listedPackages, rangeOf } from '../../src/analysis/manifest/index.ts'

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

it.each([
  ['^4.1.2', [4, 1]],
  ['~3', [3, 0]],
  ['=2.5.0', [2, 5]],
  ['4.x', [4, 0]],
  ['v1.2.3-beta.1', [1, 2]],
  ['3 || ^5.2', [5, 2]],
  ['^5 || 4', [5, 0]],
  ['>=4 <6', [4, 0]],
  ['npm:other@^0.21.1', [0, 21]],
  ['>=4', null],
  ['>4', null],
  ['<4', null],
  ['*', null],
  ['latest', null],
  ['', null],
  ['3 || >=5', null],
  ['workspace:^', null],
  ['catalog:', null],
  ['github:owner/name#1.2.3', null],
])('the least version of %s', (range, expected) => {
  expect(leastVersion(range)).toEqual(expected)
})

it('finds the range of a package here, or in the manifest of the workspace', () => {
  const cwd = folderWith({
    'package.json': { name: 'root', devDependencies: { pg: '^8.1.0', redis: '5' } },
    'packages/a/package.json': { name: 'a', dependencies: { redis: '^4.6.0', '@x/y': 7 } },
  })
  const range = (specifier: string, filename = 'packages/a/src/b.ts') => rangeOf(specifier, { filename, cwd })
  expect([range('redis'), range('redis/lib/client'), range('pg'), range('ioredis'), range('@x/y'), range('redis', 'b.ts')]).toEqual(['^4.6.0', '^4.6.0', '^8.1.0', null, null, '5'])
})

it('lists the packages of the nearest manifest', () => {
  const cwd = folderWith({ 'package.json': { name: 'x', dependencies: { react: '19' }, devDependencies: { vite: '7' }, peerDependencies: null } })
  expect(listedPackages({ filename: 'src/a.ts', cwd })).toEqual(['react', 'vite'])
})
