import rule from '../../rules/no-ignored-backpressure.ts'
import { run } from '../support/rule-tester.ts'

run('js', 'loops', rule, {
  valid: [
    {
      name: 'the answer is looked at',
      code: `
        import { createWriteStream } from 'node:fs'
        import { once } from 'node:events'
        export async function save(rows, path) {
          const file = createWriteStream(path)
          for await (const row of rows) if (!file.write(row.text)) await once(file, 'drain')
          file.end()
        }
      `,
    },
    {
      name: 'the callback is waited for',
      code: `
        import { createWriteStream } from 'node:fs'
        export async function save(rows, path) {
          const file = createWriteStream(path)
          for await (const row of rows) await new Promise((resolve) => file.write(row.text, resolve))
        }
      `,
    },
    {
      name: 'the list is in memory already',
      code: `
        import { createWriteStream } from 'node:fs'
        export function save(rows, path) {
          const file = createWriteStream(path)
          for (const row of rows) file.write(row.text)
          file.end()
        }
      `,
    },
    {
      name: 'a writer that is awaited',
      code: 'export async function save(rows, writer) { for await (const row of rows) await writer.write(row); writer.end() }',
    },
    {
      name: 'the terminal',
      code: 'export async function show(rows) { for await (const row of rows) process.stdout.write(row) }',
    },
    {
      name: 'an object that is no stream as far as the file shows',
      code: 'export async function show(rows, printer) { for await (const row of rows) printer.write(row) }',
    },
    {
      name: 'a command',
      code: `#!/usr/bin/env node
import { createWriteStream } from 'node:fs'
const file = createWriteStream('out')
for await (const row of rows) file.write(row.text)
`,
    },
  ],
  invalid: [
    {
      name: 'a file',
      code: `
import { createWriteStream } from 'node:fs'
export async function save(rows, path) {
  const file = createWriteStream(path)
  for await (const row of rows) file.write(row.text)
  file.end()
}
`,
      errors: [
        {
          messageId: 'ignoredInLoop',
          data: { stream: 'file', method: 'write' },
          line: 5,
          suggestions: [
            {
              messageId: 'waitForDrain',
              data: { stream: 'file' },
              output: `
import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
export async function save(rows, path) {
  const file = createWriteStream(path)
  for await (const row of rows) if (!file.write(row.text)) await once(file, 'drain')
  file.end()
}
`,
            },
          ],
        },
      ],
    },
    {
      name: 'pieces copied as they are',
      code: `
import { createServer } from 'node:http'
createServer(async (req, res) => {
  res.writeHead(200)
  for await (const chunk of body(req)) {
    res.write(chunk)
  }
  res.end()
})
`,
      errors: [
        {
          messageId: 'ignoredInLoop',
          suggestions: [
            {
              messageId: 'usePipeline',
              output: `
import { createServer } from 'node:http'
import { pipeline } from 'node:stream/promises'
createServer(async (req, res) => {
  res.writeHead(200)
  await pipeline(body(req), res, { end: false })
  res.end()
})
`,
            },
          ],
        },
      ],
    },
    {
      name: 'a reader, once per loop',
      code: `
        export async function copy(reader, res) {
          res.setHeader('x', 'y')
          while (true) {
            const { value, done } = await reader.read()
            if (done) break
            res.write(value)
            res.write(value.tail)
          }
          res.end()
        }
      `,
      errors: [{ messageId: 'ignoredInLoop', line: 7 }],
    },
    {
      name: 'a web socket',
      code: `
        import { WebSocketServer } from 'ws'
        const server = new WebSocketServer({ port: 1 })
        server.on('connection', async (socket) => {
          for await (const frame of frames()) socket.send(frame)
        })
      `,
      errors: [{ messageId: 'ignoredSend', data: { stream: 'socket' } }],
    },
  ],
})

run('js', 'listeners and transforms', rule, {
  valid: [
    "source.on('data', (chunk) => { if (!file.write(chunk)) source.pause() }); file.on('drain', () => source.resume()); file.end()",
    "import { connect } from 'node:net'; const socket = connect(1); socket.on('data', (line) => { socket.write(answer(line)) })",
    "import { connect } from 'node:net'; const socket = connect(1); source.on('data', () => { socket.write(name) })",
    "import { Hash } from './hash.js'; const hash = new Hash(); source.on('data', (chunk) => { hash.write(chunk) })",
    "import { connect } from 'node:net'; const socket = connect(1); emitter.on('message', (message) => { socket.write(message) })",
    // Nothing can hold these events back: `no-unbounded-queue` reports it.
    "import { SerialPort } from 'serialport'; const port = new SerialPort({ path: 'x' }); emitter.on('message', (message) => port.write(message))",
    'export class Both extends Transform { _write(chunk, encoding, done) { this.target.write(chunk, encoding, done) } open() { this.target.pipe(x) } }',
  ],
  invalid: [
    {
      code: "import { connect } from 'node:net'; const socket = connect(1); source.on('data', (chunk) => { socket.write(chunk) })",
      errors: [{ messageId: 'ignoredInListener', data: { source: 'data', stream: 'socket' } }],
    },
    {
      code: "export class Both extends Transform { _transform(chunk, encoding, done) { this.target.write(chunk); done() } open() { this.target.on('error', done); this.target.pipe(x) } }",
      errors: [{ messageId: 'ignoredInTransform', data: { source: '_transform', stream: 'this.target', method: 'write' } }],
    },
  ],
})

