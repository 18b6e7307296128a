/** Every entry of the tables has a program that it makes reported, and a twin that differs in the limit alone. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import requireTimeout from '../../rules/require-timeout.ts'
import { clientCallOf } from '../../src/analysis/time-limits/facts-of.ts'
import { timeLimitsOf, type TimeLimit } from '../../src/analysis/time-limits/index.ts'
import { walk } from '../../src/ast/nodes.ts'
import { awsClients, timeLimits, type TimeLimitFact } from '../../src/knowledge/timeouts/index.ts'
import { analyse, lint } from '../support/lint.ts'

/** What is imported, the call without a limit, the call with one. */
const twins: readonly (readonly [imports: string, without: string, within: string])[] = [
  ['', 'fetch(url)', 'fetch(url, { signal: AbortSignal.timeout(1) })'],
  ["import { fetch } from 'undici'", 'fetch(url)', 'fetch(url, { signal: AbortSignal.timeout(1) })'],
  ["import { request } from 'undici'", 'request(url)', 'request(url, { headersTimeout: 5 })'],
  ["import { Pool } from 'undici'", 'new Pool(url).request({ path })', 'new Pool(url, { bodyTimeout: 5 }).request({ path })'],
  ["import { Client } from 'undici'", 'new Client(url).request({ path })', 'new Client(url).request({ path, signal: AbortSignal.timeout(1) })'],
  ["import fetch from 'node-fetch'", 'fetch(url)', 'fetch(url, { timeout: 5 })'],
  ["import fetch from 'cross-fetch'", 'fetch(url)', 'fetch(url, { signal: AbortSignal.timeout(1) })'],
  ["import fetch from 'make-fetch-happen'", 'fetch(url)', 'fetch(url, { timeout: 5 })'],
  ["import { h1 } from '@adobe/fetch'; const { fetch } = h1()", 'fetch(url)', 'fetch(url, { signal: AbortSignal.timeout(1) })'],
  ["import { ofetch } from 'ofetch'", 'ofetch(url)', 'ofetch(url, { timeout: 5 })'],
  ["import axios from 'axios'", 'axios(url)', 'axios(url, { timeout: 5 })'],
  ["import axios from 'axios'", 'axios.request({ url })', 'axios.request({ url, timeout: 5 })'],
  ["import axios from 'axios'", 'axios.delete(url)', 'axios.delete(url, { timeout: 5 })'],
  ["import axios from 'axios'", 'axios.put(url, body)', 'axios.put(url, body, { timeout: 5 })'],
  ["import axios from 'axios'", 'axios.create({ baseURL })', 'axios.create({ baseURL, timeout: 5 })'],
  ["import got from 'got'", 'got.post(url)', 'got.post(url, { timeout: { request: 5 } })'],
  ["import got from 'got'", 'got.extend({ prefixUrl }).get(url)', 'got.extend({ prefixUrl, timeout: { request: 5 } }).get(url)'],
  ["import ky from 'ky'", 'ky.get(url)', 'ky.get(url, { timeout: 5 })'],
  ["import ky from 'ky'", 'ky.create({ prefixUrl })', 'ky.create({ prefixUrl, timeout: 5 })'],
  ["import request from 'request-promise'", 'request({ url })', 'request({ url, timeout: 5 })'],
  ["import request from 'request'", 'request.defaults({ json: true })', 'request.defaults({ json: true, timeout: 5 })'],
  ["import superagent from 'superagent'", 'superagent.get(url).then(print)', 'superagent.get(url).timeout(5).then(print)'],
  ["import needle from 'needle'", "needle('get', url)", "needle('get', url, {}, { response_timeout: 5 })"],
  ["import needle from 'needle'", 'needle.get(url)', 'needle.get(url, { response_timeout: 5 })'],
  ["import needle from 'needle'", 'needle.post(url, body)', 'needle.post(url, body, { read_timeout: 5 })'],
  ["import phin from 'phin'", 'phin({ url })', 'phin({ url, timeout: 5 })'],
  ["import bent from 'bent'; const get = bent('json')", 'get(url)', 'withTimeout(() => get(url), 5)'],
  ["import { request } from 'gaxios'", 'request({ url })', 'request({ url, timeout: 5 })'],
  ["import { ApolloClient } from '@apollo/client/core'; const client = new ApolloClient({ uri })", 'client.query({ query })', 'client.query({ query, context: { fetchOptions: { signal: AbortSignal.timeout(1) } } })'],
  ["import { HttpService } from '@nestjs/axios'; const http = new HttpService()", 'firstValueFrom(http.request({ url }))', 'firstValueFrom(http.request({ url, timeout: 5 }))'],
  ["import { HttpService } from '@nestjs/axios'; const http = new HttpService()", 'firstValueFrom(http.get(url))', 'firstValueFrom(http.get(url).pipe(timeout(5)))'],
  ["import { HttpService } from '@nestjs/axios'; const http = new HttpService()", 'firstValueFrom(http.post(url, body))', 'firstValueFrom(http.post(url, body, { timeout: 5 }))'],
  ["import { GraphQLClient } from 'graphql-request'", 'new GraphQLClient(url)', 'new GraphQLClient(url, { signal })'],
  ["import https from 'node:https'", 'https.get(url)', 'https.get(url).setTimeout(5, stop)'],
  ["import { https } from 'follow-redirects'", 'https.get(url)', 'https.get(url, { signal: AbortSignal.timeout(1) })'],
  ["import http2 from 'node:http2'", 'http2.connect(url).request({ path })', 'http2.connect(url).request({ path }, { signal: AbortSignal.timeout(1) })'],
  ["import WebSocket from 'ws'", 'new WebSocket(url)', 'new WebSocket(url, { handshakeTimeout: 5 })'],
  ["import { Client } from 'pg'", 'new Client({ host })', 'new Client({ host, statement_timeout: 5 })'],
  ["import Pool from 'pg-pool'", 'new Pool({ host })', 'new Pool({ host, connectionTimeoutMillis: 5 })'],
  ["import postgres from 'postgres'", "postgres('postgres://db')", "postgres('postgres://db', { connection: { statement_timeout: 5 } })"],
  ["import mysql from 'mysql2/promise'", "mysql.createPool('mysql://db')", "mysql.createPool('mysql://db?connectTimeout=5')"],
  ["import { MongoClient } from 'mongodb'", "new MongoClient('mongodb://db')", "new MongoClient('mongodb://db', { socketTimeoutMS: 5 })"],
  ["import mongoose from 'mongoose'", "mongoose.connect('mongodb://db')", "mongoose.connect('mongodb://db?socketTimeoutMS=5')"],
  ["import Redis from 'ioredis'", 'new Redis({ host })', 'new Redis({ host, commandTimeout: 5 })'],
  ["import { createClient } from 'redis'", 'createClient({ url })', 'createClient({ url, socket: { socketTimeout: 5 } })'],
  ["import { PrismaClient } from '@prisma/client'", 'new PrismaClient()', 'new PrismaClient({ adapter })'],
  ["import knex from 'knex'", "knex({ client: 'pg', connection: { host } })", "knex({ client: 'pg', connection: { host, statement_timeout: 5 } })"],
  ["import { Sequelize } from 'sequelize'", "new Sequelize({ dialect: 'postgres' })", "new Sequelize({ dialect: 'postgres', dialectOptions: { statement_timeout: 5 } })"],
  ["import { DataSource } from 'typeorm'", "new DataSource({ type: 'postgres' })", "new DataSource({ type: 'postgres', connectTimeoutMS: 5 })"],
  ["import { Client } from '@elastic/elasticsearch'", 'new Client({ node })', 'new Client({ node, requestTimeout: 5 })'],
  ["import sql from 'mssql'", 'sql.connect({ server })', 'sql.connect({ server, requestTimeout: 5 })'],
  ["import { Client } from 'cassandra-driver'", 'new Client({ contactPoints })', 'new Client({ contactPoints, socketOptions: { readTimeout: 5 } })'],
  ["import { createClient } from '@clickhouse/client'", 'createClient({ url })', 'createClient({ url, request_timeout: 5 })'],
  ["import ldap from 'ldapjs'", 'ldap.createClient({ url })', 'ldap.createClient({ url, timeout: 5 })'],
  ["import { WebClient } from '@slack/web-api'", 'new WebClient(token)', 'new WebClient(token, { timeout: 5 })'],
  ["import { JsonRpcProvider } from 'ethers'", "new JsonRpcProvider('https://node')", "new JsonRpcProvider({ url, timeout: 5 })"],
  ["import { providers } from 'ethers'", "new providers.JsonRpcProvider('https://node')", 'new providers.JsonRpcProvider({ url, timeout: 5 })'],
  ["import { ImapFlow } from 'imapflow'", 'new ImapFlow({ host })', 'new ImapFlow({ host, socketTimeout: 5 })'],
  ["import httpProxy from 'http-proxy'", 'httpProxy.createProxyServer({ target })', 'httpProxy.createProxyServer({ target, proxyTimeout: 5 })'],
  ["import twilio from 'twilio'", 'twilio(id, token)', 'twilio(id, token, { timeout: 5 })'],
  ["import { Client } from '@notionhq/client'", 'new Client({ auth })', 'new Client({ auth, timeoutMs: 5 })'],
  ["import OpenAI from 'openai'", 'new OpenAI()', 'new OpenAI({ timeout: 5 })'],
  ["import Anthropic from '@anthropic-ai/sdk'", 'new Anthropic()', 'new Anthropic({ timeout: 5 })'],
  ["import Stripe from 'stripe'", 'new Stripe(key)', 'new Stripe(key, { timeout: 5 })'],
  ["import { Client } from '@grpc/grpc-js'", 'new Client(url).makeUnaryRequest(path, write, read, {})', 'new Client(url).makeUnaryRequest(path, write, read, {}, { deadline: 5 })'],
  ["import { Storage } from '@google-cloud/storage'", 'new Storage()', 'new Storage({ timeout: 5 })'],
  ["import { Kafka } from 'kafkajs'", 'new Kafka({ brokers })', 'new Kafka({ brokers, requestTimeout: 5 })'],
  ["import amqp from 'amqplib'", "amqp.connect('amqp://broker')", "amqp.connect('amqp://broker', { timeout: 5 })"],
  ["import nodemailer from 'nodemailer'", 'nodemailer.createTransport({ host })', 'nodemailer.createTransport({ host, socketTimeout: 5 })'],
  ["import { S3Client } from '@aws-sdk/client-s3'", 'new S3Client({ region })', 'new S3Client({ region, requestHandler: { socketTimeout: 5 } })'],
]

