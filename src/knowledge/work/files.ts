/** Files and what is read from and written to them. */
import type { WorkFact } from '../facts.ts'

const NODE = 'https://nodejs.org/api/fs.html'
const EXTRA = 'https://github.com/jprichardson/node-fs-extra#methods'
const DENO = 'https://docs.deno.com/api/deno/file-system'
const VSCODE = 'https://code.visualstudio.com/api/references/vscode-api#FileSystem'
const TAURI = 'https://v2.tauri.app/reference/javascript/fs/'

const reads = ['access', 'exists', 'glob', 'lstat', 'opendir', 'readFile', 'readdir', 'readlink', 'realpath', 'stat', 'statfs']
const writes = [
  'appendFile', 'chmod', 'chown', 'copyFile', 'cp', 'lchmod', 'lchown', 'link', 'lutimes', 'mkdir', 'mkdtemp', 'open', 'rename', 'rm',
  'rmdir', 'symlink', 'truncate', 'unlink', 'utimes', 'writeFile',
]

/** The functions of `node:fs` by name, for an object that goes by the name of `fs` and comes from another file. https://nodejs.org/api/fs.html */
export const fileMethods: ReadonlyMap<string, 'read' | 'write'> = new Map([
  ...reads.map((name) => [name, 'read'] as const),
  ...writes.map((name) => [name, 'write'] as const),
])

/**
 * Those whose name says it without an object, for a module that gives them again as promises (`import { lstat } from
 * 'fs-extra-p'`). Others (`open`, `link`, `access`, `stat`) name much else.
 */
export const telltaleFileMethods: ReadonlySet<string> = new Set(['chmod', 'chown', 'lstat', 'mkdtemp', 'readdir', 'readlink', 'realpath', 'symlink', 'utimes'])

const nodeFiles = ['node:fs', 'node:fs/promises']
const extended = ['fs-extra', 'graceful-fs']

/** Opening a file to read or write it bit by bit: it stays open until the last bit. Counts where many are opened at once. */
export const openingFacts: readonly WorkFact[] = [
  { module: [...nodeFiles, ...extended], member: 'createReadStream', work: 'file', access: 'read', source: 'https://nodejs.org/api/fs.html#fscreatereadstreampath-options' },
  { module: [...nodeFiles, ...extended], member: 'createWriteStream', work: 'file', access: 'write', source: 'https://nodejs.org/api/fs.html#fscreatewritestreampath-options' },
]

