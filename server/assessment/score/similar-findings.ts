import { daysBetween, type Day } from '../day.ts'

/** What two ledger entries are compared by. */
export interface Entry {
  readonly kind: string
  readonly unitId: string
  readonly what: string
  readonly notifiedOn: Day
}

const nearDays = 30
const alike = 0.5

/** Stands for a text without a character to compare. */
const nothing = ''

/** Pairs of neighbouring characters, punctuation and spaces left out; a single character stands for itself. */
function bigrams(text: string): Set<string> {
  const characters = [...text.toLowerCase().replace(/[\s\p{P}\p{S}]/gu, '')]
  if (characters.length < 2) return new Set([characters[0] ?? nothing])
  return new Set(characters.slice(1).map((character, index) => (characters[index] as string) + character))
}

const placeOf = ({ kind, unitId }: Entry): string => JSON.stringify([kind, unitId])

/** Entries of a ledger, found by likeness. */
export interface SimilarEntries<Known extends Entry> {
  readonly add: (entry: Known) => void
  /**
   * Those that may be the same problem: same unit and kind, notified within 30 days, at least half alike in words (Dice coefficient of character
   * pairs); the most alike first.
   */
  readonly to: (entry: Entry) => Known[]
}

/** Entries are kept by the pairs in them, so that one is compared only with those that share any. */
export function similarEntries<Known extends Entry>(known: readonly Known[]): SimilarEntries<Known> {
  const held: { readonly entry: Known; readonly size: number }[] = []
  const byPair = new Map<string, number[]>()

  function add(entry: Known): void {
    const pairs = bigrams(entry.what)
    held.push({ entry, size: pairs.size })
    for (const pair of pairs) {
      const key = `${placeOf(entry)} ${pair}`
      const places = byPair.get(key)
      if (places) places.push(held.length - 1)
      else byPair.set(key, [held.length - 1])
    }
  }

  function to(entry: Entry): Known[] {
    const pairs = bigrams(entry.what)
    const place = placeOf(entry)
    const shared = new Map<number, number>()
    for (const pair of pairs)
      for (const at of byPair.get(`${place} ${pair}`) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1)
    return [...shared]
      .flatMap(([at, count]) => {
        const { entry: other, size } = held[at] as (typeof held)[number]
        const likeness = (2 * count) / (pairs.size + size)
        return likeness >= alike && Math.abs(daysBetween(other.notifiedOn, entry.notifiedOn)) <= nearDays
          ? [{ other, likeness, at }]
          : []
      })
      .sort((a, b) => b.likeness - a.likeness || a.at - b.at)
      .map(({ other }) => other)
  }

  known.forEach(add)
  return { add, to }
}
