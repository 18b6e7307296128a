import { isCommonJs } from './import-name.ts'
import { perFile } from './per-file.ts'

const STATEMENTS = /^(?:Export\w+Declaration|ImportDeclaration|TSImportEqualsDeclaration|TSExportAssignment|TSNamespaceExportDeclaration|\w+Statement|\w+Declaration)$/

/** `import` and `export`: some parsers read them in what they call a script. */
const MODULE = /^(?:Import|Export)|^TSExport|^TSImportEquals/

/**
 * Whether edits that add an import may be made: every direct child of the program is a plain statement. In Svelte and
 * Astro files it is not, and positions there do not mean what they mean in a script. A classic script of a page can import
 * nothing.
 */
export const isEditable = perFile((sourceCode) =>
  sourceCode.ast.body.every(({ type }) => STATEMENTS.test(type) && !type.startsWith('Svelte') && !type.startsWith('Astro')) &&
  (sourceCode.ast.sourceType !== 'script' || isCommonJs(sourceCode) || sourceCode.ast.body.some(({ type }) => MODULE.test(type))),
)
