/** Exports that frameworks call because of their names. See `facts.ts` for the form. */
import type { ConventionFact } from './facts.ts'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const code = '{js,jsx,ts,tsx,mjs,mts,cjs,cts}'

export const conventionFacts: readonly ConventionFact[] = [
  // Exported functions named like HTTP methods are the convention of Next.js, SvelteKit, Astro, Expo and SolidStart alike.
  { framework: 'route handlers', runs: 'request', exports: methods, source: 'https://nextjs.org/docs/app/api-reference/file-conventions/route' },
  { framework: 'Next.js', runs: 'request', exports: ['getServerSideProps'], source: 'https://nextjs.org/docs/pages/building-your-application/data-fetching/get-server-side-props' },
  { framework: 'Next.js', runs: 'request', files: [`**/pages/api/**/*.${code}`], exports: ['default'], source: 'https://nextjs.org/docs/pages/building-your-application/routing/api-routes' },
  { framework: 'Next.js', runs: 'request', files: [`{src/,}{middleware,proxy}.${code}`, `**/{middleware,proxy}.${code}`], exports: ['middleware', 'proxy', 'default'], imports: ['next/server'], source: 'https://nextjs.org/docs/app/api-reference/file-conventions/proxy' },
  { framework: 'React Router', runs: 'request', exports: ['loader', 'action'], files: [`**/{routes,app}/**/*.${code}`], parameter: ['request', 'args', 'params', 'context', '{}'], source: 'https://remix.run/docs/en/main/route/loader' },
  { framework: 'React Router', runs: 'request', exports: ['loader', 'action'], imports: ['@remix-run/node', '@remix-run/server-runtime', '@remix-run/cloudflare'], source: 'https://remix.run/docs/en/main/route/loader' },
  { framework: 'SvelteKit', runs: 'request', files: ['+page.server.{js,ts}', '+layout.server.{js,ts}', '+server.{js,ts}'], exports: ['load', 'actions.*', 'fallback'], source: 'https://svelte.dev/docs/kit/load' },
  { framework: 'SvelteKit', runs: 'request', files: ['hooks.server.{js,ts}', '**/hooks/index.server.{js,ts}'], exports: ['handle', 'handleFetch', 'handleError'], source: 'https://svelte.dev/docs/kit/hooks' },
  { framework: 'Astro', runs: 'request', files: ['**/src/middleware.{js,ts}', '**/src/middleware/index.{js,ts}'], exports: ['onRequest'], source: 'https://docs.astro.build/en/guides/middleware/' },
  { framework: 'AWS Lambda', runs: 'request', exports: ['handler', 'lambdaHandler'], parameter: ['event', '_event', 'evt'], source: 'https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html' },
  { framework: 'Azure Functions', runs: 'request', exports: ['default'], parameter: ['context'], imports: ['@azure/functions'], source: 'https://learn.microsoft.com/azure/azure-functions/functions-reference-node' },
  { framework: 'Netlify', runs: 'request', files: [`**/netlify/{functions,edge-functions}/**/*.${code}`], exports: ['default', 'handler'], source: 'https://docs.netlify.com/functions/' },
  { framework: 'Vercel', runs: 'request', exports: ['default'], imports: ['@vercel/node'], parameter: ['req', 'request'], source: 'https://vercel.com/docs/functions/runtimes/node-js' },
  { framework: 'Graphile Worker', runs: 'job', files: [`**/tasks/*.${code}`], exports: ['default'], imports: ['graphile-worker'], source: 'https://worker.graphile.org/docs/tasks' },
]

/** Keys of an exported object that a fetch-style runtime calls. https://developers.cloudflare.com/workers/runtime-apis/handlers/, https://bun.com/docs/api/http, https://docs.deno.com/runtime/reference/cli/serve/ */
export const exportedObjectKeys: ReadonlySet<string> = new Set(['fetch', 'scheduled', 'queue', 'email', 'tail'])

/** Keys of a resolver map of GraphQL. https://graphql.org/learn/execution/#root-fields--resolvers */
export const resolverRoots: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription'])
