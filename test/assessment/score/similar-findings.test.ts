import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { similarEntries, type Entry } from '#assessment/score/similar-findings'

const entry = { kind: '专项督查', unitId: 'u', what: '公开指南未更新办公地址', notifiedOn: '2017-06-15' }
const similarFindings = (one: Entry, known: readonly Entry[]) => similarEntries(known).to(one)
const isLike = (a: string, b: string) =>
  similarFindings({ ...entry, what: a }, [{ ...entry, what: b }]).length === 1

/** Dice's coefficient as it is written down, of two texts. */
function likeness(a: string, b: string): number {
  const pairsOf = (text: string) => new Set([...text].slice(1).map((at, index) => [...text][index] + at))
  const [first, second] = [pairsOf(a), pairsOf(b)]
  return (2 * [...first].filter((pair) => second.has(pair)).length) / (first.size + second.size)
}

describe('entries that may be the same problem', () => {
  it('have the same unit and kind, near days and similar words', () => {
    const same = { ...entry, what: '公开指南办公地址未更新', notifiedOn: '2017-06-01' }
    const closer = { ...entry, what: '公开指南未更新办公地址。' }
    expect(similarFindings(entry, [same, closer])).toEqual([closer, same])
  })
  it.each([
    ['another unit', { unitId: 'v' }],
    ['another kind', { kind: '举报查实' }],
    ['another month', { notifiedOn: '2017-07-16' }],
    ['other words', { what: '年度报告未按期发布' }],
  ])('are not told of %s', (_, change) => {
    expect(similarFindings(entry, [{ ...entry, ...change }])).toEqual([])
  })
  it('are compared by pairs of characters, without punctuation', () => {
    expect(isLike('栏目', '栏 目！')).toBe(true)
    expect(isLike('错', '错')).toBe(true)
    expect(isLike('错', '对')).toBe(false)
    expect(isLike('', '。')).toBe(true)
    expect(isLike('', '错')).toBe(false)
  })
  it('are those of half their pairs or more in common, the most alike first, however they are found', () => {
    const text = fc
      .array(fc.constantFrom(...'甲乙丙丁'), { minLength: 2, maxLength: 8 })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 12 }), (what, others) => {
        const known = others.map((other) => ({ ...entry, what: other }))
        const expected = known
          .map((other) => ({ other, like: likeness(what, other.what) }))
          .filter(({ like }) => like >= 0.5)
          .sort((a, b) => b.like - a.like)
          .map(({ other }) => other)
        expect(similarFindings({ ...entry, what }, known)).toEqual(expected)
      }),
    )
  })
})
