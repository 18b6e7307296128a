#!/usr/bin/env node
import { run } from './run.ts'

declare const __VERSION__: string

process.exitCode = await run(process.argv.slice(2), {
  cwd: process.cwd(),
  version: __VERSION__,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
})
