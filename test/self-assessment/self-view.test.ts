import { describe, expect, it } from 'vitest'
import { claimedGapHeight, claimedGapOption } from '../../web/charts/claimed-gap.ts'
import {
  createDraftQueue,
  type Held,
  type Kept,
  type Outcome,
  type Typed,
} from '../../web/components/self-assessment/draft-queue.ts'
import { marksText, readMarks } from '../../web/components/self-assessment/marks-text.ts'
import { pastedCells } from '../../web/components/self-assessment/pasted-cells.ts'

describe('marks as people type them', () => {
  it.each([
    ['', { marks: null, notApplicable: false }],
    [' 2.5 ', { marks: '2.5', notApplicable: false }],
    ['２．５', { marks: '2.5', notApplicable: false }],
    ['2,5', { marks: '2.5', notApplicable: false }],
    ['3.', { marks: '3', notApplicable: false }],
    ['不适用', { marks: null, notApplicable: true }],
    ['N/A', { marks: null, notApplicable: true }],
    ['很好', 'not-a-number'],
    ['1e2', 'not-a-number'],
    ['-1', 'negative'],
    ['3.01', 'above-full'],
  ])('%j', (text, expected) => {
    expect(readMarks(text, '3')).toEqual(expected)
  })

  it('reads what it writes', () => {
    for (const value of [
      { marks: '2.50', notApplicable: false },
      { marks: null, notApplicable: true },
    ])
      expect(readMarks(marksText(value, '不适用'), '3')).toEqual(value)
  })
})

describe('entries while they are typed', () => {
  /** A queue on a server that answers as told; timers run when the test says so. */
  function desk(answers: (typed: Typed, etag: string) => Promise<Outcome> | Outcome) {
    const entries = new Map<string, Held>()
    const sent: string[] = []
    let kept: Kept = {}
    let due: (() => void) | null = null
    let wait = 0
    const queue = createDraftQueue({
      entries,
      keep: (next) => (kept = next),
      save: async (key, typed, etag) => {
        sent.push(`${key} ${typed.marks} ${etag}`)
        return answers(typed, etag)
      },
      after: (milliseconds, work) => {
        wait = milliseconds
        due = work
        return () => (due = null)
      },
    })
    for (const key of ['1.1', '1.2'])
      queue.adopt(key, { marks: '', note: '', etag: '"0"', by: null, at: null })
    return { queue, entries, sent, kept: () => kept, due: () => due, waited: () => wait }
  }
  const counting = () => {
    let version = 0
    return (): Outcome => ({ type: 'saved', etag: `"${++version}"` })
  }

  it('are kept at once and sent after a pause, one after another', async () => {
    const { queue, entries, sent, kept, due } = desk(counting())
    queue.type('1.1', { marks: '2', note: '' })
    queue.type('1.2', { marks: '3', note: '见附件' })
    expect(sent).toEqual([])
    expect(Object.keys(kept())).toEqual(['1.1', '1.2'])
    expect(due()).not.toBeNull()
    expect(await queue.flush()).toBe(true)
    expect(sent).toEqual(['1.1 2 "0"', '1.2 3 "0"'])
    expect(kept()).toEqual({})
    expect(entries.get('1.2')).toMatchObject({ state: 'saved', etag: '"2"' })
  })

  it('typed while an earlier text is on its way go out next, on the new version', async () => {
    const { queue, sent } = desk((typed) => {
      if (typed.marks === '2') queue.type('1.1', { marks: '2.5', note: '' })
      return { type: 'saved', etag: `"${sent.length}"` }
    })
    queue.type('1.1', { marks: '2', note: '' })
    expect(await queue.flush()).toBe(true)
    expect(sent).toEqual(['1.1 2 "0"', '1.1 2.5 "1"'])
  })

  it('wait in the browser while the server is out of reach, ever longer between tries', async () => {
    let reachable = false
    const { queue, entries, kept, due, waited } = desk(() =>
      reachable ? { type: 'saved', etag: '"1"' } : { type: 'later' },
    )
    queue.type('1.1', { marks: '2', note: '' })
    expect(await queue.flush()).toBe(false)
    expect(kept()['1.1']?.typed.marks).toBe('2')
    const first = waited()
    await queue.flush()
    expect(waited()).toBeGreaterThan(first)
    reachable = true
    due()?.()
    expect(await queue.flush()).toBe(true)
    expect(entries.get('1.1')?.state).toBe('saved')
  })

  it('kept from an earlier visit go out, unless somebody else has changed the entry since', async () => {
    const { queue, entries, sent } = desk(counting())
    queue.restore({
      '1.1': { typed: { marks: '2', note: '' }, etag: '"1"' },
      '1.2': { typed: { marks: '2', note: '' }, etag: '"1"' },
    })
    queue.adopt('1.1', { marks: '1', note: '', etag: '"1"', by: '何静', at: null })
    queue.adopt('1.2', { marks: '1', note: '', etag: '"2"', by: '何静', at: null })
    expect(await queue.flush()).toBe(false)
    expect(sent).toEqual(['1.1 2 "1"'])
    expect(entries.get('1.2')).toMatchObject({ state: 'conflict', theirs: { marks: '1', by: '何静' } })
    queue.choose('1.2', 'mine')
    expect(await queue.flush()).toBe(true)
    expect(sent.at(-1)).toBe('1.2 2 "2"')
  })

  it('that differ from a colleague’s are neither sent nor lost until somebody chooses', async () => {
    const theirs = { marks: '1', note: '', etag: '"7"', by: '林伟成', at: null }
    const { queue, entries, kept } = desk(() => ({ type: 'conflict', theirs }))
    queue.type('1.1', { marks: '2', note: '我的' })
    expect(await queue.flush()).toBe(false)
    expect(kept()['1.1']?.typed).toEqual({ marks: '2', note: '我的' })
    queue.choose('1.1', 'theirs')
    expect(entries.get('1.1')).toMatchObject({ state: 'saved', etag: '"7"', typed: { marks: '1' } })
    expect(kept()).toEqual({})
  })

  it('that are wrong stay as typed, and go out once mended', async () => {
    const { queue, entries } = desk((typed) =>
      typed.marks === '9' ? { type: 'refused', problem: 'above-full' } : { type: 'saved', etag: '"1"' },
    )
    queue.type('1.1', { marks: '9', note: '' })
    expect(await queue.flush()).toBe(false)
    expect(entries.get('1.1')).toMatchObject({ state: 'refused', problem: 'above-full' })
    queue.type('1.1', { marks: '3', note: '' })
    expect(await queue.flush()).toBe(true)
  })
})

