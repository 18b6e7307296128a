/** Calls that do work outside the process, and how they may be repeated. See `facts.ts` for the form. */
import type { WorkFact } from './facts.ts'

const fsReads = [
  'access', 'readFile', 'readdir', 'stat', 'lstat', 'readlink', 'realpath', 'statfs', 'opendir', 'exists', 'glob',
]
const fsWrites = [
  'appendFile', 'chmod', 'chown', 'copyFile', 'cp', 'lchmod', 'lchown', 'link', 'lutimes', 'mkdir', 'mkdtemp', 'open',
  'rename', 'rm', 'rmdir', 'symlink', 'truncate', 'unlink', 'utimes', 'writeFile',
]
const httpMethods = ['get', 'head', 'options', 'delete', 'patch', 'post', 'put', 'request'] as const
const httpReads = httpMethods.slice(0, 3)
const httpWrites = httpMethods.slice(3)

export const workFacts: readonly WorkFact[] = [
  // Files
  { module: ['node:fs', 'node:fs/promises'], member: fsReads, work: 'file', access: 'read', source: 'https://nodejs.org/api/fs.html' },
  { module: ['node:fs', 'node:fs/promises'], member: fsWrites, work: 'file', access: 'write', source: 'https://nodejs.org/api/fs.html' },
  { module: ['fs-extra', 'graceful-fs'], member: fsReads, work: 'file', access: 'read', source: 'https://github.com/jprichardson/node-fs-extra#methods' },
  { module: ['fs-extra', 'graceful-fs'], member: fsWrites, work: 'file', access: 'write', source: 'https://github.com/jprichardson/node-fs-extra#methods' },
  { module: 'fs-extra', member: ['pathExists', 'readJson', 'readJSON'], work: 'file', access: 'read', source: 'https://github.com/jprichardson/node-fs-extra#methods' },
  { module: 'fs-extra', member: ['copy', 'emptyDir', 'ensureDir', 'ensureFile', 'mkdirp', 'mkdirs', 'move', 'outputFile', 'outputJson', 'remove', 'writeJson', 'writeJSON'], work: 'file', access: 'write', source: 'https://github.com/jprichardson/node-fs-extra#methods' },
  // Network
  { module: 'globalThis', member: 'fetch', work: 'network', access: 'read', source: 'https://developer.mozilla.org/docs/Web/API/Window/fetch' },
  { module: ['node-fetch', 'cross-fetch', 'isomorphic-fetch', 'undici', 'make-fetch-happen'], member: ['', 'fetch', 'request'], work: 'network', access: 'read', source: 'https://github.com/node-fetch/node-fetch#api' },
  { module: ['axios', 'got', 'ky', 'superagent', 'needle'], member: ['', ...httpReads], work: 'network', access: 'read', source: 'https://axios-http.com/docs/api_intro' },
  { module: ['axios', 'got', 'ky', 'superagent', 'needle'], member: httpWrites, work: 'network', access: 'write', source: 'https://axios-http.com/docs/api_intro' },
  { module: ['axios', 'ky'], member: ['create()()', ...httpReads.map((method) => `create().${method}`)], work: 'network', access: 'read', source: 'https://axios-http.com/docs/instance' },
  { module: ['axios', 'ky'], member: httpWrites.map((method) => `create().${method}`), work: 'network', access: 'write', source: 'https://axios-http.com/docs/instance' },
  // Processes
  { module: 'node:child_process', member: ['exec', 'execFile', 'fork', 'spawn'], work: 'process', access: 'write', source: 'https://nodejs.org/api/child_process.html' },
  { module: 'execa', member: ['', 'execa', '$', 'execaCommand', 'execaNode'], work: 'process', access: 'write', source: 'https://github.com/sindresorhus/execa/blob/main/docs/api.md' },
]
