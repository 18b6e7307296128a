export { conventionFacts, exportedObjectKeys, resolverRoots } from './conventions.ts'
export { contractFacts, decoratorFacts } from './decorators.ts'
export type * from './facts.ts'
export { registrationFacts } from './registrations.ts'
export {
  appNames,
  appWords,
  contextWrites,
  procedureWords,
  requestMembers,
  requestTypeEnds,
  responseCalls,
  responseTypeEnds,
  routeExports,
  routeVerbs,
  shortRequestMembers,
  socketNames,
  verblessMethods,
} from './shapes.ts'
export {
  commandLineModules,
  developerFiles,
  developerFolders,
  developmentNames,
  developmentValues,
  devServerApis,
  exitFacts,
  installerFiles,
  memoiserPattern,
  onceEvents,
  placeQuestions,
  preparingNames,
  preparingWords,
  productionNames,
  signalPattern,
} from './run-once.ts'
export { handlerTypes, requestTypes } from './types.ts'
