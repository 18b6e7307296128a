/** Property tests run the same cases on every machine, so that a red run is never chance; `BOUNDED_SEED=…` draws others. */
import { configureGlobal } from 'fast-check'

configureGlobal({ seed: Number(process.env['BOUNDED_SEED'] ?? 20_261_121) })
