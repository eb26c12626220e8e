import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { leafHash, othersOf, rootFrom, rootOf } from '#assessment/publication/proof/tree'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
/** Readable in place of a hash. */
const plain = (text: string): string => `(${text})`

describe('the tree over leaves', () => {
  it('parts at the greatest power of two below its number of leaves, and tells nodes from leaves', () => {
    expect(rootOf(plain, ['a'])).toBe('a')
    expect(rootOf(plain, ['a', 'b', 'c'])).toBe('(1(1ab)c)')
    expect(rootOf(plain, ['a', 'b', 'c', 'd', 'e'])).toBe('(1(1(1ab)(1cd))e)')
    expect(() => rootOf(plain, [])).toThrow(RangeError)
  })

  it('hashes a leaf with its salt, kind, key and value as canonical JSON', () => {
    expect(leafHash(plain, 's', { kind: 'grade', key: 'u', value: { b: 1, a: null } })).toBe(
      '(0["s","grade","u",{"a":null,"b":1}])',
    )
    expect(leafHash(sha256, '', { kind: '', key: '', value: 0 })).toBe(sha256('0["","","",0]'))
  })
})

describe('some leaves and the hashes of the others', () => {
  const leaves = Array.from({ length: 11 }, (_, place) => sha256(`leaf ${place}`))
  const root = rootOf(sha256, leaves)
  const shown = (...places: number[]) => new Map(places.map((place) => [place, leaves[place] as string]))

  it('come to the same root, whichever are shown', () => {
    for (const places of [[0], [10], [3, 4], [0, 5, 10], leaves.map((_, place) => place)])
      expect(rootFrom(sha256, 11, shown(...places), othersOf(sha256, leaves, places))).toBe(root)
  })

  it('are its path for one leaf, and none where all are shown', () => {
    expect(othersOf(plain, ['a', 'b', 'c'], [1])).toEqual(['a', 'c'])
    expect(othersOf(plain, ['a', 'b', 'c', 'd', 'e'], [4])).toEqual(['(1(1ab)(1cd))'])
    expect(othersOf(plain, ['a', 'b', 'c'], [0, 1, 2])).toEqual([])
  })

  it('come to no root with a hash too many, one too few, or a place that is none', () => {
    const others = othersOf(sha256, leaves, [3])
    expect(rootFrom(sha256, 11, shown(3), [...others, root])).toBeNull()
    expect(rootFrom(sha256, 11, shown(3), others.slice(1))).toBeNull()
    expect(rootFrom(sha256, 11, shown(3), [])).toBeNull()
    expect(rootFrom(sha256, 11, new Map(), others)).toBeNull()
    for (const place of [11, -1, 0.5])
      expect(rootFrom(sha256, 11, new Map([[place, leaves[3] as string]]), others)).toBeNull()
  })

  it('come to another root with another leaf, or the leaf at another place', () => {
    const others = othersOf(sha256, leaves, [3])
    expect(rootFrom(sha256, 11, new Map([[3, leaves[4] as string]]), others)).not.toBe(root)
    expect(rootFrom(sha256, 11, new Map([[2, leaves[3] as string]]), others)).not.toBe(root)
  })
})
