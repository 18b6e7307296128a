/** The words of a name in camelCase, PascalCase, snake_case or CONSTANT_CASE, in lower case: `S3Client` → `s3`, `client`. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[\s_$#-]+/)
    .filter(Boolean)
    .map((word) => word.toLowerCase())
}
