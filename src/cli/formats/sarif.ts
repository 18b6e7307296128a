import { isAbsolute, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ArtifactLocation, Log, ReportingDescriptor, Result } from 'sarif'
import plugin from '../../index.ts'
import { groupBy, type Finding } from '../findings.ts'
import type { Format } from './index.ts'

/** SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export const sarif: Format = ({ findings, cwd, version }) => {
  const rules = [...groupBy(findings, ({ rule }) => rule).keys()].sort()
  const log: Log = {
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [
      {
        tool: { driver: { name: 'eslint-plugin-bounded', version, rules: rules.map(describeRule) } },
        originalUriBaseIds: { PROJECT: { uri: `${pathToFileURL(cwd).href}/` } },
        results: findings.map((finding) => resultOf(finding, rules.indexOf(finding.rule), cwd)),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

function describeRule(id: string): ReportingDescriptor {
  const docs = (plugin.rules[id]?.meta as { docs?: { description?: string; url?: string } } | undefined)?.docs
  return {
    id: id === 'parse' ? id : `bounded/${id}`,
    shortDescription: { text: docs?.description ?? 'The file does not parse.' },
    ...(docs?.url && { helpUri: docs.url }),
  }
}

function resultOf(finding: Finding, ruleIndex: number, cwd: string): Result {
  return {
    ruleId: finding.rule === 'parse' ? 'parse' : `bounded/${finding.rule}`,
    ruleIndex,
    level: finding.severity,
    message: { text: finding.message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: placeOf(finding.file, cwd),
          region: {
            startLine: finding.line,
            startColumn: finding.column,
            endLine: finding.endLine,
            endColumn: finding.endColumn,
          },
        },
      },
    ],
  }
}

/** Relative to the project, which is what code scanning looks up; a file outside it has no place there. */
function placeOf(file: string, cwd: string): ArtifactLocation {
  const way = relative(cwd, file).replaceAll('\\', '/')
  if (way.startsWith('../') || isAbsolute(way)) return { uri: pathToFileURL(file).href }
  return { uri: way.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'PROJECT' }
}
