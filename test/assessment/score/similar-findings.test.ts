import { describe, expect, it } from 'vitest'
import { likeness, similarFindings } from '#assessment/score/similar-findings'

const entry = { kind: '专项督查', unitId: 'u', what: '公开指南未更新办公地址', notifiedOn: '2017-06-15' }

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
    expect(likeness('栏目', '栏 目！')).toBe(1)
    expect(likeness('错', '错')).toBe(1)
    expect(likeness('错', '对')).toBe(0)
    expect(likeness('', '。')).toBe(1)
  })
})
