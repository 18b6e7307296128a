/** Hooks of bundler plugins, which the bundler takes from an object by name and which need not be asynchronous. */
import type { TSESTree } from '@typescript-eslint/utils'
import { endsInWord } from '../../ast/names.ts'
import { isFunction, memberName, propertyOf, stringValue, type FunctionNode } from '../../ast/nodes.ts'
import { commonHooks, moduleNameWords, moduleTexts, pluginHooks } from '../../knowledge/async-conventions.ts'
import type { Place } from '../uses/index.ts'

/** `{ name: 'x', resolveId() {…} }`, and the same with `resolveId: { filter, handler() {…} }`. */
export function isPluginHook(place: Place): boolean {
  if (place.kind !== 'property') return false
  const { property, object } = place
  const outer = object.parent
  if (memberName(property) === 'handler' && outer.type === 'Property' && outer.parent.type === 'ObjectExpression') {
    return isHookName(outer) && isPlugin(outer.parent)
  }
  return isHookName(property) && isPlugin(object)
}

function isHookName(property: TSESTree.Property): boolean {
  return pluginHooks.has(memberName(property) ?? '')
}

/** A named object with a hook that only plugins have, a `transform(code, id)`, or a hook in the form with a `handler`. */
function isPlugin(object: TSESTree.ObjectExpression): boolean {
  const name = propertyOf(object, 'name')?.value
  if (!name || (stringValue(name) === null && name.type !== 'TemplateLiteral' && name.type !== 'Identifier')) return false
  return object.properties.some((property) => {
    if (property.type !== 'Property') return false
    const hook = memberName(property) ?? ''
    if (!pluginHooks.has(hook)) return false
    if (property.value.type === 'ObjectExpression') return propertyOf(property.value, 'handler') !== null
    return !commonHooks.has(hook) || (hook === 'transform' && isFunction(property.value) && takesModule(property.value))
  })
}

/** `(code, id)`, `(source, filePath)`, `(code)`; the text of a module comes first. */
function takesModule({ params: [text, name] }: FunctionNode): boolean {
  if (text?.type !== 'Identifier' || !moduleTexts.has(text.name.replace(/^_/, ''))) return false
  return name === undefined || (name.type === 'Identifier' && endsInWord(name.name, moduleNameWords))
}
