/**
 * Files in which nobody waits for the code: tests, fixtures, seeds, migrations, one-off scripts, build configuration.
 * Names are the conventions of Jest and Vitest (https://vitest.dev/config/include, https://jestjs.io/docs/configuration#testmatch-arraystring),
 * Jasmine (https://jasmine.github.io/setup/nodejs.html), Mocha, Cypress (https://docs.cypress.io/app/references/configuration), Storybook, and the usual folders of SQL and ORM tools
 * (https://knexjs.org/guide/migrations.html, https://www.prisma.io/docs/orm/prisma-migrate/workflows/seeding).
 */
export const defaultContexts: readonly string[] = [
  '**/*.{test,tests,spec,specs,bench,e2e,cy,stories}.*',
  '**/*-{test,spec}.*',
  '**/{test,tests,spec,__tests__,__mocks__,__fixtures__,fixtures,testing,e2e,cypress,benchmark,benchmarks,bench}/**',
  '**/*-{test,tests}/**',
  '**/{seed,seeds,seeders,migration,migrations,scripts}/**',
  '**/{seed,seeds}.*',
  '**/{gulpfile,Gruntfile,jakefile}.*',
  '**/{jest,vitest,playwright,wdio}.*',
  '**/*.config.*',
]
