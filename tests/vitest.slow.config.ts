/** The lanes that take longer or fetch other runtimes: `npm run test:slow`. */
import { mergeConfig } from 'vitest/config'
import config from './vitest.config.ts'

const slow = mergeConfig(config, {})
slow.test!.include = ['tests/**/*.slow.test.ts']
slow.test!.exclude = ['**/node_modules/**']
slow.test!.testTimeout = 300_000
slow.test!.hookTimeout = 300_000
slow.test!.globalSetup = ['tests/support/packed.ts']

export default slow
