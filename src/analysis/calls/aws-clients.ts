import { awsClients } from '../../knowledge/timeouts/index.ts'
import type { CallLike } from '../../ast/nodes.ts'
import type { Origin } from './origin.ts'

/** Whether a call constructs a client of AWS SDK v3, which has a package and a class for each service. */
export function isAwsClient({ root, steps }: Origin, call: CallLike): boolean {
  if (call.type !== 'NewExpression' || root.kind !== 'module' || steps.length !== 1 || steps[0]?.kind !== 'member') return false
  const name = steps[0].name ?? ''
  return awsClients.module.test(root.name) && awsClients.member.test(name) && !awsClients.notClients.test(name)
}