describe('cells pasted from a spreadsheet', () => {
  it.each([
    ['2.5', [['2.5']]],
    ['2.5\r\n3\r\n', [['2.5'], ['3']]],
    [
      '2.5\t有分管领导\n不适用\t',
      [
        ['2.5', '有分管领导'],
        ['不适用', ''],
      ],
    ],
    ['1\n\n3', [['1'], [''], ['3']]],
    [
      '3\t"第一行\n第二行，""附件"""\n2\t完',
      [
        ['3', '第一行\n第二行，"附件"'],
        ['2', '完'],
      ],
    ],
    ['"只有开头', [['"只有开头']]],
  ])('%j', (text, expected) => {
    expect(pastedCells(text)).toEqual(expected)
  })
})

describe('claimed minus verified', () => {
  const gap = (gaps: readonly number[]) =>
    claimedGapOption({
      rows: gaps.map((value, index) => ({ name: `<单位${index}>`, gap: value, difference: '1' })),
      width: 600,
      words: { gap: '每百分', difference: '相差', description: '说明' },
    })

  it('starts at 0 and leaves room on the left only where claims were lower', () => {
    expect(gap([4.1, 2]).xAxis).toMatchObject({ min: 0, max: 5 })
    expect(gap([2, -1.2]).xAxis.min).toBeLessThan(-1)
    expect(gap([2, -1.2]).series[0]?.data[1]?.itemStyle.color).not.toBe(
      gap([2, -1.2]).series[0]?.data[0]?.itemStyle.color,
    )
  })

  it('names each bar without letting names become markup, and grows with the rows', () => {
    expect(gap([1]).tooltip.formatter([{ dataIndex: 0 }])).toContain('&lt;单位0&gt;')
    expect(gap([]).tooltip.formatter([])).toBe('')
    expect(claimedGapHeight(50)).toBeGreaterThan(claimedGapHeight(5))
  })
})