const program = (imports: string, call: string): string => `${imports}\nexport const f = async (url) => { await ${call} }`
const reports = (code: string): number => lint(requireTimeout, code, { options: { report: 'possible', maxMs: 1 } }).length

it.each(twins)('%s: %s is reported, %s is not', (imports, without, within) => {
  expect([reports(program(imports, without)), reports(program(imports, within))]).toEqual([1, 0])
})

/** What the analysis says of the last call of a program, in a project that asks for a version of a package. */
function verdictIn(code: string, dependencies: Record<string, string>): { kind: string; client: string; default: TimeLimitFact['default'] } | undefined {
  const cwd = mkdtempSync(join(tmpdir(), 'limits-'))
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ name: 'x', dependencies }))
  return analyse(code, (sourceCode) => {
    const limits = timeLimitsOf(sourceCode, { filename: join(cwd, 'src/a.ts'), cwd })
    let last: TimeLimit | null = null
    walk(sourceCode.ast, sourceCode.visitorKeys, (node) => {
      if (node.type === 'CallExpression' || node.type === 'NewExpression') last = limits.of(node) ?? last
    })
    const found = last as TimeLimit | null
    return found ? { kind: found.kind, client: found.fact.client, default: found.fact.default } : undefined
  })
}

/** By version: the call, then what is asked for and what is said of it. Where nothing is asked for, the newest counts. */
const versions: readonly (readonly [code: string, name: string, said: readonly (readonly [range: string | null, expected: object])[]])[] = [
  ["import fetch from 'node-fetch'; fetch(url, { timeout: 5 })", 'node-fetch', [
    [null, { kind: 'limited' }],
    ['^2.6.0', { kind: 'limited' }],
    ['^3.0.0', { kind: 'unlimited', client: 'node-fetch 3' }],
  ]],
  ["import axios from 'axios'; axios.get(url, { signal })", 'axios', [
    [null, { kind: 'limited' }],
    ['^1.2.0', { kind: 'limited' }],
    ['^0.21.4', { kind: 'unlimited' }],
    ['~0.22.0', { kind: 'limited' }],
    ['*', { kind: 'limited' }],
  ]],
  ["import axios from 'axios'; axios({ url, signal })", 'axios', [['^0.21.4', { kind: 'unlimited' }], ['1', { kind: 'limited' }]]],
  ["import axios from 'axios'; axios.request({ url, signal })", 'axios', [['^0.21.4', { kind: 'unlimited' }], ['1', { kind: 'limited' }]]],
  ["import axios from 'axios'; axios.put(url, body, { signal })", 'axios', [['^0.21.4', { kind: 'unlimited' }], ['1', { kind: 'limited' }]]],
  ["import { createClient } from 'redis'; createClient({ url })", 'redis', [
    [null, { client: 'redis', default: { ms: 5000, covers: 'total' } }],
    ['^4.6.0 || ^6.0.0', { client: 'redis' }],
    ['^4.6.0', { client: 'redis (before version 6)', default: { ms: 5000, covers: 'connect' } }],
  ]],
  ["import { Client } from '@elastic/elasticsearch'; new Client({ node })", '@elastic/elasticsearch', [
    [null, { client: 'Elasticsearch', default: { ms: 30_000, covers: 'connect' } }],
    ['^8.0.0', { client: 'Elasticsearch (before version 9)', default: { ms: 30_000, covers: 'total' } }],
  ]],
]

