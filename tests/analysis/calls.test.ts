import { describe, expect, it } from 'vitest'
import { apiPath, callsOf } from '../../src/analysis/calls/index.ts'
import { walk, type CallLike } from '../../src/ast/nodes.ts'
import { analyse } from '../support/lint.ts'

/** The API behind the callee of the last call of a program (the first argument of `probe(…)` is not a call of its own). */
function calleeIn(code: string): string {
  return analyse(code, (sourceCode) => {
    let last: CallLike | undefined
    walk(sourceCode.ast, sourceCode.visitorKeys, (node) => {
      if ((node.type === 'CallExpression' || node.type === 'NewExpression') && (!last || node.range[0] >= last.range[1])) last = node
    })
    if (!last) throw new Error('no call')
    const origin = callsOf(sourceCode).calleeOf(last)
    const path = apiPath(origin)
    return path ? `${path.module} ${path.member}`.trim() : origin.root.kind
  })
}

describe('calleeOf', () => {
  it.each([
    ["import fs from 'fs'; fs.readFile(a)", 'node:fs readFile'],
    ["import { promises as fs } from 'fs'; fs.readFile(a)", 'node:fs/promises readFile'],
    ["import * as fs from 'node:fs'; fs.promises.readFile(a)", 'node:fs/promises readFile'],
    ["const { readFile: read } = require('fs').promises; read(a)", 'node:fs/promises readFile'],
    ["const fs = require('fs'); const { readFile } = fs; readFile(a)", 'node:fs readFile'],
    ["import { readFile } from 'fs'; import { promisify } from 'util'; const read = promisify(readFile); read(a)", 'node:fs readFile'],
    ["import { readFile } from 'fs'; import promisify from './promisify.js'; const read = promisify(readFile); read(a)", 'node:fs readFile'],
    ["import { readFile } from 'fs'; import { promisify } from '@google-cloud/promisify'; const read = promisify(readFile); read(a)", 'node:fs readFile'],
    ["import { readFile } from 'fs'; import wrap from './promisify-later.js'; const read = wrap(readFile); read(a)", './promisify-later.js ()'],
    ["const { readFile } = await import('node:fs/promises'); readFile(a)", 'node:fs/promises readFile'],
    ["import { Pool } from 'pg'; const pool = new Pool(); pool.query(a)", 'pg Pool().query'],
    ["import pg from 'pg'; const pool = new pg.Pool(); pool.query(a)", 'pg Pool().query'],
    ["import { Pool } from 'pg'; let pool; pool = new Pool(); export const f = () => pool.query(a)", 'pg Pool().query'],
    ["import { Pool } from 'pg'; class A { #pool = new Pool(); f() { this.#pool.query(a) } }", 'pg Pool().query'],
    ["import { Pool } from 'pg'; class A { constructor() { this.pool = new Pool() } f() { this.pool.query(a) } }", 'pg Pool().query'],
    ["import type { Pool } from 'pg'; class A { constructor(private readonly pool: Pool) {} f() { this.pool.query(a) } }", 'pg Pool().query'],
    ["import type { Pool } from 'pg'; function f(pool: Pool | undefined) { pool.query(a) }", 'pg Pool().query'],
    ["import axios from 'axios'; const api = axios.create({}); api.get(a)", 'axios create().get'],
    ["import type { AxiosInstance } from 'axios'; function f({ api }: { api: AxiosInstance }, http: AxiosInstance) { http.get(a) }", 'axios create().get'],
    ["import express from 'express'; const app = express(); app.get(a)", 'express ().get'],
    ["import express = require('express'); express().get(a)", 'express ().get'],
    ["fetch(a)", 'globalThis fetch'],
    ["globalThis.fetch(a)", 'globalThis fetch'],
    ["const get = fetch; get(a)", 'globalThis fetch'],
    ["process.exit(1)", 'node:process exit'],
    ["const fs = { readFile: (x) => x }; fs.readFile(a)", 'function'],
    ["function fetch(a) {} fetch(a)", 'function'],
    ["function f(fetch) { fetch(a) }", 'parameter'],
    ["import axios from 'axios'; function client() { return axios.create() } client().get(a)", 'axios create().get'],
    ["import { PrismaClient } from '@prisma/client'; const prisma = globalThis.prisma ?? new PrismaClient(); prisma.user.findMany(a)", '@prisma/client PrismaClient().user.findMany'],
    ["class Api { load() {} } const api = new Api(); api.load(a)", 'function'],
    ["const a = b; const b = a; a()", 'unknown'],
    ["function f(options: options) { options.run(a) }", 'parameter'],
    ["function f(x: ReturnType<typeof x>) { x.run(a) }", 'parameter'],
    ["import * as pg from 'pg'; function f(pg: pg.Pool) { pg.query(a) }", 'pg Pool().query'],
  ])('%s → %s', (code, expected) => {
    expect(calleeIn(code)).toBe(expected)
  })
})
