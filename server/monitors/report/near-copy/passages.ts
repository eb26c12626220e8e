import type { Span } from '../reading/view.ts'

/** The same words in two texts. */
export interface Passage {
  readonly left: Span
  readonly right: Span
}

/** Characters that must agree before a passage is followed. */
const seed = 12
const isHan = (text: string, index: number): boolean => {
  const code = text.charCodeAt(index)
  return code >= 0x4e00 && code <= 0x9fff
}

/** The Han characters of a text and where each stands in it. */
function compact(text: string): { readonly text: string; readonly at: number[] } {
  const at: number[] = []
  let compacted = ''
  for (let index = 0; index < text.length; index++) {
    if (!isHan(text, index)) continue
    at.push(index)
    compacted += text[index]
  }
  return { text: compacted, at }
}

/**
 * What two texts have in common word for word, figures and stops aside, in the order of the left one: each passage at
 * least `least` characters long, none overlapping another on the left.
 */
export function commonPassages(left: string, right: string, least = 20): Passage[] {
  const [a, b] = [compact(left), compact(right)]
  const places = new Map<string, number[]>()
  for (let index = 0; index + seed <= b.text.length; index++) {
    const key = b.text.slice(index, index + seed)
    const known = places.get(key)
    if (!known) places.set(key, [index])
    else if (known.length < 8) known.push(index)
  }
  const passages: Passage[] = []
  for (let index = 0; index + seed <= a.text.length;) {
    let longest = 0
    let where = 0
    for (const place of places.get(a.text.slice(index, index + seed)) ?? []) {
      let length = seed
      while (index + length < a.text.length && a.text[index + length] === b.text[place + length]) length++
      if (length > longest) {
        longest = length
        where = place
      }
    }
    if (longest < least) {
      index++
      continue
    }
    passages.push({
      left: { start: a.at[index] ?? 0, end: (a.at[index + longest - 1] ?? 0) + 1 },
      right: { start: b.at[where] ?? 0, end: (b.at[where + longest - 1] ?? 0) + 1 },
    })
    index += longest
  }
  return passages
}
