import { canonicalJson } from '../../canonical-json.ts'

/** SHA-256 of a text in UTF-8, as 64 hexadecimal digits; passed in, since the engine knows neither Node nor browser. */
export type Hash = (text: string) => string

/** What is committed: which kind of thing, which of that kind, and what it says. */
export interface Content {
  readonly kind: string
  readonly key: string
  readonly value: unknown
}

/** The hash of a leaf with its salt. A leaf and a node begin differently, so that none passes for the other (RFC 6962). */
export const leafHash = (hash: Hash, salt: string, { kind, key, value }: Content): string =>
  hash(`0${canonicalJson([salt, kind, key, value])}`)

/** Where a tree of so many leaves parts: the greatest power of two below their number. */
function halfOf(count: number): number {
  let half = 1
  while (half * 2 < count) half *= 2
  return half
}

const node = (hash: Hash, left: string, right: string): string => hash(`1${left}${right}`)

/** The root of the tree over the hashes of its leaves, in order. Throws RangeError for none. */
export function rootOf(hash: Hash, leaves: readonly string[]): string {
  const [only] = leaves
  if (only === undefined) throw new RangeError('a tree has at least one leaf')
  if (leaves.length === 1) return only
  const half = halfOf(leaves.length)
  return node(hash, rootOf(hash, leaves.slice(0, half)), rootOf(hash, leaves.slice(half)))
}

/**
 * What somebody needs besides the leaves at some places to come to the root: the hashes of the greatest subtrees that hold none of them,
 * from left to right. For one leaf it is its path.
 */
export function othersOf(hash: Hash, leaves: readonly string[], places: readonly number[]): string[] {
  const within = (from: number, to: number, shown: readonly number[]): string[] => {
    const own = shown.filter((place) => place >= from && place < to)
    if (own.length === 0) return [rootOf(hash, leaves.slice(from, to))]
    if (own.length === to - from) return []
    const middle = from + halfOf(to - from)
    return [...within(from, middle, own), ...within(middle, to, own)]
  }
  return within(0, leaves.length, places)
}

/**
 * The root that leaves at their places and the hashes of the others come to; null where they do not make up a tree of so many leaves, with a
 * hash too many, too few or a place that it does not have.
 */
export function rootFrom(
  hash: Hash,
  count: number,
  leaves: ReadonlyMap<number, string>,
  others: readonly string[],
): string | null {
  const places = [...leaves.keys()]
  const rest = [...others]
  if (places.length === 0 || !places.every((place) => Number.isInteger(place) && place >= 0 && place < count))
    return null
  const within = (from: number, to: number, shown: readonly number[]): string | null => {
    const own = shown.filter((place) => place >= from && place < to)
    if (own.length === 0) return rest.shift() ?? null
    if (to - from === 1) return leaves.get(from) as string
    const middle = from + halfOf(to - from)
    const left = within(from, middle, own)
    const right = left === null ? null : within(middle, to, own)
    return left === null || right === null ? null : node(hash, left, right)
  }
  const root = within(0, count, places)
  return rest.length > 0 ? null : root
}
