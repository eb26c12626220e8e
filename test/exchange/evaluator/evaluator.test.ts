import { describe, expect, it } from 'vitest'
import type { ExternalComponent } from '#assessment/rule/scheme'
import { readAnySheets } from '../../../server/exchange/spreadsheet/any-sheets.ts'
import { readEvaluatorMarks } from '../../../server/exchange/evaluator/marks.ts'
import {
  applyRemembered,
  guessMapping,
  rememberMapping,
  type ColumnMapping,
} from '../../../server/exchange/evaluator/mapping.ts'
import { evaluatorText } from '../../../server/exchange/evaluator/words.ts'
import { readAnyFile } from '../../../server/jobs/read-workbook.ts'
import { nameLikeness, similarNames } from '#assessment/similar-names'
import { workbookOf, type Sheets } from '../../fixtures/workbooks.ts'

const names = ['市教育局', '市发展和改革委员会', '清河县政府', '市水务局', '市林业局']
const participants = names.map((name, index) => ({ unitId: `u${index}`, name, group: '市直部门' }))
const component = (changes: Partial<ExternalComponent> = {}): ExternalComponent => ({
  key: 'third',
  name: '第三方评估',
  weight: 3000,
  variants: [],
  windows: [],
  clause: '',
  method: 'external',
  full: '100',
  dimensions: [],
  missing: 'pending',
  ...changes,
})
const byParts = component({
  dimensions: [
    { key: 'site', name: '网站检查', full: '60' },
    { key: 'survey', name: '公众调查', full: '40' },
  ],
})

async function sheetsIn(sheets: Sheets) {
  const reading = await readAnySheets(await workbookOf(sheets), '评分.xlsx')
  if (!reading.ok) throw new Error(reading.problems[0]?.code)
  return reading.sheets
}

/** A title, a header over two rows, the marks in column F out of 120, ranks beside them. */
const odd: Sheets = {
  说明: [['本表由评估机构提供']],
  得分表: [
    ['2026年政务公开第三方评估得分'],
    ['序号', '', '被评估单位', '', '评估结果', '', '名次'],
    ['', '', '', '', '', '总得分（满分120分）', ''],
    [1, '', '市教育局', '', 'A', 108, 1],
    [2, '', ' 市水务局 ', '', 'A', 100.2, 2],
    [3, '', '清河县政府', '', 'B', '96', 3],
    [4, '', '市林业局', '', 'B', 90, 4],
    [5, '', '市发展和改革委员会', '', 'B', 84, 5],
    ['', '', '平均', '', '', 95.64, ''],
  ],
}

describe('how a file is read, guessed', () => {
  it('finds sheet, header, units and total in an odd layout, with the full marks named in the header', async () => {
    const mapping = guessMapping(await sheetsIn(odd), component(), names)
    expect(mapping).toMatchObject({ sheet: '得分表', unit: 2, total: { column: 5, full: '120' } })
    expect(mapping?.headerRow).toBe(3)
  })
  it('takes one mark above the full marks for a slip, many for marks out of more', async () => {
    const full = async (above: number) => {
      const rows = Array.from({ length: 20 }, (_, index) => [
        `市第${index}局`,
        index < above ? 105 : 80 + index / 2,
      ])
      const sheets = await sheetsIn({ 得分表: [['单位名称', '得分'], ...rows] })
      return guessMapping(sheets, component(), ['市第3局', '市第4局'])?.total?.full
    }
    expect(await full(2)).toBe('100')
    expect(await full(3)).toBe('110')
  })
  it('finds the dimensions by their names', async () => {
    const sheets = await sheetsIn({
      Sheet1: [
        ['单位名称', '公众调查', '网站检查（30分）', '合计'],
        ['市教育局', 35, 27, 89],
        ['市水务局', 33, 28, 89],
      ],
    })
    expect(guessMapping(sheets, byParts, names)).toMatchObject({
      unit: 0,
      total: { column: 3 },
      dimensions: [
        { key: 'site', column: 2, full: '30' },
        { key: 'survey', column: 1, full: '40' },
      ],
    })
  })
  it('goes by the header where no unit is known, and by nothing where there is none', async () => {
    const rows = [
      ['部门', '得分'],
      ['甲局', 80],
    ]
    const sheets = await sheetsIn({ Sheet1: rows })
    expect(guessMapping(sheets, component(), names)).toMatchObject({
      unit: 0,
      headerRow: 1,
      total: { column: 1 },
    })
    expect(guessMapping(await sheetsIn({ Sheet1: [[1, 2]] }), component(), names)).toBeNull()
  })
  it('is remembered by headers, so that moved columns and other sheets are found again', async () => {
    const sheets = await sheetsIn(odd)
    const mapping = guessMapping(sheets, component(), names) as ColumnMapping
    const sheet = sheets.find(({ name }) => name === '得分表')
    if (!sheet) throw new Error('no sheet')
    const left = ['市水务局', '合计'].map((written) => ({ written, unitId: null }))
    const kept = rememberMapping({ ...mapping, names: left }, sheet, names)
    // That a unit's own row was left out concerns that file alone.
    expect(kept.mapping.names).toEqual([{ written: '合计', unitId: null }])
    const moved = await sheetsIn({
      二次: [
        ['被评估单位', '总得分（满分120分）'],
        ['市教育局', 110],
      ],
    })
    expect(applyRemembered(kept, moved)).toMatchObject({
      sheet: '二次',
      headerRow: 1,
      unit: 0,
      total: { column: 1, full: '120' },
    })
    expect(applyRemembered(kept, await sheetsIn({ 二次: [['单位', '得分']] }))).toBeNull()
  })
})

