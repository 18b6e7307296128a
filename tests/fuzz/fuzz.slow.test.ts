/** Mutations of published packages, as `fuzz.test.ts` does with those of this repository. */
import { sourcesOf, specs } from '../corpus/packages.ts'
import { mutationsOf } from './mutations.ts'
import { sourceFilesIn } from './own-files.ts'
import { testAll } from './test-all.ts'

testAll('mutations of published packages', mutationsOf(specs.flatMap((spec) => sourceFilesIn(sourcesOf(spec)))), 40)
