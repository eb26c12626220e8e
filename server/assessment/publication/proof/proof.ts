import type { Leaf } from './leaves.ts'
import { leafHash, othersOf, rootOf, type Content, type Hash } from './tree.ts'

/**
 * The salt of a leaf by its kind and key, at least 128 bits that nobody can guess. Marks are few: between 0 and 5.00 there are 501, so that
 * without a salt whoever has the hash of another unit's mark would hash them all and see which it is. Salts follow from one seed of the
 * publication that no file shows, rather than being drawn one by one, so that the tree can be built again from the facts and need not be
 * kept; they are a keyed hash of it, so that the salts that a file shows tell nothing of the others.
 */
export type SaltOf = (kind: string, key: string) => string

/** A leaf as a file shows it. */
export interface ShownLeaf extends Content {
  /** From 0, in the tree. */
  readonly place: number
  /** How its hash begins. */
  readonly tag: string
  readonly salt: string
}

/** What a file holds: the leaves that its reader may see, and what comes to the root with them. */
export interface ProofFile {
  readonly format: 1
  readonly root: string
  /** Leaves of the whole tree. */
  readonly count: number
  readonly leaves: readonly ShownLeaf[]
  readonly others: readonly string[]
}

/** A tag tells which leaf was altered, where the root only tells that one was; it proves nothing by itself. */
export const tagOf = (hash: string): string => hash.slice(0, 8)

const hashesOf = (hash: Hash, saltOf: SaltOf, leaves: readonly Leaf[]): string[] =>
  leaves.map((leaf) => leafHash(hash, saltOf(leaf.kind, leaf.key), leaf))

/** The root over everything that a publication commits to. */
export const proofRoot = (hash: Hash, saltOf: SaltOf, leaves: readonly Leaf[]): string =>
  rootOf(hash, hashesOf(hash, saltOf, leaves))

/** The file that shows the leaves at some places, in ascending order. */
export function proofFile(
  hash: Hash,
  saltOf: SaltOf,
  leaves: readonly Leaf[],
  places: readonly number[],
): ProofFile {
  const hashes = hashesOf(hash, saltOf, leaves)
  return {
    format: 1,
    root: rootOf(hash, hashes),
    count: leaves.length,
    leaves: places.map((place): ShownLeaf => {
      const { kind, key, value } = leaves[place] as Leaf
      return { place, tag: tagOf(hashes[place] as string), salt: saltOf(kind, key), kind, key, value }
    }),
    others: othersOf(hash, hashes, places),
  }
}

/** The first and last eight digits of a root, as a circular prints them. */
export const shortRoot = (root: string): string => `${root.slice(0, 8)}…${root.slice(-8)}`