describe('marks read from an evaluator’s file', () => {
  const mapping: ColumnMapping = {
    sheet: 'Sheet1',
    headerRow: 1,
    unit: 0,
    total: { column: 1, full: '120' },
    dimensions: [],
    holds: null,
    names: [],
  }
  const read = async (rows: Sheets[string], changes: Partial<ColumnMapping> = {}, part = component()) =>
    readEvaluatorMarks(await sheetsIn({ Sheet1: rows }), { ...mapping, ...changes }, part, participants)
  const codes = (messages: readonly { code: string; row: number | null }[]) =>
    messages.map(({ code, row }) => [code, row])

  it('are converted exactly, and who is missing becomes pending', async () => {
    const { rows, errors, warnings } = await read([
      ['单位', '得分'],
      ['市水务局', 100.2],
      ['市教育局', 100],
      ['清河县政府', null],
    ])
    expect(errors).toEqual([])
    expect(rows.map(({ marks }) => marks[0])).toEqual([
      { dimension: null, given: '100', givenFull: '120', marks: '83.3333' },
      { dimension: null, given: null, givenFull: '120', marks: null },
      { dimension: null, given: null, givenFull: '120', marks: null },
      { dimension: null, given: '100.2', givenFull: '120', marks: '83.5' },
      { dimension: null, given: null, givenFull: '120', marks: null },
    ])
    expect(codes(warnings).filter(([code]) => code === 'unit-missing')).toHaveLength(2)
    expect(codes(warnings)).toContainEqual(['mark-blank', 4])
  })
  it('are refused with sheet, row and column where something is wrong', async () => {
    const { errors, unmatched } = await read([
      ['单位', '得分'],
      ['市水务局', 121],
      ['市教育局', -1],
      ['清河县政府', '良好'],
      ['市发改委', 90],
      ['市水务局', 90],
      [null, 90],
      ['市林业局', { error: '#N/A' }],
    ])
    expect(codes(errors)).toEqual([
      ['above-full', 2],
      ['below-zero', 3],
      ['not-a-number', 4],
      ['unknown-unit', 5],
      ['duplicate-unit', 6],
      ['unit-blank', 7],
      ['fault-cell', 8],
    ])
    expect(errors[0]).toMatchObject({
      sheet: 'Sheet1',
      column: 'B 得分',
      params: { value: '121', full: '120' },
    })
    expect(evaluatorText(errors[0] as (typeof errors)[0], 'zh-CN')).toContain('121 高于满分 120')
    expect(unmatched).toEqual([{ row: 5, written: '市发改委', suggestions: ['u1'] }])
  })
  it('pass over an average, wherever its row says so', async () => {
    const { errors, warnings } = await read([
      ['单位', '得分', '备注'],
      ['市教育局', 96],
      [null, 85, '平均分'],
    ])
    expect(codes(errors)).toEqual([])
    expect(warnings).toContainEqual(
      expect.objectContaining({ code: 'row-left-out', row: 3, params: { value: '平均分' } }),
    )
  })
  it('suggest nobody who has a mark under its own name', async () => {
    const { unmatched } = await read([
      ['单位', '得分'],
      ['市发改委', 90],
      ['市发展和改革委员会', 80],
    ])
    expect(unmatched).toEqual([{ row: 2, written: '市发改委', suggestions: [] }])
  })
  it('take the names that a person explained, and leave out what is no unit', async () => {
    const { rows, errors, warnings } = await read(
      [
        ['单位', '得分'],
        ['市发改委', 90],
        ['某中心', 60],
        ['平均分', 75],
      ],
      {
        names: [
          { written: '市发改委', unitId: 'u1' },
          { written: '某中心', unitId: null },
        ],
      },
    )
    expect(errors).toEqual([])
    expect(rows[1]).toMatchObject({ row: 2, written: '市发改委', marks: [{ marks: '75' }] })
    expect(codes(warnings).filter(([code]) => code === 'row-left-out')).toEqual([
      ['row-left-out', 3],
      ['row-left-out', 4],
    ])
  })
  it('are not taken from a column of ranks', async () => {
    const ranks = names.map((name, index) => [name, index + 1])
    expect(codes((await read([['单位', '结果'], ...ranks])).errors)).toEqual([['rank-column', 1]])
    expect(
      codes(
        (
          await read([
            ['单位', '名次'],
            ['市水务局', 90],
          ])
        ).errors,
      ),
    ).toEqual([['rank-column', 1]])
  })
  it('need every dimension or a total, each in a column of its own', async () => {
    const rows = [
      ['单位', '得分'],
      ['市水务局', 90],
    ]
    expect(codes((await read(rows, { total: null })).errors)).toEqual([['no-marks-column', 1]])
    expect(codes((await read(rows, { unit: 1 })).errors)).toEqual([['same-column', 1]])
    expect(codes((await read(rows, { sheet: '别处' })).errors)).toEqual([['sheet-missing', null]])
    expect(codes((await read([['单位', '得分']])).errors)).toEqual([['no-rows', 1]])
  })
  it('whose total is not the sum of the dimensions wait for a person to say which holds', async () => {
    const rows = [
      ['单位', '总分', '网站检查', '公众调查'],
      ['市水务局', 88.3, 50.25, 38],
      ['市教育局', 90, 50, 38],
    ]
    const changes: Partial<ColumnMapping> = {
      total: { column: 1, full: '100' },
      dimensions: [
        { key: 'site', column: 2, full: '60' },
        { key: 'survey', column: 3, full: '40' },
      ],
    }
    const told = await read(rows, changes, byParts)
    // 88.25 shown with one decimal is 88.3.
    expect(codes(told.errors)).toEqual([['totals-disagree', 3]])
    const parts = await read(rows, { ...changes, holds: 'dimensions' }, byParts)
    expect(parts.errors).toEqual([])
    expect(parts.rows[0]?.marks.map(({ marks }) => marks)).toEqual(['50', '38'])
    const total = await read(rows, { ...changes, holds: 'total' }, byParts)
    expect(total.rows[0]?.marks).toMatchObject([{ dimension: null, marks: '90' }])
  })
  it('are warned of when they hardly differ', async () => {
    const same = names.map((name) => [name, 90])
    const { warnings } = await read([['单位', '得分'], ...same])
    expect(codes(warnings)).toEqual([['all-equal', null]])
  })
})

