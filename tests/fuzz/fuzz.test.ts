/**
 * Odd programs against every rule of the `all` preset: no rule throws or hangs, what it reports and edits lies within the
 * file, each fix and suggestion leaves a program that compiles, and fixes come to rest. `BOUNDED_FUZZ` sets how many programs
 * are tried (`npm run test:fuzz`), `BOUNDED_SEED` which.
 */
import { mutationsOf } from './mutations.ts'
import { ownFiles } from './own-files.ts'
import { program } from './programs.ts'
import { testAll } from './test-all.ts'

testAll('programs of a grammar', program, 25)
testAll('mutations of this repository', mutationsOf(ownFiles), 8)
