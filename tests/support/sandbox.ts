/** A project in a temporary folder, with packages installed by npm as a user would. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Vitest forces colours on its children; an empty FORCE_COLOR still counts as set. */
const { FORCE_COLOR: _, ...environment } = process.env
const plain = { ...environment, NO_COLOR: '1' }

export interface Outcome {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Sandbox {
  readonly folder: string
  write(path: string, text: string): void
  read(path: string): string
  /** Runs a command to its end, whatever its exit code. */
  run(command: string, ...args: string[]): Outcome
  /** Runs a command and throws with its output unless it ends with 0. */
  must(command: string, ...args: string[]): string
  remove(): void
}

export function sandbox(files: Readonly<Record<string, string>> = {}): Sandbox {
  const folder = mkdtempSync(join(tmpdir(), 'bounded-project-'))
  const box: Sandbox = {
    folder,
    write(path, text) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    },
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    run(command, ...args) {
      const { status, stdout, stderr, error } = spawnSync(command, args, {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
        env: plain,
      })
      if (error) throw error
      return { status, stdout, stderr }
    },
    must(command, ...args) {
      const { status, stdout, stderr } = box.run(command, ...args)
      if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`)
      return stdout
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
  for (const [path, text] of Object.entries(files)) box.write(path, text)
  return box
}
