/** A repeatable source of choices: the same seed gives the same choices on every machine. */
export interface Random {
  /** In [0, 1). */
  readonly next: () => number
  /** A whole number from `least` to `most`, both included. */
  readonly whole: (least: number, most: number) => number
  readonly chance: (probability: number) => boolean
  /** One of a list that is not empty. */
  readonly pick: <T>(list: readonly T[]) => T
  /** One of a list that is not empty, each as likely as its weight. */
  readonly weighted: <T>(list: readonly T[], weightOf: (one: T) => number) => T
  /** About normal around 0 with standard deviation 1, never beyond ±3.5. */
  readonly normal: () => number
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return hash >>> 0
}

/** A generator (mulberry32) for one purpose; purposes do not disturb one another. */
export function randomFor(purpose: string): Random {
  let state = hashOf(purpose)
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
  const whole = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1))
  const pick = <T>(list: readonly T[]): T => {
    const chosen = list[whole(0, list.length - 1)]
    if (chosen === undefined) throw new RangeError('nothing to choose from')
    return chosen
  }
  return {
    next,
    whole,
    pick,
    chance: (probability) => next() < probability,
    weighted: (list, weightOf) => {
      let left = next() * list.reduce((total, one) => total + weightOf(one), 0)
      return list.find((one) => (left -= weightOf(one)) < 0) ?? pick(list)
    },
    // Irwin–Hall with four terms: variance 1/3.
    normal: () => (next() + next() + next() + next() - 2) * Math.sqrt(3),
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Ids in the form of `newId`, but repeatable, so that a link into the demo still works after a restart. */
export function idsFor(purpose: string): () => string {
  const random = randomFor(purpose)
  return () => Array.from({ length: 16 }, () => alphabet.charAt(random.whole(0, 63))).join('')
}
