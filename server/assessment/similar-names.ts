import { typedText as word } from './typed.ts'

/** Endings and openings that many units share and that tell none apart. */
const shared = /人民政府|政府|委员会|管理|办公室|^[^县区]{2,3}市(?=.)|^市/g

const core = (name: string): string => word(name).replace(shared, '') || word(name)

const pairs = (text: string): string[] =>
  Array.from({ length: Math.max(text.length - 1, 0) }, (_, at) => text.slice(at, at + 2))

/** Share of common neighbouring characters, 0–1 (Dice). */
function commonPairs(a: string, b: string): number {
  const [left, right] = [pairs(a), pairs(b)]
  if (left.length + right.length === 0) return 0
  const rest = [...right]
  let common = 0
  for (const pair of left) {
    const at = rest.indexOf(pair)
    if (at === -1) continue
    rest.splice(at, 1)
    common++
  }
  return (2 * common) / (left.length + right.length)
}

/** Share of characters that both have in the same order, 0–1. */
function commonOrder(a: string, b: string): number {
  let row: readonly number[] = Array.from(b, () => 0)
  for (const character of a) {
    let [left, diagonal] = [0, 0]
    row = row.map((above, at) => {
      const here = b.charAt(at) === character ? diagonal + 1 : Math.max(above, left)
      ;[left, diagonal] = [here, above]
      return here
    })
  }
  return (2 * Math.max(0, ...row)) / (a.length + b.length)
}

/** Whether all characters of the shorter stand in the longer in their order, as 发改委 in 发展和改革委员会. */
function abbreviates(short: string, long: string): boolean {
  let at = 0
  for (const character of long) if (character === short.charAt(at)) at++
  return short.length >= 2 && at === short.length
}

/** How alike two names of units are, 0–1; 1 for the same name written with other blanks or widths. */
export function nameLikeness(written: string, name: string): number {
  const [a, b] = [word(written), word(name)]
  if (a === b) return 1
  if (a === '' || b === '') return 0
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  const [coreA, coreB] = [core(written), core(name)]
  if (coreA === coreB) return 0.95
  const abbreviated = abbreviates(short, long) ? 0.6 + 0.3 * (short.length / long.length) : 0
  const held = coreA.includes(coreB) || coreB.includes(coreA) ? 0.7 : 0
  return Math.max(
    abbreviated,
    held,
    commonPairs(a, b),
    0.9 * commonPairs(coreA, coreB),
    0.6 * commonOrder(a, b),
  )
}

const likeEnough = 0.34
const mostSuggestions = 3

/** The units whose names are most like what was written, best first; only suggestions, for a person to confirm. */
export function similarNames<Unit extends { readonly name: string }>(
  written: string,
  units: readonly Unit[],
): Unit[] {
  return units
    .map((unit) => ({ unit, likeness: nameLikeness(written, unit.name) }))
    .filter(({ likeness }) => likeness >= likeEnough)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, mostSuggestions)
    .map(({ unit }) => unit)
}
