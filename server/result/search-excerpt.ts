/** A piece of an excerpt; `mark` where it is what was looked for. */
export interface Run {
  readonly text: string
  readonly mark: boolean
}

/** Characters shown before the first hit, and in all. */
const lead = 12
const longest = 72

/** Where any of the words stands in the text, as ranges that do not overlap, in order. */
function hitsIn(text: string, words: readonly string[]): [number, number][] {
  const lower = text.toLowerCase()
  const found = words.flatMap((word) => {
    const places: [number, number][] = []
    for (let at = lower.indexOf(word); at !== -1; at = lower.indexOf(word, at + word.length))
      places.push([at, at + word.length])
    return places
  })
  const joined: [number, number][] = []
  for (const [from, to] of found.sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else joined.push([from, to])
  }
  return joined
}

/** How many of the words occur in the text. Words are in lower case. */
export const wordsIn = (text: string, words: readonly string[]): number => {
  const lower = text.toLowerCase()
  return words.filter((word) => lower.includes(word)).length
}

/** The part of a text around its first hit, with every hit in it marked. Words are in lower case. */
export function excerptOf(text: string, words: readonly string[]): Run[] {
  const hits = hitsIn(text, words)
  const first = hits[0]?.[0] ?? 0
  const from = first <= lead || text.length <= longest ? 0 : first - lead
  const to = Math.min(text.length, from + longest)
  const runs: Run[] = from > 0 ? [{ text: '…', mark: false }] : []
  let at = from
  for (const [start, end] of hits) {
    if (start >= to) break
    if (start > at) runs.push({ text: text.slice(at, start), mark: false })
    runs.push({ text: text.slice(start, Math.min(end, to)), mark: true })
    at = Math.min(end, to)
  }
  if (at < to) runs.push({ text: text.slice(at, to), mark: false })
  if (to < text.length) runs.push({ text: '…', mark: false })
  return runs
}
