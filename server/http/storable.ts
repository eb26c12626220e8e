/*
 * U+0000 and halves of a surrogate pair are no text: PostgreSQL refuses the first, SQLite would keep both, and no file holds the second. Neither
 * comes further than this.
 */
const isStorable = (text: string): boolean => !/[\0\p{Cs}]/u.test(text)

/** Nothing that is asked for is nested more deeply. */
const deepest = 64

/** The path of the first text in a value that cannot be stored, keys included; null when all can. What is nested beyond reason counts as such. */
export function unstorableIn(value: unknown, depth = 0): string | null {
  if (typeof value === 'string') return isStorable(value) ? null : ''
  if (typeof value !== 'object' || value === null) return null
  if (depth > deepest) return ''
  for (const [key, inner] of Object.entries(value)) {
    if (!isStorable(key)) return ''
    const path = unstorableIn(inner, depth + 1)
    if (path !== null) return path === '' ? key : `${key}.${path}`
  }
  return null
}

/** An escape of JSON, and a half of a surrogate pair. */
const escapes = /\\(?:u([0-9a-f]{4})|.)/gi
const [high, low] = [/^d[89ab]/i, /^d[c-f]/i]

/** Whether the text of a JSON document spells a text that cannot be stored; in one pass, whatever it holds. */
export function spellsUnstorable(json: string): boolean {
  if (!/\\u(?:0000|d[89a-f])/i.test(json)) return false
  let [isOpen, end] = [false, -1]
  for (const match of json.matchAll(escapes)) {
    const code = match[1] ?? ''
    const isPair = isOpen && match.index === end && low.test(code)
    if (isOpen && !isPair) return true
    if (code === '0000' || (low.test(code) && !isPair)) return true
    isOpen = high.test(code)
    end = match.index + match[0].length
  }
  return isOpen
}
