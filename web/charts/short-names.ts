const longest = 8

const shares = (names: readonly string[], length: number): boolean =>
  names.every((name) => name.length > length + 1 && name.startsWith((names[0] ?? '').slice(0, length)))

const wide = 13
const narrow = 7.2

/** The text cut with … where it would take more than about `pixels` at 13 px. */
export function clipTo(text: string, pixels: number): string {
  let used = 0
  for (const [index, character] of [...text].entries()) {
    used += /[\u2e80-\uffef]/.test(character) ? wide : narrow
    if (used > pixels) return `${[...text].slice(0, Math.max(1, index - 1)).join('')}…`
  }
  return text
}

/** Chinese names stand upright, one character above the other; other names are turned. */
export const isUpright = (name: string): boolean => /[一-鿿]/.test(name)

/**
 * Unit names as a narrow column can hold them: without the beginning all share (市财政局 → 财政局), cut after
 * eight characters.
 */
export function shortNames(names: readonly string[]): string[] {
  let shared = 0
  while (names.length > 1 && shares(names, shared + 1)) shared++
  return names.map((name) => {
    const rest = isUpright(name) ? name.slice(shared) : name
    const limit = isUpright(rest) ? longest : 2 * longest
    return rest.length > limit ? `${rest.slice(0, limit - 1)}…` : rest
  })
}
