/**
 * A grammar of JavaScript, TypeScript and JSX, broad rather than deep, as a table: symbol → productions, the simplest
 * first. `<symbol>` is replaced by one of its productions; `<symbol +async -loop>` sets what holds inside, and
 * `[async !strict] …` is open only where that holds. Not all that it makes parses; most does.
 *
 * What holds: `module` or `script`, `strict`, `ts`, `jsx` of the file; `async`, `generator`, `function`, `loop`, `class`
 * (private names), `static` of the place.
 */
export type Grammar = Readonly<Record<string, readonly string[]>>

/** Flags that a function of any kind takes away from its body. */
const FUNCTION = '-async -generator -loop -label -static +function'

export const grammar: Grammar = {
  header: ['', '<import>', '#!/usr/bin/env node\n<import>', '<import>\n<import>\n<import>', "[script] 'use strict'\n<import>", '[module] <import>\n// A comment between.\n<import>', '/** @license x */\n<import>'],
  import: [
    "[module] import fs from 'node:fs'", "[script] const fs = require('fs')",
    "[module] import { readFile, stat as look, writeFile } from 'node:fs/promises'", "[script] const { readFile, stat: look, ...others } = require('node:fs/promises')",
    "[module] import * as crypto from 'node:crypto'", "[module] import pg, { Pool } from 'pg'", "[script] const pool = new (require('pg').Pool)()",
    "[module] import axios from 'axios'", "[script] var axios = require('axios'), got = require('got').default",
    "[module] import express from 'express'\nconst app = express()", "[script] const app = require('express')()",
    "[module] import { mapBounded, createQueue as queue } from 'eslint-plugin-bounded/runtime'", "[module] import pMap from 'p-map'",
    "[module] import { setTimeout as sleep } from 'timers/promises'", "[module] import { EventEmitter, once } from 'node:events'",
    "[module] import bcrypt from 'bcrypt'", "[module] import data from './data.json' with { type: 'json' }", "[module] import {} from 'side'", "[module] import 'effect'",
    "[module] import { default as q, 'a b' as r } from 'odd'", "[ts] import type { A } from 'types'", "[ts module] import { type B, c } from 'types'",
    "[ts] import k = require('k')", "[ts] import { Injectable, Controller, Get, Body } from '@nestjs/common'",
  ],
  'module item': [
    '<statement>', '<function declaration>', '<class declaration>', '<handler>', 'const <pattern> = <expression>',
    '[module] export <function declaration>', '[module] export default <expression>', '[module] export default async (<params>) => <body +async>',
    '[module] export const <name> = <function>', '[module] export { a as default, b }; let a, b', "[module] export * as ns from 'ns'", '[module] <statement +async>', '[module] for await (const <pattern> of <expression +async>) <body +async +loop>',
    '[module] await using <name> = <expression +async>', '[script] module.exports = <expression>', '[script] exports.run = async function (<params>) <body +async>',
    '<cache>', '<queue module>', '[ts] <type declaration>', '[ts] <type declaration>', '[ts] <decorated class>', '[ts] <decorated class>', "[ts] export = <name>",
    '[jsx] <function component>',
  ],

  // Statements
  body: [`{ <statements> }`],
  statements: ['', '<statement>', '<statement>\n<statement>', '<statement>\n<comment>\n<statement>\n<statement>'],
  statement: [
    ';', '<expression statement>', '<expression statement>', '<declaration>', '<declaration>', '<asynchronous statement>', '<asynchronous statement>', '<asynchronous statement>',
    'if (<expression>) <statement>', 'if (<expression>) <body> else <statement>', 'for (const <pattern> of <expression>) <body +loop>', 'for (const <pattern> of <list>) <asynchronous statement +loop>',
    'for (var <name> in <expression>) <statement +loop>', 'for (let <name> = 0, n = <list>.length; i < n; i++) <body +loop>', 'for (;;) { <statements +loop>; break }', '[sloppy] for (var x = 1 in <expression>) ;',
    'for (<target> of <list>) <body +loop>', '[async] for await (const <pattern> of <expression>) <body +loop>', 'while (<expression>) <body +loop>', 'do <body +loop> while (<expression>)',
    'outer: for (const x of <list>) { inner: for (;;) { <statements +loop>; if (a) continue outer; break inner } }', 'label: { <statements>; break label }', 'one: two: <expression statement>',
    'switch (<expression>) { case <expression>: <statements> default: { <statements> } case 2: let q; break }', 'switch (<name>) {}',
    'try <body> catch <body>', 'try <body> catch (<pattern>) <body> finally <body>', 'try <body> finally <body>', 'throw <expression>', '[function] return', '[function] return <expression>', '[function] return <expression>',
    '[loop] break', '[loop] continue', '[loop] if (<expression>) continue', '<function declaration>', '<class declaration>', '<body>', 'debugger', '<comment>\n<statement>',
    '{ using <name> = <expression>; <statements> }', '[async] { await using <name> = <expression>; <statements> }',
    '[sloppy] with (<expression>) <body>', '[sloppy] if (a) function g() {}', '[sloppy] lab: function h() {}', '[sloppy] var let = 1, yield = 2, async = <expression>, of = 010', '[sloppy] delete <name>', '[sloppy] arguments.callee(<arguments>)',
    '[sloppy] <!-- comment', '[sloppy] function f(a, a) { a = arguments[0] }', '[ts] <type declaration>', '[ts] declare const <name>: <type>', '[ts] let <name>!: <type>',
  ],
  'expression statement': ['<name>()\n', ';(<expression>)', 'void <operand>', '<target> = <expression>', '<name>.<property> <assign> <expression>', '<chain>', '[async] await <operand>', '<expression>, <expression>', '<chain>.then(<arguments>)'],
  declaration: [
    'let <name>', 'const <pattern> = <expression>', 'var <pattern> = <expression>, <name>', 'let <name> = <expression>, <pattern> = <expression>', 'const <name> = []', 'const <name> = new <collection>()', 'let <name> = 0',
    '[ts] const <name>: <type> = <expression>', 'const [<pattern>, ...<name>] = <expression>', 'const <name> = <function>',
  ],
  comment: ['', '// one', '/* many\n lines */', '// eslint-disable-next-line no-await-in-loop', '/* eslint-disable require-await */', '// sequential on purpose', '/** @type {string[]} */', '// @ts-ignore'],

  // Expressions
  expression: [
    '<operand>', '<operand>', '<chain>', '<asynchronous>', '<asynchronous>', '<function>', '<function>', '<operand> <binary> <operand>', '(<expression>) ? <expression> : <expression>', '<target> = <expression>',
    '<name>.<property> <assign> <expression>', '[async] await <operand>', '[async] await <asynchronous>', '[generator] yield <expression>', '[generator] (yield* <expression>)', '[generator] yield', '(<expression>, <expression>)',
    '[ts] <operand> as <type>', '[ts] <operand> satisfies <type>', '[ts !jsx] <<type>><operand>', '[class] #secret in <operand>', 'import(<expression>)', '[jsx] <element>',
  ],
  operand: ['<primary>', '<chain>', '(<expression>)', '!<operand>', 'typeof <operand>', 'void 0', '-<primary>', '<name>++', '--<name>.<property>', '[async] (await <operand>)', 'delete <name>.<property>', '[ts] <primary>!', '[ts] (<expression> as any)'],
  primary: [
    '<name>', '<name>', '<name>', '<literal>', '<list>', '{ <properties> }', '(<class>)', '`<template>`', 'this', '[function] new.target', '[module] import.meta.url', '[script] arguments', '(<function>)',
  ],
  chain: [
    '<name>.<property>', '<name>(<arguments>)', '<chain>.<property>', '<chain>.<property>', '<name>?.<property>', '(<chain>?.<property>)', '<chain>[<expression>]', '<chain>?.[<expression>]', '<chain>(<arguments>)', '<chain>?.(<arguments>)', '(<expression>).<property>',
    'new <name>(<arguments>)', 'new (<expression>)', 'new <name>.<property>', '<name>`<template>`', '(<chain>).<property>(<arguments>)', '[class] this.#secret', '[class] this?.#secret', '[class] super.<property>', '[ts] <chain>!.<property>', '[ts] <name><<type>>(<arguments>)',
    '<chain>.<method>(<function>)', '<chain>.<method>(<arguments>)', '<chain>\n  .<method>(<function>)\n  // between\n  .<method>(<arguments>)',
  ],
  arguments: ['', '<expression>', '<expression>, <expression>', '...<operand>', '<expression>, ...<list>,', '<function>', '<name>, <function>', '{ <properties> }'],
  name: ['a', 'b', 'items', 'queue', 'x', 'i', 'fetch', 'res', 'req', 'pool', 'fs', 'app', 'client', 'stream', 'undefined', 'Promise', 'setTimeout', 'mapBounded', 'limit', 'signal', 'results', 'sleep', 'readFile', 'look', 'axios', 'π', '[sloppy] async', '[sloppy] let', '[sloppy] yield', '\\u0061', 'constructor', '__proto__'],
  property: ['b', 'length', 'then', 'push', 'shift', 'map', 'get', 'query', 'default', 'constructor', 'all', 'class', '__proto__', 'size', 'write', 'headers', 'on'],
  method: ['map', 'then', 'forEach', 'filter', 'push', 'catch', 'finally', 'reduce', 'flatMap', 'on', 'once', 'get', 'post', 'write', 'pipe', 'query', 'all', 'toSorted', 'next', 'call', 'bind', 'set', 'add'],
  literal: ['1', "'text'", 'null', 'true', '0x1fn', '/[/\\]]+/u', '/(?<year>\\d+)/v', '""', '1e999', '[sloppy] 010', "'\\u{1F600}'", '1_000', '.5'],
  list: ['[]', '[<expression>]', '[<name>, , <expression>, ]', '[...<operand>]', '<name>', '[1, 2, 3]', 'Object.keys(<name>)', '<name>.slice(0, 5)', 'new Set(<name>)', 'Array.from({ length: <expression> }, <function>)'],
  collection: ['Map', 'Set', 'Array', 'WeakMap', 'Promise'],
  template: ['text', '${<expression>}', 'a${<expression>}b${`${<name>}`}', '\\`$'],
  binary: ['+', '===', '&&', '||', '??', 'in', 'instanceof', '>>>', '%', '<', '|', '!=', '-'],
  assign: ['=', '+=', '??=', '&&=', '||=', '**=', '>>>='],
  properties: ['', '<name>', 'a: <expression>', '...<operand>', '[<expression>]: <expression>, b', "async <property>(<params>) <body +async -generator -loop +function>", `get <property>() <body ${FUNCTION}>, set <property>(v) <body ${FUNCTION}>`, `*<name>() <body ${FUNCTION} +generator>`, `async *[<expression>]() <body ${FUNCTION} +async +generator>`, "'quoted': <expression>, 1: <function>", '__proto__: <expression>', 'concurrency: <expression>', 'signal: AbortSignal.timeout(<expression>)', 'timeout: <literal>, method: "POST"'],
  pattern: ['<name>', '<name>', '<name>', '{ <name> }', '{ <property>: <pattern>, ...rest }', '{ a: <pattern> = <expression>, [<expression>]: <pattern> }', '[<pattern>, , <pattern> = <expression>]', '[...<name>]', '{}', '[]'],
  target: ['<name>', '<name>.<property>', '<name>[<expression>]', '[<name>, <name>.<property>]', '[{ a: <name> }, ...<name>]', '[class] this.#secret'],
  params: ['', '<name>', '<pattern>', '<name>, <name>', '<pattern>, <pattern> = <expression -async -generator>', '...<pattern>', '[ts] <name>: <type>', '[ts] <name>?: <type>, ...rest: any[]', '[ts] this: <type>, <name>: <type> = <expression -async -generator>', '_, i, all'],

  // Functions and classes
  function: [
    `() => {}`, `<name> => <operand -async -generator -loop>`, `(<params>) => <body ${FUNCTION}>`, `async (<params>) => <body ${FUNCTION} +async>`, `async <name> => (<expression -loop -generator +async>)`, `async (<params>) => <operand -loop -generator +async>`,
    `function (<params>) <body ${FUNCTION}>`, `async function <name>(<params>) <body ${FUNCTION} +async>`, `function* (<params>) <body ${FUNCTION} +generator>`, `async function* (<params>) <body ${FUNCTION} +async +generator>`,
    `async (<params>) => { return <expression +async -loop -generator> }`, `async (x) => { await <operand +async -loop -generator>; <statements ${FUNCTION} +async> }`, `[ts] async <T,>(<params>): Promise<<type>> => <body ${FUNCTION} +async>`, `[ts] (<params>): asserts a is <type> => <body ${FUNCTION}>`, '<name>.bind(<name>)', '<name>',
  ],
  'function declaration': [
    `function <name>(<params>) <body ${FUNCTION}>`, `async function <name>(<params>) <body ${FUNCTION} +async>`, `async function <name>(<params>) <body ${FUNCTION} +async>`, `function* <name>(<params>) <body ${FUNCTION} +generator>`, `async function* <name>(<params>) <body ${FUNCTION} +async +generator>`,
    `[ts] function <name>(<params>): <type>\nfunction <name>(<params>) <body ${FUNCTION}>`, `[ts] async function <name><T extends <type>>(<params>): Promise<T> <body ${FUNCTION} +async>`, '[ts] declare function <name>(a: <type>): <type>',
  ],
  class: ['class {}', 'class <name> { <members +class> }', 'class extends (<expression>) { <members +class> }', 'class <name> extends <chain> { constructor() { super(<arguments>) } <members +class> }'],
  'class declaration': ['class C {}', 'class C { #secret = <expression -async -generator +class>; <members +class> }', 'class D extends (<expression>) { #secret; <members +class> }', 'class C { #secret; <members +class> <members +class> }', '[ts] abstract class E<T> implements F { #secret; abstract a(): void; declare b: T; <members +class> constructor(private readonly c: <type>, public d?: T) { <statements -async -generator -loop +function> } }'],
  members: [
    '', '<member>', '<member>\n<member>', '<member>\n<member>\n<member>',
  ],
  member: [
    `<property>() <body ${FUNCTION}>`, `async <property>(<params>) <body ${FUNCTION} +async>`, `async <property>(<params>) <body ${FUNCTION} +async>`, `*<property>() <body ${FUNCTION} +generator>`, `async *[Symbol.asyncIterator]() <body ${FUNCTION} +async +generator>`,
    '<property> = <expression -async -generator -loop>;', 'static <property> = <list -async -generator -loop>;', '#p<property> = <function>;', `async #q(<params>) <body ${FUNCTION} +async>`, `get <property>() <body ${FUNCTION}>`, `static set <property>(v) <body ${FUNCTION}>`, `static { <statements ${FUNCTION} -function +static> }`, '[<expression -async -generator>] = 1;', "'quoted'() {}", '1() {}',
    '[ts] private <name>?: <type>;', '[ts] readonly [key: string]: any;', '[ts] accessor <name> = <expression -async -generator>;', `[ts] @<decorator> async <property>(@Body() a: <type>): Promise<<type>> <body ${FUNCTION} +async>`, '[ts] override <property>(): void {}', '[ts] static async <property>?(<params>): Promise<void>;', '[ts] constructor(); constructor(a?: <type>) {}',
  ],
  'decorated class': [`@<decorator> class S { #secret; <members +class> }`, '@<decorator> export class S { constructor(@Inject(a) private readonly b: <type>) {} <members +class> }', '[module] export default @<decorator> class { <members +class> }', `@Controller() export class Shop { #secret; private seen = new Map(); @Get(':id') async find(@Body() a: <type>) <body ${FUNCTION} +async +class> }`],
  decorator: ['a', 'Injectable()', 'Get(<literal>)', 'a.b(<arguments>)', '(<expression -async -generator>)', 'Cron("* * * * *")', 'Process()'],

  // Types
  type: ['string', 'any', 'T[]', '<type>[]', '<type> | <type>', '(<type>) & { a: <type> }', 'Promise<<type>>', 'readonly <type>[]', '[a: <type>, ...b: any[]]', '(a: <type>) => <type>', 'new () => <type>', 'keyof typeof a', 'A extends infer U ? U : never', '{ readonly [K in keyof A as `x${K}`]?: <type> }', "import('x').Y<<type>>", '`a${string}`', 'unique symbol', 'asserts a', 'Map<string, <type>>', 'this', 'typeof import("y")', 'A["b"]'],
  'type declaration': ['type A<T = <type>> = <type>', 'interface F<in out T = any> extends G { (a: <type>): void; new (): F; m?(): <type>; readonly [k: string]: any }', 'enum E { A, B = <literal>, C = "x".length }', 'const enum E2 { A = 1 << 2 }', `namespace N.M { export const <name> = <expression -async -generator -loop>; <statements -async -generator -loop -function> }`, 'declare module "m" { export function f(): void; export default f }', '[module] declare global { interface Window { a: any } }', '[module] export type { A } from "a"', 'declare class H { m(): void; static #x }', 'abstract class Q { abstract m(): Promise<void>; private abstract n: <type> }', 'export as namespace Z', 'declare enum E3 { A }'],

  // JSX
  element: ['<></>', '<a />', '<b.c {...<operand>} d={<expression>} e="f">{<expression>}</b.c>', '<a onClick={<function>}>text &amp; {/* c */}{...<list>}</a>', '<svg:x data-a=\'1\' />', '<>{<list>.map((x) => <p key={x}>{<expression>}</p>)}</>', '<A<string> b />'],
  'function component': [`export const View = async ({ items }) => { <statements ${FUNCTION} +async>; return <element> }`, `function Page(props) { useEffect(async () => <body ${FUNCTION} +async>, []); return <element> }`],

  // What the rules look for
  asynchronous: [
    'Promise.resolve()', 'Promise.all(<list>.map(<function>))', 'Promise.all(<list>.map(async (<params>) => <operand +async -loop -generator>))', 'Promise.all(<expression>)', 'Promise.allSettled([...<list>, <asynchronous>])', 'Promise.any(<list>.map((x, i) => fetch(x, i)))', 'Promise.race([<asynchronous>, new Promise((_, no) => setTimeout(no, <expression>))])',
    'Promise.race([fetch(<expression>), sleep(<literal>).then(() => { throw <expression> })])', 'fetch(<arguments>)', 'fetch(`${<name>}`, { <properties> })', 'axios.get(<arguments>)', 'axios.create({ <properties> })', 'pool.query(<arguments>)', 'new pg.Pool({ <properties> })', 'readFile(<arguments>)', 'writeFile(<name>, <expression>)', 'look(<name>)', 'fs.readFileSync(<expression>)', 'fs.promises.stat(<name>)', 'crypto.pbkdf2Sync(<arguments>)', "require('child_process').execSync(<expression>)",
    'new Promise((resolve, reject) => <operand -async -generator>)', 'new Promise((resolve) => setTimeout(resolve, <expression>))', 'stream.write(<expression>)', '<name>.pipe(<name>)', 'bcrypt.hashSync(<arguments>)', 'JSON.parse(fs.readFileSync(<name>))', '<asynchronous>.then(<arguments>)', '<asynchronous>.catch(<function>)', 'Array.fromAsync(<list>, <function>)', 'mapBounded(<list>, <function>, { concurrency: 2 })', 'setInterval(<function>, 10)', '(<asynchronous>)', 'Promise.all([<asynchronous>, <asynchronous>])', 'Promise["all"](<list>.map(<function>))', 'Promise?.all?.(<list>.map(<function>))', '<list>.reduce(async (sum, x) => [...(await sum), await fetch(x)], Promise.resolve([]))',
  ],
  'asynchronous statement': [
    '<asynchronous>', '[async] await <asynchronous>', '[async] const <pattern> = await <asynchronous>', '[async] <name>.push(await <asynchronous>)', '[async] <name>[<name>] = await <asynchronous>', '[async] for (const x of <list>) { <name>.push(await fetch(x)); <statements +loop> }', '[async] for (const <pattern> of <list>) await <asynchronous>', '[async] for (let i = 0; i < <list>.length; i++) { const r = await fetch(<name>[i]); <name>[i] = r }',
    '[async] for (const [k, v] of <expression>.entries()) { if (<expression>) continue; const y = await axios.get(v); a.set(k, y.<property>) }', '[async] for await (const chunk of <name>) { stream.write(chunk); <statements +loop> }', '[async] while (queue.length) { await <name>(queue.shift()) }', '[async] let i = 0; while (i < <list>.length) { await look(<name>[i++]) }', '[async] do { page = await fetch(page.next); <statements +loop> } while (page)', '<name>.push(<expression>)', 'queue.push(<asynchronous>)', '<name>.forEach(async (x) => { await fetch(x) })', '<name>.on("data", <function>)', 'setTimeout(<function>, <expression>)', '<name>.set(<expression>, <asynchronous>)',
    '[async] return await <asynchronous>', '[async] try { await <asynchronous> } catch (e) { <statements> } finally { clearTimeout(<name>) }', '[async] const timer = setTimeout(<function>, 5); await Promise.race([<asynchronous>, new Promise((r) => { t = setTimeout(r, 9) })])', 'process.on("exit", <function>)', 'const jobs = []; for (const x of <list>) { jobs.push(fetch(x)) } <expression statement>', '[async] const jobs = []; for (const x of <list>) jobs.push(look(x)); const all = await Promise.all(jobs)',
  ],
  handler: [
    `app.get('/', async (req, res) => <body ${FUNCTION} +async>)`, `app.use(async function (req, res, next) <body ${FUNCTION} +async>)`, `http.createServer((req, res) => <body ${FUNCTION}>)`, `process.on('message', async <name> => <body ${FUNCTION} +async>)`, `new EventEmitter().on('x', <function>)`, `app.route('/x').post(<name>, <function>)`, `app.get('/f', (req, res) => { const x = fs.readFileSync(req.path); <statements ${FUNCTION}>; res.send(x) })`, 'setInterval(async () => { await fetch(a) }, <expression>)', `[module] export const handler = async (event) => <body ${FUNCTION} +async>`,
  ],
  cache: ['const seen = new Map()\napp.get("/", (req, res) => { seen.set(req.id, <expression -async -generator>); })', 'const log = []\nexport_ = (x) => { log.push(x); <expression statement> }', 'let buffer = []\nprocess.on("message", (m) => { buffer.push(m); if (buffer.length > 100) buffer.shift() })', 'class Store { items = []; add(x) { this.items.push(x) } async drain() { for (;;) { const x = this.items.shift(); if (!x) return; await fetch(x) } } }'],
  'queue module': ['const queue = []\nlet busy = false\nasync function drain() { if (busy) return; busy = true; while (queue.length > 0) { const x = queue.shift(); await <asynchronous +async> } busy = false }\nfunction add(x) { queue.push(x); drain() }', 'const queue = []\nsetInterval(() => { const x = queue.pop(); <statements -async +function> }, 5)\napp.post("/", (req) => { queue.push(req.body) })'],
}
