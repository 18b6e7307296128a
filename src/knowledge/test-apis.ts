/** Modules whose functions take test bodies. https://vitest.dev/api/, https://jestjs.io/docs/api, https://mochajs.org/, https://nodejs.org/api/test.html, https://playwright.dev/docs/api/class-test */
export const testModules: ReadonlySet<string> = new Set([
  'vitest', '@jest/globals', 'mocha', 'node:test', 'ava', 'tape', 'tap', 'uvu', 'bun:test', '@playwright/test', 'jasmine',
])

/** Globals of the same frameworks. https://jestjs.io/docs/api, https://mochajs.org/#bdd, https://mochajs.org/#tdd */
export const testGlobals: ReadonlySet<string> = new Set([
  'describe', 'context', 'it', 'specify', 'test', 'suite', 'before', 'after', 'beforeEach', 'afterEach', 'beforeAll', 'afterAll',
  'setup', 'teardown', 'suiteSetup', 'suiteTeardown', 'fdescribe', 'xdescribe', 'fit', 'xit', 'bench',
])
