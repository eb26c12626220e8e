const longest = 8

const shares = (names: readonly string[], length: number): boolean =>
  names.every((name) => name.length > length + 1 && name.startsWith((names[0] ?? '').slice(0, length)))

const wide = 13
const narrow = 7.2

const pixelsOf = (character: string): number => (/[\u2e80-\uffef]/.test(character) ? wide : narrow)

/** About how many pixels a text takes at 13 px. */
export const pixelsIn = (text: string): number =>
  [...text].reduce((sum, character) => sum + pixelsOf(character), 0)

/** The text cut with … where it would take more than about `pixels` at 13 px. */
export function clipTo(text: string, pixels: number): string {
  let used = 0
  for (const [index, character] of [...text].entries()) {
    used += pixelsOf(character)
    if (used > pixels) return `${[...text].slice(0, Math.max(1, index - 1)).join('')}…`
  }
  return text
}

/** Chinese names stand upright, one character above the other; other names are turned. */
export const isUpright = (name: string): boolean => /[\u4e00-\u9fff]/.test(name)

/** The characters of an upright name from top to bottom; a number keeps its digits side by side. */
export const upright = (name: string): string[] => name.match(/\d{1,3}|./gu) ?? []

/**
 * Unit names as a narrow column can hold them: without the beginning all share (市财政局 → 财政局), unless the names
 * are numbered, and cut after eight characters.
 */
export function shortNames(names: readonly string[]): string[] {
  const numbered = names.some((name) => /\d/.test(name))
  let shared = 0
  if (!numbered && names.length > 1) {
    while (shares(names, shared + 1)) shared++
  }
  return names.map((name) => {
    if (!isUpright(name)) return name.length > 2 * longest ? `${name.slice(0, 2 * longest - 1)}…` : name
    const characters = upright(name.slice(shared))
    return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : characters.join('')
  })
}
