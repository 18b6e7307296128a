/** Words that judge a loop: each stands in one list of those that exclude one another. */
import { describe, expect, it } from 'vitest'
import { askingVerbs, closingVerbs, courseVerbs, hookWords, itemVerbGroups, itemVerbs, pausingVerbs, schemaVerbs } from '../../src/knowledge/order-names.ts'

const common = (left: ReadonlySet<string>, right: ReadonlySet<string>) => [...left].filter((word) => right.has(word))

describe('verbs for what is done to one item', () => {
  it.each(Object.entries(itemVerbGroups))('are sorted where %s', (_, verbs) => {
    expect(verbs).toEqual([...verbs].sort())
  })

  it('stand in one group each', () => {
    expect(Object.values(itemVerbGroups).flat()).toHaveLength(itemVerbs.size)
  })

  it.each([
    ['a course of events', courseVerbs],
    ['a question to a person', askingVerbs],
    ['a pause', pausingVerbs],
    ['a hook', hookWords],
  ])('are none for %s', (_, others) => {
    expect(common(itemVerbs, others)).toEqual([])
  })

  it('are what may also close a name', () => {
    expect(common(closingVerbs, itemVerbs)).toEqual([...closingVerbs])
  })

  it('are told from changes of a schema by what is changed, and so share verbs with them', () => {
    expect(common(schemaVerbs, itemVerbs)).toEqual(['add', 'create', 'remove', 'rename'])
  })
})
