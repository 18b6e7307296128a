/** Turns a program text into something that can be run with modules and globals of our choice. */
import { transformSync } from 'esbuild'

export interface Module {
  main: () => unknown
}

export function compile(
  code: string,
  require: (name: string) => unknown,
  globals: Readonly<Record<string, unknown>>,
): Module {
  const text = transformSync(code, { loader: 'ts', format: 'cjs', target: 'esnext', logLevel: 'silent' }).code
  const module = { exports: {} as Partial<Module> }
  const names = ['module', 'exports', 'require', ...Object.keys(globals)]
  const run = new Function(...names, text) as (...values: unknown[]) => void
  run(module, module.exports, require, ...Object.values(globals))
  const { main } = module.exports
  if (typeof main !== 'function') throw new Error('A program must export a function `main`.')
  return { main }
}