export const fileFacts: readonly WorkFact[] = [
  { module: nodeFiles, member: reads, work: 'file', access: 'read', source: NODE },
  { module: nodeFiles, member: writes, work: 'file', access: 'write', source: NODE },
  // One open file has one position.
  { module: 'node:fs/promises', member: ['open().read', 'open().write', 'open().appendFile', 'open().writeFile', 'open().readv', 'open().writev'], work: 'file', access: 'ordered', source: 'https://nodejs.org/api/fs.html#class-filehandle' },
  { module: 'node:fs', member: ['createWriteStream().write', 'createWriteStream().end'], work: 'file', access: 'ordered', source: 'https://nodejs.org/api/stream.html#writablewritechunk-encoding-callback' },
  { module: ['node:stream', 'node:http', 'node:net', 'node:tls'], member: ['*().write', '*().end'], work: 'network', access: 'ordered', source: 'https://nodejs.org/api/stream.html#writablewritechunk-encoding-callback' },
  { module: extended, member: reads, work: 'file', access: 'read', source: EXTRA },
  { module: extended, member: writes, work: 'file', access: 'write', source: EXTRA },
  { module: 'fs-extra', member: ['pathExists', 'readJson', 'readJSON'], work: 'file', access: 'read', source: EXTRA },
  { module: 'fs-extra', member: ['copy', 'emptyDir', 'ensureDir', 'ensureFile', 'mkdirp', 'mkdirs', 'move', 'outputFile', 'outputJson', 'remove', 'writeJson', 'writeJSON'], work: 'file', access: 'write', source: EXTRA },
  { module: ['fast-glob', 'glob', 'globby', 'tinyglobby'], member: ['', 'async', 'glob', 'globby'], work: 'file', access: 'read', source: 'https://github.com/sindresorhus/globby#api' },
  { module: ['mkdirp', 'rimraf', 'del', 'cpy', 'make-dir', 'write-file-atomic', 'trash'], member: ['', 'mkdirp', 'rimraf', 'deleteAsync', 'makeDirectory'], work: 'file', access: 'write', source: 'https://github.com/isaacs/rimraf#api' },
  { module: ['load-json-file', 'path-exists', 'read-pkg', 'read-pkg-up', 'read-package-up', 'read-yaml-file'], member: ['', 'loadJsonFile', 'pathExists', 'readPackage', 'readPackageUp', 'readYamlFile'], work: 'file', access: 'read', source: 'https://github.com/sindresorhus/load-json-file#api' },
  { module: ['copy-file', 'cp-file', 'move-file', 'write-json-file', 'write-pkg'], member: ['', 'copyFile', 'moveFile', 'writeJsonFile', 'writePackage'], work: 'file', access: 'write', source: 'https://github.com/sindresorhus/copy-file#api' },
  { module: 'jsonfile', member: 'readFile', work: 'file', access: 'read', source: 'https://github.com/jprichardson/node-jsonfile#api' },
  { module: 'jsonfile', member: 'writeFile', work: 'file', access: 'write', source: 'https://github.com/jprichardson/node-jsonfile#api' },
  { module: 'globalThis', member: ['lstat', 'readDir', 'readFile', 'readLink', 'readTextFile', 'realPath', 'stat'].map((name) => `Deno.${name}`), work: 'file', access: 'read', source: DENO },
  { module: 'globalThis', member: ['chmod', 'copyFile', 'link', 'makeTempDir', 'makeTempFile', 'mkdir', 'open', 'remove', 'rename', 'symlink', 'truncate', 'writeFile', 'writeTextFile'].map((name) => `Deno.${name}`), work: 'file', access: 'write', source: DENO },
  { module: 'globalThis', member: ['arrayBuffer', 'bytes', 'exists', 'json', 'stat', 'text'].map((name) => `Bun.file().${name}`), work: 'file', access: 'read', source: 'https://bun.com/docs/api/file-io' },
  { module: 'globalThis', member: 'Bun.write', work: 'file', access: 'write', source: 'https://bun.com/docs/api/file-io' },
  { module: 'vscode', member: ['readDirectory', 'readFile', 'stat'].map((name) => `workspace.fs.${name}`), work: 'file', access: 'read', source: VSCODE },
  { module: 'vscode', member: ['copy', 'createDirectory', 'delete', 'rename', 'writeFile'].map((name) => `workspace.fs.${name}`), work: 'file', access: 'write', source: VSCODE },
  { module: 'vscode', member: ['workspace.findFiles', 'workspace.openTextDocument'], work: 'file', access: 'read', source: VSCODE },
  { module: ['@tauri-apps/plugin-fs', '@tauri-apps/api/fs'], member: ['exists', 'lstat', 'readDir', 'readFile', 'readTextFile', 'stat'], work: 'file', access: 'read', source: TAURI },
  { module: ['@tauri-apps/plugin-fs', '@tauri-apps/api/fs'], member: ['copyFile', 'create', 'mkdir', 'remove', 'rename', 'writeFile', 'writeTextFile'], work: 'file', access: 'write', source: TAURI },
  // One archive takes its entries in turn. https://www.archiverjs.com/docs/archiver
  { module: 'archiver', member: ['().append', '().file', '().directory', '().finalize'], work: 'file', access: 'ordered', source: 'https://www.archiverjs.com/docs/archiver' },
  { module: 'tar-stream', member: 'pack().entry', work: 'file', access: 'ordered', source: 'https://github.com/mafintosh/tar-stream#packing' },
]
