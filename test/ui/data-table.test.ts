import { describe, expect, it } from 'vitest'
import {
  cellText,
  entriesOf,
  filteredRows,
  foundRows,
  headColumn,
  sheetOf,
  shownColumns,
  sortedRows,
  titleColumn,
  type Column,
} from '../../web/components/ui/data-table.ts'

interface Unit {
  readonly name: string
  readonly score: string | null
  readonly on: string | null
  readonly count: number
}
const units: Unit[] = [
  { name: '市财政局', score: '89.56', on: '2018-02-10', count: 1200 },
  { name: '市教育局', score: null, on: null, count: 0 },
  { name: '第10小学', score: '-0.45', on: '2018-01-09', count: 3 },
  { name: '第9小学', score: '100.00', on: '2017-12-31', count: 20 },
]
const columns: Column<Unit>[] = [
  { key: 'count', label: '数量', value: ({ count }) => count, kind: 'number', optional: true },
  { key: 'name', label: '单位', value: ({ name }) => name, searched: true, phone: 'title' },
  { key: 'score', label: '得分', value: ({ score }) => score, kind: 'points', none: '待定', optional: true },
  { key: 'on', label: '日期', value: ({ on }) => on, kind: 'day' },
  { key: 'deeds', label: '操作' },
]
const names = (rows: readonly Unit[]) => rows.map(({ name }) => name)
const column = (key: string) => columns.find((each) => each.key === key) as Column<Unit>
const [first, second, third] = units as [Unit, Unit, Unit]

describe('a table', () => {
  it('sorts numbers by size, days by time and words as a Chinese reader would, numbers in them by size', () => {
    expect(names(sortedRows(units, columns, 'count'))).toEqual([
      '市教育局',
      '第10小学',
      '第9小学',
      '市财政局',
    ])
    expect(names(sortedRows(units, columns, 'on')).slice(0, 3)).toEqual(['第9小学', '第10小学', '市财政局'])
    const byName = names(sortedRows(units, columns, 'name'))
    expect(byName.indexOf('第9小学')).toBeLessThan(byName.indexOf('第10小学'))
  })

  it('keeps rows without a value behind, whichever way it sorts', () => {
    expect(names(sortedRows(units, columns, 'score'))).toEqual([
      '第10小学',
      '市财政局',
      '第9小学',
      '市教育局',
    ])
    expect(names(sortedRows(units, columns, '-score'))).toEqual([
      '第9小学',
      '市财政局',
      '第10小学',
      '市教育局',
    ])
  })

  it('leaves rows in their own order for a word that is no column, or one without values', () => {
    for (const sort of ['', 'rank', '-gone', 'deeds']) expect(sortedRows(units, columns, sort)).toEqual(units)
  })

  it('says what a cell holds: a true minus sign, thousands apart, and a word where there is nothing', () => {
    expect(cellText(column('score'), third)).toBe('−0.45')
    expect(cellText(column('score'), second)).toBe('待定')
    expect(cellText(column('on'), second)).toBe('—')
    expect(cellText(column('count'), first)).toBe('1,200')
    expect(cellText(column('count'), second)).toBe('0')
  })

  it('leaves out chosen columns, but never one that people may not leave out', () => {
    const keys = (hide: string) => shownColumns(columns, hide).map(({ key }) => key)
    expect(keys('')).toEqual(['count', 'name', 'score', 'on', 'deeds'])
    expect(keys('score,name,gone')).toEqual(['count', 'name', 'on', 'deeds'])
  })

  it('names a row by the column that says so, else by its title, else by its first', () => {
    expect(headColumn(columns)?.key).toBe('name')
    const [count, ...others] = columns as [Column<Unit>, ...Column<Unit>[]]
    expect(headColumn([...others, { ...count, head: true }])?.key).toBe('count')
    expect(titleColumn([...others, { ...count, head: true }])?.key).toBe('name')
    expect(headColumn(columns.filter(({ phone }) => phone !== 'title'))?.key).toBe('count')
  })

  it('keeps what passes every filter set and holds what was typed where it is looked for', () => {
    const filters = [
      {
        type: 'switch',
        key: 'scored',
        label: '只看有分',
        fits: ({ score }: Unit) => score !== null,
      },
      {
        type: 'choice',
        key: 'year',
        label: '年份',
        all: '全部',
        choices: [],
        fits: ({ on }: Unit, year: string) => on?.startsWith(year) === true,
      },
      { type: 'mark', key: 'elsewhere', label: '', words: String },
    ] as const
    const chosen = (given: Record<string, string>) =>
      names(filteredRows(units, filters, (key) => given[key] ?? ''))
    expect(chosen({})).toEqual(names(units))
    expect(chosen({ scored: '1', year: '2018' })).toEqual(['市财政局', '第10小学'])
    expect(chosen({ elsewhere: 'x' })).toEqual(names(units))
    expect(names(foundRows(units, columns, (text) => text.includes('小学')))).toEqual(['第10小学', '第9小学'])
    expect(foundRows(units, columns, (text) => text.includes('89.56'))).toEqual([])
  })

  it('puts bands before the rows they belong to', () => {
    const entries = entriesOf(units, (row, before) =>
      row.score === null && before?.score !== null ? [{ key: 'pending' }] : [],
    )
    expect(entries.map((entry) => (entry.type === 'row' ? entry.place : entry.band.key))).toEqual([
      0,
      'pending',
      1,
      2,
      3,
    ])
    expect(entriesOf(units, undefined)).toHaveLength(4)
  })

  it('goes into a file as it is shown, without the columns of buttons', () => {
    const shown = shownColumns(columns, 'count')
    expect(sheetOf(shown, sortedRows(units, columns, '-score').slice(0, 2))).toEqual({
      columns: [
        { label: '单位', format: 'text' },
        { label: '得分', format: 'points' },
        { label: '日期', format: 'day' },
      ],
      rows: [
        ['第9小学', '100.00', '2017-12-31'],
        ['市财政局', '89.56', '2018-02-10'],
      ],
    })
  })
})
