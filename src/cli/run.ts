import { parseArguments, UsageError } from './arguments.ts'
import { check } from './check.ts'
import { explain } from './explain.ts'

interface Output {
  readonly isTTY?: boolean
  write(text: string): unknown
}

/** Everything that the command line touches besides files. */
export interface Io {
  readonly cwd: string
  readonly version: string
  readonly stdout: Output
  readonly stderr: Output
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Runs one command; answers the exit code: 0 clean, 1 findings, 2 bad input or a failure of the tool. */
export async function run(argv: readonly string[], io: Io): Promise<0 | 1 | 2> {
  try {
    const invocation = parseArguments(argv, io.version)
    switch (invocation.command) {
      case 'text':
        io.stdout.write(invocation.text)
        return 0
      case 'explain':
        return await explain(invocation, io)
      case 'check':
        return await check(invocation.paths, invocation.options, io)
    }
  } catch (error) {
    const text = error instanceof UsageError ? error.message : describe(error)
    io.stderr.write(`eslint-plugin-bounded: ${text}\n`)
    return 2
  }
}

function describe(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.split('\n', 1)[0] ?? message
}