describe('names of units that are nearly the same', () => {
  it('are suggested best first: abbreviations, other endings, slips of the pen', () => {
    expect(similarNames('市发改委', participants)[0]?.name).toBe('市发展和改革委员会')
    expect(similarNames('清河县人民政府', participants)[0]?.name).toBe('清河县政府')
    expect(similarNames('云州市教育局', participants)[0]?.name).toBe('市教育局')
    expect(similarNames('市水利局', participants).map(({ name }) => name)).toContain('市水务局')
    expect(similarNames('某某公司', participants)).toEqual([])
  })
  it('are alike to the full only when written the same', () => {
    expect(nameLikeness('市 教育局', '市教育局')).toBe(1)
    expect(nameLikeness('教育局', '市教育局')).toBeLessThan(1)
    expect(nameLikeness('', '市教育局')).toBeLessThan(0.34)
  })
})

describe('text tables', () => {
  const csv = (text: string) => readAnyFile(Buffer.from(text), '评分.csv')
  it('are read with commas, semicolons or tabs, quotes, and in the encoding of Chinese spreadsheets', async () => {
    const rows = [
      { number: 1, cells: ['单位', '得 "分"'] },
      { number: 3, cells: ['市水务局', '90,5'] },
    ]
    expect(await csv('\uFEFF单位,"得 ""分"""\r\n\r\n市水务局,"90,5"\r\n')).toMatchObject({
      sheets: [{ rows }],
    })
    const gb = Buffer.from([0xb5, 0xa5, 0xce, 0xbb, 0x3b, 0x41])
    expect(await readAnyFile(gb, 'a.csv')).toMatchObject({ sheets: [{ rows: [{ cells: ['单位', 'A'] }] }] })
  })
  it('are refused when they are no text or too long', async () => {
    expect(await readAnyFile(Buffer.from([0x81, 0xff, 0, 0]), 'a.csv')).toMatchObject({
      ok: false,
      problems: [{ code: 'not-a-workbook' }],
    })
    expect(await csv('a,b\n'.repeat(6000))).toMatchObject({
      ok: false,
      problems: [{ code: 'too-many-rows' }],
    })
    expect(await csv(`${'1,'.repeat(99)}1\n`.repeat(2001))).toMatchObject({
      ok: false,
      problems: [{ code: 'too-many-cells', params: { limit: 200_000 } }],
    })
  })
})
