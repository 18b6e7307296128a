/** Runs one program of a scenario in this fresh process: `child.mjs check|measure PROGRAM LOAD ENVIRONMENT`. Prints JSON. */
import { pathToFileURL } from 'node:url'
import type { Environment, Load } from './scenario.ts'

const [mode, program, load, environment] = process.argv.slice(2) as ['check' | 'measure', string, string, string]
const subject = (await import(pathToFileURL(program).href)) as unknown
const { default: driver } = (await import(pathToFileURL(load).href)) as { default: Load<unknown> }
const answer = await driver[mode](subject, JSON.parse(environment) as Environment)
process.stdout.write(`\n${JSON.stringify(answer)}\n`)
process.exit(0)
