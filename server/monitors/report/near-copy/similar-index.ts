import { signatureLength, similarity, type Signature } from './signature.ts'

/** Four hashes a band: texts that share half of their shingles meet in one of 32 bands nine times out of ten. */
const rows = 4
const bands = signatureLength / rows

/** A stored text that is like the one sought. */
export interface Alike<Key> {
  readonly key: Key
  /** About the share of shingles in common, 0 to 1. */
  readonly similarity: number
}

/** Texts by their signatures, found again by what is like them (locality-sensitive hashing in bands). */
export class SimilarIndex<Key> {
  readonly #entries: { readonly key: Key; readonly signature: Signature }[] = []
  readonly #buckets: readonly Map<number, number[]>[] = Array.from(
    { length: bands },
    () => new Map<number, number[]>(),
  )

  add(key: Key, signature: Signature): void {
    const entry = this.#entries.push({ key, signature }) - 1
    for (const [band, buckets] of this.#buckets.entries()) {
      const hash = bandHash(signature, band)
      const bucket = buckets.get(hash)
      if (bucket) bucket.push(entry)
      else buckets.set(hash, [entry])
    }
  }

  /** What is at least so much alike, the most alike first. */
  like(signature: Signature, least: number): Alike<Key>[] {
    const seen = new Set<number>()
    for (const [band, buckets] of this.#buckets.entries()) {
      for (const entry of buckets.get(bandHash(signature, band)) ?? []) seen.add(entry)
    }
    return [...seen]
      .flatMap((index): Alike<Key>[] => {
        const entry = this.#entries[index]
        return entry ? [{ key: entry.key, similarity: similarity(signature, entry.signature) }] : []
      })
      .filter((alike) => alike.similarity >= least)
      .sort((a, b) => b.similarity - a.similarity)
  }
}

function bandHash(signature: Signature, band: number): number {
  let hash = 0x811c9dc5
  for (let row = band * rows; row < (band + 1) * rows; row++)
    hash = Math.imul(hash ^ (signature[row] ?? 0), 0x01000193)
  return hash >>> 0
}