it.each(versions.flatMap(([code, name, said]) => said.map(([range, expected]) => [code, name, range, expected] as const)))(
  '%s with %s %s',
  (code, name, range, expected) => {
    expect(verdictIn(code, range === null ? {} : { [name]: range })).toMatchObject(expected)
  },
)

it('leaves a path of the project alone that has the form of a package', () => {
  const code = "import fetch from '@server/utils/fetch'; fetch(url)"
  expect([verdictIn(code, {})?.kind, verdictIn(code, { '@server/utils': '1' })?.kind]).toEqual([undefined, 'unlimited'])
})

const nowhere = { filename: '/nowhere/file.ts', cwd: '/nowhere' }

/** The facts behind the calls of a program. */
function factsIn(code: string): TimeLimitFact[] {
  return analyse(code, (sourceCode) => {
    const found: TimeLimitFact[] = []
    walk(sourceCode.ast, sourceCode.visitorKeys, (node) => {
      if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return
      const fact = clientCallOf(node, sourceCode, nowhere)?.fact
      if (fact) found.push(fact)
    })
    return found
  })
}

it('has a twin for every entry', () => {
  const met = new Set(twins.flatMap(([imports, without]) => factsIn(program(imports, without))))
  const said = new Set(versions.map(([, name]) => name))
  const missing = [...timeLimits, awsClients.fact].filter((fact) => !(fact.range ? [fact.module].flat().some((name) => said.has(name)) : met.has(fact)))
  expect(missing.map(({ module, member }) => `${String(module)} ${String(member)}`)).toEqual([])
})

it('names a source, versions and what happens for every entry', () => {
  for (const fact of [...timeLimits, awsClients.fact]) {
    expect(fact.source).toMatch(/^https:\/\//)
    expect(fact.versions).not.toBe('')
    expect(fact.onLimit).not.toBe('')
    expect(fact.default?.ms ?? 1).toBeGreaterThan(0)
  }
})

it('names every API once', () => {
  const names = timeLimits.filter(({ range }) => !range).flatMap(({ module, member }) => [module].flat().flatMap((each) => [member].flat().map((path) => `${each} ${path}`)))
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})
