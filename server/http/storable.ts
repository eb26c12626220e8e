/*
 * U+0000 and halves of a surrogate pair are no text: PostgreSQL refuses the first, SQLite would keep both, and no file holds the second. Neither
 * comes further than this.
 */
const isStorable = (text: string): boolean => !/[\0\p{Cs}]/u.test(text)

/** The path of the first text in a value that cannot be stored, keys included; null when all can. */
export function unstorableIn(value: unknown): string | null {
  if (typeof value === 'string') return isStorable(value) ? null : ''
  if (typeof value !== 'object' || value === null) return null
  for (const [key, inner] of Object.entries(value)) {
    if (!isStorable(key)) return ''
    const path = unstorableIn(inner)
    if (path !== null) return path === '' ? key : `${key}.${path}`
  }
  return null
}
