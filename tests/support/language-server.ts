/** A small editor: drives a lint language server over stdio, shows its diagnostics and applies its actions to a buffer. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import type { CodeAction, Command, Diagnostic, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types'

export interface Editor {
  readonly diagnostics: readonly Diagnostic[]
  /** The actions of one diagnostic. The ESLint server keys its pending edits by rule, so each is asked on its own. */
  actionsOf(diagnostic: Diagnostic): Promise<CodeAction[]>
  /** Applies an action and gives the text of the buffer, which goes back to what it was. */
  apply(action: CodeAction): Promise<string>
  /** What "fix all on save" makes of the buffer. */
  fixAll(): Promise<string>
  close(): Promise<void>
}

/** Each server's command, settings and kind of fix-all. */
const profiles = {
  eslint: {
    command: ['node_modules/.bin/vscode-eslint-language-server', '--stdio'],
    fixAll: 'source.fixAll.eslint',
    // The server has no defaults of its own: every field that it reads.
    settings: {
      validate: 'on', packageManager: 'npm', useESLintClass: true, useFlatConfig: true, useRealpaths: false, experimental: {},
      codeAction: {
        disableRuleComment: { enable: true, location: 'separateLine', commentStyle: 'line' },
        showDocumentation: { enable: true },
      },
      codeActionOnSave: { mode: 'all' }, format: false, quiet: false, bulkSuppression: { enable: false }, onIgnoredFiles: 'off',
      options: {}, rulesCustomizations: [], run: 'onType', problems: { shortenToSingleLine: false }, nodePath: null,
      workingDirectory: { mode: 'location' },
    },
  },
  oxlint: { command: ['node_modules/.bin/oxlint', '--lsp'], fixAll: 'source.fixAll.oxc', settings: { run: 'onType' } },
} as const

export async function openInEditor(server: keyof typeof profiles, folder: string, path: string): Promise<Editor> {
  const { command, fixAll, settings } = profiles[server]
  const uri = pathToFileURL(join(folder, path)).href
  const rootUri = pathToFileURL(folder).href
  const workspaceFolder = { uri: rootUri, name: basename(folder) }
  const original = readFileSync(join(folder, path), 'utf8')
  let text = original

  const child = spawn(join(folder, command[0]), command.slice(1), { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] })
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin))
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
    items.map(() => ({ ...settings, workspaceFolder })),
  )
  connection.onRequest('workspace/workspaceFolders', () => [workspaceFolder])
  connection.onRequest('workspace/applyEdit', ({ edit }: { edit: WorkspaceEdit }) => {
    text = applied(text, edit, uri)
    return { applied: true }
  })
  connection.onRequest(() => null)
  connection.listen()

  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri,
    workspaceFolders: [workspaceFolder],
    initializationOptions: server === 'oxlint' ? [{ workspaceUri: rootUri, options: settings }] : undefined,
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true, applyEdit: true, workspaceEdit: { documentChanges: true }, diagnostics: { refreshSupport: true } },
      textDocument: {
        publishDiagnostics: { codeDescriptionSupport: true, dataSupport: true },
        diagnostic: { dynamicRegistration: true },
        codeAction: {
          isPreferredSupport: true,
          dataSupport: true,
          resolveSupport: { properties: ['edit'] },
          codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'source', 'source.fixAll', fixAll] } },
        },
      },
    },
  })
  await connection.sendNotification('initialized', {})
  const languageId = path.endsWith('.ts') ? 'typescript' : 'javascript'
  await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } })
  const pulled = await connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } })

  const actions = (range: Diagnostic['range'], diagnostics: readonly Diagnostic[], only?: string[]): Promise<CodeAction[] | null> =>
    connection.sendRequest('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics, only, triggerKind: 1 } })

  const perform = async (action: CodeAction): Promise<void> => {
    const whole =
      action.edit || action.command || action.data === undefined
        ? action
        : await connection.sendRequest<CodeAction>('codeAction/resolve', action)
    if (whole.edit) text = applied(text, whole.edit, uri)
    const next = whole.command as Command | string | undefined
    if (next === undefined) return
    const { command: name, arguments: args } = typeof next === 'string' ? (whole as unknown as Command) : next
    await connection.sendRequest('workspace/executeCommand', { command: name, arguments: args })
  }

  const result = async (list: readonly CodeAction[]): Promise<string> => {
    for (const action of list) await perform(action)
    const changed = text
    text = original
    return changed
  }

  return {
    diagnostics: pulled.items,
    actionsOf: async (diagnostic) => (await actions(diagnostic.range, [diagnostic])) ?? [],
    apply: (action) => result([action]),
    async fixAll() {
      const everything = { start: { line: 0, character: 0 }, end: { line: 1_000_000, character: 0 } }
      return result((await actions(everything, pulled.items, [fixAll])) ?? [])
    },
    async close() {
      await connection.sendRequest('shutdown')
      await connection.sendNotification('exit')
      connection.dispose()
      child.kill()
    },
  }
}

function applied(text: string, edit: WorkspaceEdit, uri: string): string {
  const edits: TextEdit[] = [...(edit.changes?.[uri] ?? [])]
  for (const change of edit.documentChanges ?? []) {
    if ('textDocument' in change && change.textDocument.uri === uri) edits.push(...(change.edits as TextEdit[]))
  }
  return TextDocument.applyEdits(TextDocument.create(uri, '', 1, text), edits)
}
