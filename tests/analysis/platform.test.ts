import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { interfaceOf } from '../../src/analysis/platform/index.ts'
import { analyse } from '../support/lint.ts'

function answer(code: string, { filename = 'src/a.ts', manifest = {} }: { filename?: string; manifest?: object } = {}): string | null {
  const cwd = mkdtempSync(join(tmpdir(), 'platform-'))
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ name: 'x', ...manifest }))
  return analyse(code, (sourceCode) => interfaceOf(sourceCode, { filename: join(cwd, filename), cwd }))
}

describe.each([
  ['browser', "import { ref } from 'vue'", "import { ref } from './ref'"],
  ['browser', "import './look.css'", "import './look.js'"],
  ['browser', "'use client'; export const x = 1", "'use server'; export const x = 1"],
  ['browser', 'export const x = window.innerWidth', 'export const f = (window) => window.innerWidth'],
  ['browser', 'export const x = window.innerWidth', "export const x = typeof window === 'undefined' ? 0 : window.innerWidth"],
  ['browser', 'export const f = (el: HTMLElement) => el', 'export const f = (el: Item) => el'],
  ['browser', 'export const f = (u, body) => navigator.sendBeacon(u, body)', 'export const f = () => navigator.hardwareConcurrency'],
  ['browser', 'export const f = (u, body) => navigator.sendBeacon(u, body)', "export const f = (u, body) => typeof navigator !== 'undefined' && navigator.sendBeacon(u, body)"],
  ['browser', 'button.addEventListener(name, f)', 'bus.addEventListener(name, f)'],
  ['browser', 'export const f = (u) => fetch(u, { credentials: "include" })', "import fs from 'node:fs'; export const f = (u) => fetch(u, { credentials: 'include' })"],
  ['terminal', "import { Box } from 'ink'", "import { Box } from './ink'"],
])('%s', (expected, code, twin) => {
  it.each([[code, expected], [twin, null]])('%s: %s', (program, said) => {
    expect(answer(program)).toBe(said)
  })
})

describe('by the package', () => {
  const code = 'export const f = (u) => fetch(u)'
  it.each([
    ['one that renders to a page', { dependencies: { 'react-dom': '19' }, devDependencies: { vite: '7' } }, 'browser'],
    ['one that lists no renderer', { dependencies: { lodash: '4' }, devDependencies: { vite: '7' } }, null],
    ['one that answers requests as well', { dependencies: { 'react-dom': '19', express: '5' } }, null],
    ['a framework that does both', { dependencies: { 'react-dom': '19', next: '15' } }, null],
  ])('%s', (_, manifest, expected) => {
    expect(answer(code, { manifest })).toBe(expected)
  })

  it('goes by the file where that speaks for Node', () => {
    const manifest = { dependencies: { 'react-dom': '19' } }
    expect(answer(`import fs from 'node:fs'; ${code}`, { manifest })).toBeNull()
  })

  it('goes by the folder where nothing speaks for Node', () => {
    expect([answer(`const $ = require('jquery'); ${code}`, { filename: 'public/js/api.js' }), answer(`const $ = require('fs'); ${code}`, { filename: 'public/js/api.js' })]).toEqual(['browser', null])
    expect([answer(code, { filename: 'frontend/api.ts' }), answer(`import fs from 'node:fs'; ${code}`, { filename: 'frontend/api.ts' })]).toEqual(['browser', null])
  })
})
