/** What the names of a list say about its length: a piece of set size, a part of the program, a constant. */
import { hasWord, namesAlong, wordsOf } from '../../ast/names.ts'
import type { Node } from '../../ast/nodes.ts'
import { bulkyVerbs, laborVerbs, outsideVerbs } from '../../knowledge/naming.ts'
import { configurationWords, listingNames, listWords, manyThings, modeWords, ownPartWords, partKindWords, pieceWords, selectionWords, tableWords, taskVerbs } from '../../knowledge/bounds.ts'

/** The names on the way to a list, nearest first: `this.app.hooks` → `hooks`, `app`. */
export const namesOn = (node: Node): string[] => namesAlong(node, { throughCalls: false })

export function isConstantName(name: string): boolean {
  return /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)*$/.test(name) && name.length > 1
}

export function isPieceName(name: string): boolean {
  return pieceWords.has(wordsOf(name).at(-1) ?? '')
}

/** `chunks`, `userBatches`: a list of pieces. */
export function isPiecesName(name: string): boolean {
  return pieceWords.has((wordsOf(name).at(-1) ?? '').replace(/(?:(?<=ch)es|s)$/, ''))
}

/** `readdir`, `globby` of a module that is not known: a wrapper of the one that is. */
export function isListingName(name: string): boolean {
  const words = wordsOf(name)
  return listingNames.has((modeWords.has(words.at(-1) ?? '') ? words.slice(0, -1) : words).join(''))
}

/** Whether a list is, by its name, a part of the program or lies in its configuration. */
export function isOwnPart(names: readonly string[]): boolean {
  const [nearest = '', ...others] = names
  const words = wordsOf(nearest)
  if (ownPartWords.has(words.at(-1) ?? '') || words.some((word) => configurationWords.has(word) || partKindWords.has(word))) return true
  return others.some((name) => configurationWords.has(wordsOf(name).at(-1) ?? ''))
}

/** `selectedRows`, `getCheckedIds`: what a user picked, as much as the user likes. */
export function isSelectionName(name: string): boolean {
  return hasWord(name, selectionWords)
}

/** `filesToUpload`, `toDelete`: a list of what is to be done. Which plug-ins are to be loaded, somebody has configured; labels to remove are few. */
export function isTaskListName(name: string): boolean {
  const words = wordsOf(name)
  const [verb = '', to, things] = [...words].reverse()
  if (to !== 'to' || (things !== undefined && !manyThings.has(things))) return false
  return taskVerbs.has(verb) || outsideVerbs.has(verb) || laborVerbs.has(verb) || bulkyVerbs.has(verb)
}

/** `packageMap`, `usersById`: an object or `Map` whose keys are data. */
export function isTableName(name: string): boolean {
  const words = wordsOf(name)
  return words.length > 1 && (tableWords.has(words.at(-1) ?? '') || words.at(-2) === 'by')
}

/** Whether a name reads as a list: a plural, or `…List`, `…Array`. */
export function isListName(name: string): boolean {
  const last = wordsOf(name).at(-1) ?? ''
  return listWords.has(last) || (/[a-z\d]s$/.test(last) && !/[siu]s$/.test(last))
}
