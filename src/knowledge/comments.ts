/** What authors say in comments: directives for other tools' rules of the same kind, and reasons. */

/**
 * Directives for the rule on loops in ESLint, oxlint, Biome and Deno; the plugin's own are ESLint's affair.
 * https://eslint.org/docs/latest/rules/no-await-in-loop, https://biomejs.dev/linter/rules/no-await-in-loops/, https://lint.deno.land/rules/no-await-in-loop
 */
export const loopDirectives =
  /(?:(?:eslint|oxlint)-disable(?:-next-line|-line)?\b(?![^\n]*\bbounded\/no-await-in-loop\b)[^\n]*\bno-await-in-loop\b|biome-ignore(?:-all)?\s[^\n]*\bnoAwaitInLoops?\b|deno-lint-ignore\s[^\n]*\bno-await-in-loop\b)/

/** Of those, the ones that stand for all that follows. https://eslint.org/docs/latest/use/configure/rules#disabling-rules, https://biomejs.dev/analyzer/suppressions/ */
export const openDirectives = /(?:eslint|oxlint)-disable(?!-)|biome-ignore-all/

/** Directives for the rule on functions that wait for nothing. https://eslint.org/docs/latest/rules/require-await, https://biomejs.dev/linter/rules/use-await/ */
export const awaitDirectives = /(?:eslint|oxlint)-disable(?:-next)?-line\b(?!.*\bbounded\/require-await\b).*\brequire-await\b|biome-ignore\b.*\/useAwait\b/

/** Phrases that say that a loop is sequential on purpose. Criterion for admission: nobody writes them of a loop whose order does not matter. */
export const orderPhrases =
  /\b(?:sequential(?:ly)?|sequence|serial(?:ly|i[sz]ed?)?|in (?:strict )?order|one (?:at a time|by one|after (?:another|the other))|order (?:matters|is important)|rate[- ]?limit(?:ed|s|ing)?|throttl\w+|avoid(?:ing)? overload\w*|(?:not|don'?t|avoid|prevent|instead of|rather than)\b[^.]{0,40}\b(?:parallel|concurren\w+|Promise\.all|simultaneous(?:ly)?|(?:all|many|multiple|several)\b[^.]{0,30}\bat once)|previous iteration|deliberate(?:ly)?|on purpose|intentional(?:ly)?)\b/i