run('js', 'pipes', rule, {
  valid: [
    "import { createReadStream } from 'node:fs'; import { pipeline } from 'node:stream'; export const send = (path, res) => pipeline(createReadStream(path), res, log)",
    "import { createReadStream } from 'node:fs'; export function send(path, res) { const file = createReadStream(path); file.on('error', next); file.pipe(res) }",
    "import { createReadStream } from 'node:fs'; export function send(path, res) { const file = createReadStream(path); watch(file); file.pipe(res) }",
    'export function send(source, res) { source.pipe(res) }',
    "import { mergeMap } from 'rxjs'; source.pipe(mergeMap(f))",
  ],
  invalid: [
    {
      code: "import { createReadStream } from 'node:fs'\nexport function send(path, res) {\n  createReadStream(path).pipe(res)\n}",
      errors: [
        {
          messageId: 'unheardPipe',
          data: { stream: 'createReadStream(path)' },
          suggestions: [
            {
              messageId: 'usePipeline',
              output:
                "import { createReadStream } from 'node:fs'\nimport { pipeline } from 'node:stream'\nexport function send(path, res) {\n  pipeline(createReadStream(path), res, (error) => {\n    if (error) console.error(error)\n  })\n}",
            },
          ],
        },
      ],
    },
    {
      name: 'only the last stream of the chain is heard',
      code: "import { createReadStream } from 'node:fs'; export function send(path, res) { createReadStream(path).pipe(res).on('error', log) }",
      errors: [{ messageId: 'unheardPipe' }],
    },
    {
      name: 'a chain in an asynchronous function',
      code: "import { createReadStream } from 'node:fs'; export async function send(path, out) { createReadStream(path).pipe(parse()).pipe(out) }",
      errors: [
        {
          messageId: 'unheardPipe',
          suggestions: [
            {
              messageId: 'usePipeline',
              output:
                "import { createReadStream } from 'node:fs';\nimport { pipeline } from 'node:stream/promises'; export async function send(path, out) { await pipeline(createReadStream(path), parse(), out) }",
            },
          ],
        },
      ],
    },
    {
      name: 'a name that nobody listens to',
      code: "import { createReadStream } from 'node:fs'; export function send(path, res) { const file = createReadStream(path); file.on('end', done); file.pipe(res) }",
      errors: [{ messageId: 'unheardPipe', suggestions: [{ messageId: 'usePipeline', output: "import { createReadStream } from 'node:fs';\nimport { pipeline } from 'node:stream'; export function send(path, res) { const file = createReadStream(path); file.on('end', done); pipeline(file, res, (error) => {\n  if (error) console.error(error)\n}) }" }] }],
    },
  ],
})

const pump = (write: string, again: string) => `
  export function send(body, res) {
    const reader = body.getReader()
    res.writeHead(200)
    function next() {
      return reader.read().then(({ done, value }) => {
        if (done) return res.end()
        ${write}
        ${again}
      })
    }
    next()
  }
`

run('js', 'loops of promises', rule, {
  valid: [
    { name: 'the answer is looked at', code: pump("if (!res.write(value)) return new Promise((resolve) => res.once('drain', resolve)).then(next)", 'return next()') },
    { name: 'once', code: pump('res.write(value)', 'return res.end()') },
    { name: 'no stream', code: pump('parser.write(value)', 'return next()') },
  ],
  invalid: [
    { name: 'by the name of the function around it', code: pump('res.write(value)', 'return next()'), errors: [{ messageId: 'ignoredInLoop', data: { stream: 'res', method: 'write' } }] },
    {
      name: 'by its own name',
      code: "export function send(body, res) { const reader = body.getReader(); res.writeHead(200); function onRead(result) { if (result.done) return res.end(); res.write(result.value); reader.read().then(onRead, fail) } reader.read().then(onRead, fail) }",
      errors: [{ messageId: 'ignoredInLoop' }],
    },
  ],
})
