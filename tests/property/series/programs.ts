/** Generated programs that wait for one thing after another, with and without needing it. */
import fc from 'fast-check'
import type { World, WorldModules } from '../../support/world/index.ts'

/** Reads and writes of a service; a counter that the counting read changes is part of the world's state. */
export const service = (world: World): WorldModules => ({
  service: {
    getUser: async (...args: unknown[]) => world.operation('getUser', args),
    getPosts: async (...args: unknown[]) => world.operation('getPosts', args),
    findTag: async (...args: unknown[]) => world.operation('findTag', args, { answer: () => Number(world.read('tag') ?? 0) }),
    saveTag: async (tag: unknown) => world.operation('saveTag', [tag], { answer: () => (world.write('tag', tag), tag) }),
  },
})

/** One statement; `$` is its number, `@` a value: a number, or a name that an earlier statement declared. */
const steps = [
  'const v$ = await getUser(@)',
  'const v$ = await getPosts(@, 1)',
  'const v$ = await findTag()',
  'const v$ = await getOwn(@)',
  'const v$ = await getCounted(@)',
  'const v$ = await getSaved(@)',
  'const v$ = (await getUser(@)) + @',
  'const v$ = [await getUser(@), await getPosts(@)].length + @',
  'const v$ = (await Promise.all([await getUser(@), await findTag()])).at(-1)',
  'const { v$ = @ } = { v$: await getPosts(@) }',
  'const v$ = @ > 4 ? await getUser(@) : @',
  'const v$ = @',
  "const v$ = @\n  console.log('seen', v$)",
  'const v$ = await saveTag(@)',
  'const late$ = async () => (await getPosts(1)) + v$\n  const v$ = await getUser(@)\n  const w$ = await late$()',
  'const v$ = (await getUser(@)) && (await saveTag(@))',
  'const v$ = @\n  await saveTag(v$)',
  'const v$ = @\n  if (v$ > 7) return [v$]',
  'const v$ = @\n  total += v$',
] as const

export function programs(): fc.Arbitrary<string> {
  const step = fc.record({ text: fc.constantFrom(...steps), values: fc.array(fc.nat({ max: 9 }), { minLength: 3, maxLength: 3 }) })
  return fc.array(step, { minLength: 2, maxLength: 7 }).map((all) => {
    const lines = all.map(({ text, values }, at) => {
      let used = 0
      // A number below that of the statement names an earlier one; any other stands for itself.
      const value = (): string => {
        const drawn = values[used++ % values.length] as number
        return drawn < at ? `v${drawn}` : String(drawn)
      }
      return `  ${text.replaceAll('$', String(at)).replace(/@/g, value)}`
    })
    const names = all.map((_, at) => `v${at}`).join(', ')
    return [
      "import { getUser, getPosts, findTag, saveTag } from 'service'",
      'let total = 0',
      'observe(() => ({ total }))',
      'async function getOwn(x: number) { return (await getUser(x)) + x }',
      'async function getCounted(x: number) { total += 1\n  return (await getPosts(x)) + total }',
      'async function getSaved(x: number) { await saveTag(x)\n  return x }',
      `export async function main() {\n${lines.join('\n')}\n  return [${names}]\n}`,
    ].join('\n')
  })
}
