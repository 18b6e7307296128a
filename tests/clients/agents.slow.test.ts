/** ESLint's MCP server: the messages that an agent reads name the problem, the remedy and the rewritten text. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { sandbox, type Sandbox } from '../support/sandbox.ts'

let box: Sandbox

beforeAll(() => {
  box = sandbox({
    'package.json': '{"private": true, "type": "module"}',
    'eslint.config.js': "import bounded from 'eslint-plugin-bounded'\nexport default [bounded.configs.recommended]\n",
    'clear.js': `import { writeFile } from 'node:fs/promises'

export const clear = (files) => Promise.all(files.map((file) => writeFile(file, '')))
`,
  })
  box.must('npm', 'install', inject('tarball'))
  box.must('npm', 'install', '--save-dev', 'eslint@10', '@eslint/mcp@0.3')
})
afterAll(() => box.remove())

/** Sends requests over standard input, a line each, and gives the results by id. */
async function ask(requests: readonly object[]): Promise<Map<number, unknown>> {
  const child = spawn(process.execPath, [join(box.folder, 'node_modules/@eslint/mcp/src/mcp-cli.js')], {
    cwd: box.folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const answers = new Map<number, unknown>()
  for (const request of requests) child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...request })}\n`)
  const awaited = requests.filter((request) => 'id' in request).length
  for await (const line of createInterface({ input: child.stdout })) {
    const { id, result } = JSON.parse(line) as { id?: number; result?: unknown }
    if (id !== undefined) answers.set(id, result)
    if (answers.size === awaited) break
  }
  child.kill()
  return answers
}

it('tells an agent what is wrong, what to do, and how the code would read', async () => {
  const answers = await ask([
    { id: 1, method: 'initialize', params: { protocolVersion: '2025-03-26', capabilities: {}, clientInfo: { name: 'test', version: '1' } } },
    { method: 'notifications/initialized' },
    { id: 2, method: 'tools/call', params: { name: 'lint-files', arguments: { filePaths: [join(box.folder, 'clear.js')] } } },
  ])
  const text = JSON.stringify(answers.get(2))
  expect(text).toContain('bounded/no-unbounded-promise-all')
  expect(text).toContain('`files`')
  expect(text).toContain('mapBounded(files')
})
