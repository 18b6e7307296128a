/** The lanes that take longer or fetch other runtimes: `npm run test:slow`. */
import { mergeConfig } from 'vitest/config'
import config from './vitest.config.ts'

const slow = mergeConfig(config, {})
slow.test!.include = ['tests/**/*.slow.test.ts']
slow.test!.exclude = ['**/node_modules/**']
slow.test!.testTimeout = 300_000
slow.test!.hookTimeout = 300_000
slow.test!.globalSetup = ['tests/support/packed.ts']
// Lanes install what users would, as of a day: a release of tomorrow, or one that a mirror has only half of, changes nothing.
slow.test!.env = { npm_config_before: '2026-11-17' }

export default slow
