/** Two waits of one function that are moved in front of what they are added to. */
import { expect, it } from 'vitest'
import rule from '../../rules/no-race-across-await.ts'
import { fixed } from '../support/lint.ts'

it('gives each its own name', () => {
  const before = "import express from 'express'\nlet total = 0\nlet count = 0\nexpress().get('/', async (req, res) => {\n  total += await fetch('a')\n  count += await fetch('b')\n  res.end()\n})\n"
  const after = "import express from 'express'\nlet total = 0\nlet count = 0\nexpress().get('/', async (req, res) => {\n  const value = await fetch('a')\n  total += value\n  const value2 = await fetch('b')\n  count += value2\n  res.end()\n})\n"
  expect(fixed(rule, before, { settings: { fixes: 'all' } })).toBe(after)
})
