import { perFile } from './per-file.ts'

const STATEMENTS = /^(?:Export\w+Declaration|ImportDeclaration|TSImportEqualsDeclaration|TSExportAssignment|TSNamespaceExportDeclaration|\w+Statement|\w+Declaration)$/

/**
 * Whether edits that add an import may be made: every direct child of the program is a plain statement. In Svelte and
 * Astro files it is not, and positions there do not mean what they mean in a script.
 */
export const isEditable = perFile((sourceCode) =>
  sourceCode.ast.body.every(({ type }) => STATEMENTS.test(type) && !type.startsWith('Svelte') && !type.startsWith('Astro')),
)
