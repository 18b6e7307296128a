import type { TimeLimitFact } from './facts.ts'
import { databases } from './databases.ts'
import { httpClients } from './http-clients.ts'
import { nodeProtocols } from './node-protocols.ts'
import { services } from './services.ts'

export { packagedFetch } from './http-clients.ts'
export { awsClients } from './services.ts'
export type * from './facts.ts'
export { askingHeaders, bodyCarriers, bodyTakers, pipingMethods, streamPaths, streamTypes } from './streaming.ts'
export { addressEnds, addressWords, retryWords, timeLimitOptions, timeLimitText, timeLimitVerbs, timeLimitWords } from './words.ts'

/** Every client whose time limits are known. */
export const timeLimits: readonly TimeLimitFact[] = [...httpClients, ...nodeProtocols, ...databases, ...services]
