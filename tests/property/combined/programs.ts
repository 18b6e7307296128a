/** Generated functions in which the rewrites of several rules meet: each statement is one that some rule rewrites, or stands in another's. */
import fc from 'fast-check'

/** What the world can run; `$` is the statement's number. */
const runnable = {
  loop: 'const v$: number[] = []\n  for (const id of ids) {\n    // each of them\n    v$.push(await getUser(id))\n  }',
  loopOfHelper: 'const v$: number[] = []\n  for (const id of ids) {\n    const twice = await double(id)\n    v$.push(await getPosts(twice))\n  }',
  loopOfRow: 'const v$: number[] = []\n  for (const id of ids) {\n    const user = await getUser(id)\n    const posts = await getPosts(id)\n    v$.push(user + posts)\n  }',
  loopOfLoops: 'const v$: number[] = []\n  for (const id of ids) {\n    for (const other of ids) {\n      v$.push(await getUser(id, other))\n    }\n  }',
  row: 'const a$ = await getUser(1)\n  const v$ = await getPosts(2)',
  rowOfHelpers: 'const a$ = await getUser(await double(1))\n  const b$ = await double(3)\n  const v$ = await getPosts(2)',
  literal: 'const v$ = [await getUser(1), await getPosts(await double(2))]',
  all: 'const v$ = await Promise.all(ids.map((id) => getUser(id)))',
  allOfHelper: 'const v$ = await Promise.all(ids.map(async (id) => double(id)))',
  allOfRow: 'const v$ = await Promise.all(ids.map(async (id) => {\n    const user = await getUser(id)\n    const posts = await getPosts(id)\n    return [user, posts]\n  }))',
  allOfLoop: 'const v$ = await Promise.all(ids.map(async (id) => {\n    const found: number[] = []\n    for (const other of ids) found.push(await getUser(id, other))\n    return found\n  }))',
  stored: 'const t$ = ids.map(async (id) => getUser(await double(id)))\n  const v$ = await Promise.all(t$)',
  filled: 'const t$: Promise<number>[] = []\n  for (const id of ids) t$.push(getUser(id))\n  const v$ = await Promise.all(t$)',
  inner: 'const f$ = async (x: number) => x + 1\n  const v$ = [await f$(1), await getUser(await f$(2))]',
  nested: 'const f$ = async () => { const a = await getUser(5)\n    const b = await double(6)\n    return a + b }\n  const v$ = await f$()',
} as const

/** What changes more than the world can be asked about: waiting for what nobody waited for, time limits, calls that block. */
const others = {
  dropped: 'ids.forEach(async (id) => { await unlink(`/tmp/${await double(id)}`) })',
  droppedRow: 'ids.forEach(async (id) => {\n    const a = await getUser(id)\n    const b = await getPosts(id)\n    await unlink(`/tmp/${a}${b}`)\n  })',
  timed: 'const v$ = await Promise.all(ids.map(async (id) => (await fetch(`https://example.com/${id}`)).json()))',
  timedLoop: 'for (const id of ids) {\n    await fetch(`https://example.com/${id}`, {\n      method: "PUT", // again\n    })\n  }',
  blocked: "const v$ = JSON.parse(readFileSync('a.json', 'utf8'))",
  blockedLoop: "for (const id of ids) await fetch(readFileSync(`/tmp/${id}`, 'utf8'))",
  raced: "const v$ = await Promise.race([fetch('https://example.com'), new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 100))])",
  written: "const file$ = createWriteStream('out')\n  for await (const id of ids) file$.write(String(id))",
  piped: "createReadStream('in').pipe(createWriteStream('out'))",
} as const

const head = [
  "import { getUser, getPosts } from 'service'",
  'const ids = [3, 1, 2]',
  'async function double(x: number): Promise<number> { return x * 2 }',
]

function bodies(texts: readonly string[]): fc.Arbitrary<string[]> {
  return fc.array(fc.constantFrom(...texts), { minLength: 2, maxLength: 4 }).map((all) => all.map((text, at) => `  ${text.replaceAll('$', String(at))}`))
}

/** Programs for the world. */
export function runnablePrograms(): fc.Arbitrary<string> {
  return bodies(Object.values(runnable)).map((lines) => {
    const names = lines.map((_, at) => `v${at}`).join(', ')
    return [...head, 'export async function main() {', ...lines, `  return [${names}]`, '}', ''].join('\n')
  })
}

/** Every pair of statements, in a handler of each kind of file. */
export function pairs(): { readonly name: string; readonly code: string; readonly filename: string }[] {
  const all = Object.entries({ ...runnable, ...others })
  return all.flatMap(([first, a], i) =>
    all.map(([second, b], j) => {
      const isScript = (i + j) % 3 === 0
      const body = [a, b].map((text, at) => `  ${text.replaceAll('$', String(at))}`).join('\n')
      const text = isScript ? withoutTypes(asScript(body)) : asModule(body)
      return { name: `${first} + ${second}`, code: (i + j) % 2 === 0 ? text : text.replaceAll('\n', '\r\n'), filename: isScript ? 'file.cjs' : 'file.ts' }
    }),
  )
}

function asModule(body: string): string {
  return [
    "import { createReadStream, createWriteStream, readFileSync } from 'node:fs' // files",
    "import { unlink } from 'node:fs/promises'",
    "import express from 'express'",
    ...head,
    `express().get('/', async (req, res) => {\n${body}\n  res.end()\n})`,
    '',
  ].join('\n')
}

function asScript(body: string): string {
  return [
    '#!/usr/bin/env node',
    "'use strict'",
    "const { createReadStream, createWriteStream, readFileSync } = require('fs') // files",
    "const { unlink } = require('fs/promises')",
    "const express = require('express')",
    "const { getUser, getPosts } = require('service')",
    ...head.slice(1),
    `express().get('/', async (req, res) => {\n${body}\n  res.end()\n})`,
    '',
  ].join('\n')
}

function withoutTypes(text: string): string {
  return text.replace(/: (?:number|Promise<number>)(?:\[\])?(?=[,) ={])/g, '').replace(/\): Promise<number> \{/g, ') {')
}
