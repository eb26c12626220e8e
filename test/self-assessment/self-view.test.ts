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
import { copiedCells, pastedCells } from '../../web/components/self-assessment/pasted-cells.ts'
import { useCellHistory, type Cell } from '../../web/components/self-assessment/use-cell-history.ts'

describe('marks as people type them', () => {
  it.each([
    ['', { marks: null, notApplicable: false }],
    [' 2.5 ', { marks: '2.5', notApplicable: false }],
    ['２．５', { marks: '2.5', notApplicable: false }],
    ['2。5', { marks: '2.5', notApplicable: false }],
    ['2分', { marks: '2', notApplicable: false }],
    ['2.50', { marks: '2.50', notApplicable: false }],
    ['3.', { marks: '3', notApplicable: false }],
    ['2.1234', { marks: '2.1234', notApplicable: false }],
    ['不适用', { marks: null, notApplicable: true }],
    ['N/A', { marks: null, notApplicable: true }],
    ['／', { marks: null, notApplicable: true }],
    ['2,5', { fault: 'odd-comma', offer: '2.5' }],
    ['很好', { fault: 'not-a-number', offer: null }],
    ['1e2', { fault: 'not-a-number', offer: null }],
    ['-1', { fault: 'negative', offer: null }],
    ['1.00001', { fault: 'too-many-decimals', offer: null }],
    ['3.01', { fault: 'above-full', offer: null }],
    ['85.50%', { fault: 'above-full', offer: null }],
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

describe('what was copied', () => {
  const copied = (text: string, looks: string) =>
    copiedCells({ getData: (kind) => (kind === 'text/html' ? looks : text) })

  it('is cells when it comes from a table or as lines, and one text when it is prose from a document', () => {
    expect(copied('1\t2', '<table><tr><td>1</td><td>2</td></tr></table>')).toEqual([['1', '2']])
    expect(copied('1\n2', '')).toEqual([['1'], ['2']])
    expect(copied('第一段\n第二段', '<p>第一段</p><p>第二段</p>')).toEqual([['第一段\n第二段']])
  })
})

describe('undo over a sheet', () => {
  function sheet() {
    const texts = new Map<string, string>()
    const keyOf = ({ row, column }: Cell) => `${row}.${column}`
    let time = 0
    const history = useCellHistory({
      read: (cell) => texts.get(keyOf(cell)) ?? '',
      write: (cell, text) => texts.set(keyOf(cell), text),
      now: () => time,
    })
    const type = (row: string, text: string, milliseconds = 100): void => {
      time += milliseconds
      history.type([{ row, column: 'marks', text }])
    }
    return { ...history, texts, type, stands: () => [texts.get('1.marks'), texts.get('2.marks')] }
  }

  it('takes back a paste as a whole, then what was typed before, and no character of another cell', () => {
    const { type, put, undo, redo, stands } = sheet()
    type('1', '缺')
    type('1', '缺制度')
    put([
      { row: '1', column: 'marks', text: '1' },
      { row: '2', column: 'marks', text: '2' },
    ])
    expect(stands()).toEqual(['1', '2'])
    expect(undo()).toMatchObject({ row: '1', column: 'marks' })
    expect(stands()).toEqual(['缺制度', ''])
    undo()
    expect(stands()).toEqual(['', ''])
    expect(undo()).toBeNull()
    redo()
    redo()
    expect(redo()).toBeNull()
    expect(stands()).toEqual(['1', '2'])
  })

  it('takes back nothing of a row that is on record by now', () => {
    const { put, undo, redo, forget, stands } = sheet()
    put([
      { row: '1', column: 'marks', text: '1' },
      { row: '2', column: 'marks', text: '2' },
    ])
    forget('1')
    undo()
    expect(stands()).toEqual(['1', ''])
    forget('2')
    expect(redo()).toBeNull()
    expect(stands()).toEqual(['1', ''])
  })

  it('takes typing back up to a pause, or up to where another cell was typed into', () => {
    const { type, undo, endTyping, stands } = sheet()
    type('1', '1')
    type('1', '1.5', 2000)
    type('2', '3')
    endTyping()
    type('2', '3.5')
    undo()
    expect(stands()).toEqual(['1.5', '3'])
    undo()
    expect(stands()).toEqual(['1.5', ''])
    undo()
    expect(stands()).toEqual(['1', ''])
  })

  it('leaves alone what somebody else has put there meanwhile, and finds what was saved as the same number', () => {
    const { type, put, undo, texts, stands } = sheet()
    type('1', '２分')
    put([{ row: '2', column: 'marks', text: '3' }])
    texts.set('2.marks', '2.5')
    texts.set('1.marks', '2')
    undo()
    expect(stands()).toEqual(['', '2.5'])
  })

  it('forgets what was undone once something else is typed', () => {
    const { type, undo, redo, stands } = sheet()
    type('1', '1')
    undo()
    type('2', '2')
    expect(redo()).toBeNull()
    expect(stands()).toEqual(['', '2'])
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
