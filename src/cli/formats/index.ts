import type { Report } from '../findings.ts'
import { html } from './html.ts'
import { json } from './json.ts'
import { sarif } from './sarif.ts'
import { stylish } from './stylish.ts'

export type Format = (report: Report, how: { readonly color: boolean }) => string

export const formats = { stylish, json, sarif, html } satisfies Record<string, Format>
