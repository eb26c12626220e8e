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

/** Pairs of neighbouring characters, punctuation and spaces left out; a single character stands for itself. */
function bigrams(text: string): Set<string> {
  const characters = [...text.toLowerCase().replace(/[\s\p{P}\p{S}]/gu, '')]
  if (characters.length === 1) return new Set(characters)
  return new Set(characters.slice(1).map((character, index) => (characters[index] as string) + character))
}

/** How alike two texts are: 0 nothing in common, 1 the same (Dice coefficient of character pairs). */
export function likeness(a: string, b: string): number {
  const first = bigrams(a)
  const second = bigrams(b)
  if (first.size + second.size === 0) return 1
  const shared = [...first].filter((pair) => second.has(pair)).length
  return (2 * shared) / (first.size + second.size)
}

/** Entries that may be the same problem: same unit and kind, notified within 30 days, at least half alike in words; the most alike first. */
export function similarFindings<Known extends Entry>(entry: Entry, known: readonly Known[]): Known[] {
  return known
    .filter(
      (other) =>
        other.unitId === entry.unitId &&
        other.kind === entry.kind &&
        Math.abs(daysBetween(other.notifiedOn, entry.notifiedOn)) <= nearDays,
    )
    .map((other) => ({ other, likeness: likeness(entry.what, other.what) }))
    .filter((pair) => pair.likeness >= alike)
    .sort((a, b) => b.likeness - a.likeness)
    .map(({ other }) => other)
}
