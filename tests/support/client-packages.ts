/** The clients of the time-limit tables, installed once per list of versions under `node_modules/.cache`. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Versions that the facts were read from. */
const packages = [
  'undici@7', 'node-fetch@3', 'axios@1', 'got@14', 'ky@1', 'superagent@10', 'needle@3', 'request@2', 'ofetch@1', 'ws@8', 'pg@8', 'mysql2@3', 'mongodb@7',
  'ioredis@6', 'redis@6', 'knex@3', 'sequelize@6', 'postgres@3', 'openai@6', '@anthropic-ai/sdk@1', 'stripe@23', 'kafkajs@2', 'amqplib@2', 'nodemailer@10',
  '@elastic/elasticsearch@9', '@aws-sdk/client-s3@3', '@google-cloud/storage@7', '@grpc/grpc-js@1', 'graphql-request@7',
  'phin@3', 'bent@7', 'gaxios@7', '@apollo/client@3', 'graphql@16', '@nestjs/axios@4', 'tedious@19', 'cassandra-driver@4', '@clickhouse/client@1', 'ldapjs@3', '@slack/web-api@7', 'ethers@6',
  'imapflow@1', 'http-proxy@1', 'twilio@5', '@notionhq/client@5',
]

/** The folder in whose `node_modules` they lie. */
export function clientPackages(): string {
  const key = createHash('sha256').update(packages.join(' ')).digest('hex').slice(0, 12)
  const folder = resolve(import.meta.dirname, '../../node_modules/.cache/bounded-clients', key)
  if (existsSync(join(folder, 'complete'))) return folder
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  const { status, stderr } = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps', ...packages], {
    cwd: folder,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`npm install ended with ${status}: ${stderr}`)
  writeFileSync(join(folder, 'complete'), '')
  return folder
}
