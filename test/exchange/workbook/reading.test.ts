import { assess } from '#assessment/score/assess'
import { municipal } from '#assessment/presets/municipal'
import { expect, test } from 'vitest'
import { announcedCalendar } from '../../../db/holidays.ts'
import type { Book } from '../../../server/exchange/workbook/book.ts'
import { describe as told } from '../../../server/exchange/spreadsheet/messages.ts'
import { parseBook } from '../../../server/exchange/workbook/parse-book.ts'
import { inline, rawWorkbook } from '../../fixtures/raw-workbook.ts'
import { overPreset, day, type Sheets, smallYear, workbookOf } from '../../fixtures/workbooks.ts'

async function read(sheets: Sheets): Promise<{ book: Book; warnings: string[] }> {
  const reading = await parseBook(await workbookOf(sheets), overPreset)
  if (!reading.ok) throw new Error(reading.problems.map((problem) => told(problem, 'zh-CN')).join('\n'))
  return { book: reading.book, warnings: reading.warnings.map((warning) => told(warning, 'zh-CN')) }
}

const standingsOf = ({ scheme, facts }: Book, asOf: string) =>
  assess(scheme, facts, asOf, announcedCalendar()).standings.map(
    ({ unit, rank, composite, grade, components }) => [
      unit,
      rank,
      composite,
      grade,
      ...Object.values(components),
    ],
  )

test('a workbook of data sheets alone is scored by the municipal rule, a county answering for its department', async () => {
  const { book, warnings } = await read(smallYear)
  expect(standingsOf(book, '2017-12-31')).toEqual([
    ['清河县政府', 1, '90.00', '优秀', '98.50', '88.50', '83.50'],
    ['市水务局', 1, '90.00', '优秀', '100.00', '85.71', '85.72'],
  ])
  expect(warnings).toEqual([])
  expect(book.schemeSheets).toEqual({ components: false, grades: false, kinds: false, details: false })
  expect(book.latestDay).toBe('2017-04-20')
})

test('columns may stand in any order, with stars, blanks and full-width characters', async () => {
  const { book, warnings } = await read({
    ...smallYear,
    考核对象: [
      ['参　评', ' 分组* ', '序号', '单 位'],
      [null, '县区', 1, '清河县政府'],
      ['否', '县区', 2, ' 清河县教育局　'],
      ['是', '市直部门', 3, '市水务局'],
    ],
    平时考核台账: [['单位', '扣分类别', '通知日期', '核查结果', '备注']],
  })
  expect(book.facts.units.map(({ name }) => name)).toEqual(['清河县政府', '清河县教育局', '市水务局'])
  expect(book.facts.participants.map(({ unitId }) => unitId)).toEqual(['清河县政府', '市水务局'])
  expect(warnings).toEqual([
    '工作表“考核对象” 第 1 行 “序号”列：这一列无法识别，未读取。',
    '工作表“平时考核台账” 第 1 行 “备注”列：这一列无法识别，未读取。',
  ])
})

test('cells hold what they show: rich text, links, results of formulas, numbers as text, 15 digits', async () => {
  const { book } = await read({
    考核对象: [
      ['单位', '分组'],
      [{ richText: [{ text: '清河' }, { text: '县政府' }] }, '县区'],
      [{ text: '市水务局', hyperlink: 'https://example.org' }, '市直部门'],
      [12, '市直部门'],
    ],
    自我考核: [
      ['单位', '周期', '指标', '满分', '核查分', '自评分'],
      ['清河县政府', '上半年', '甲', { formula: '0.1+0.2', result: 0.1 + 0.2 }, '０．３', 0.25],
      ['清河县政府', '上半年', '乙', 1e-7, 0, null],
      ['12', '上半年', '甲', 10, '不适用', null],
      ['12', '上半年', '乙', 10, null, null],
    ],
  })
  expect(book.facts.units.map(({ name }) => name)).toEqual(['清河县政府', '市水务局', '12'])
  expect(book.facts.verified.map(({ leaf, full, marks, claimed }) => [leaf, full, marks, claimed])).toEqual([
    ['甲', '0.3', '0.3', '0.25'],
    ['乙', '0.0000001', '0', null],
    ['甲', '10', 'not-applicable', null],
    ['乙', '10', null, null],
  ])
})

test('a workbook with a scheme of its own: base, floor, full marks, grades, kinds by component', async () => {
  const { book, warnings } = await read({
    考核办法: [
      ['部分', '方式', '权重', '基准分', '满分', '下限'],
      ['日常', '扣分制', 33.33, 120, null, 40],
      ['安全', '扣分制', 33.33, null, 50, null],
      ['自查', '核查得分', 16.67, null, null, null],
      ['问卷', '外部评分', 16.67, null, 150, null],
    ],
    等次: [
      ['下限分', '等次'],
      [60, '达标'],
      [0, '不达标'],
    ],
    扣分类别: [
      ['部分', '类别', '每项扣分', '触发', '整改工作日', '整改自然日', '提供单位'],
      ['日常', '缺项', 0.5, '立即', null, null, null],
      ['日常', '逾期更新', 1.25, '逾期未整改', 3, null, '督查组'],
      ['安全', '缺项', 2, null, null, 10, null],
    ],
    考核对象: [
      ['单位', '分组'],
      ['一中', '学校'],
    ],
    日常台账: [
      ['单位', '扣分类别', '通知日期'],
      ['一中', '缺项', day('2017-03-01')],
      ['一中', '逾期更新', day('2017-03-01')],
    ],
    安全台账: [
      ['单位', '扣分类别', '通知日期'],
      ['一中', '缺项', day('2017-03-01')],
    ],
    自查: [
      ['单位', '周期', '核查得分'],
      ['一中', '上半年', 60],
      ['一中', '下半年', 61],
    ],
    问卷: [
      ['单位', '得分'],
      ['一中', 140.085],
    ],
  })
  expect(warnings).toEqual([])
  expect(standingsOf(book, '2017-03-06')).toEqual([
    ['一中', 1, '81.48', '达标', '119.50', '48.00', '60.50', '93.39'],
  ])
  expect(standingsOf(book, '2017-03-07')[0]?.[4]).toBe('118.25')
  expect(book.schemeSheets).toEqual({ components: true, grades: true, kinds: true, details: false })
})

test('an entry without a day of notice is not yet notified: it costs nothing, and a warning says so', async () => {
  const { book, warnings } = await read({
    ...smallYear,
    平时考核台账: [
      ['单位', '扣分类别', '通知日期'],
      ['市水务局', '举报查实', null],
    ],
  })
  expect(standingsOf(book, '2017-12-31')[1]?.[4]).toBe('100.00')
  expect(warnings).toEqual([expect.stringContaining('通知')])
})

test('findings count on a day as the contract says', async () => {
  const header = ['单位', '扣分类别', '通知日期', '整改期限', '整改日期', '核查结果', '撤销日期']
  const cases: [string, (string | null)[], Record<string, string>][] = [
    [
      'at once from its notice',
      ['举报查实', '2017-03-02', null, null, null, null],
      { '2017-03-01': '100.00', '2017-03-02': '98.50' },
    ],
    [
      'rectifying does not bring points at once back',
      ['举报查实', '2017-03-02', '2017-03-09', '2017-03-03', '通过', null],
      { '2017-12-31': '98.50' },
    ],
    [
      'revoked',
      ['举报查实', '2017-03-02', null, null, null, '2017-03-05'],
      { '2017-03-04': '98.50', '2017-03-05': '100.00' },
    ],
    [
      'overdue the day after the deadline',
      ['专项督查', '2017-03-02', '2017-03-09', null, null, null],
      { '2017-03-09': '100.00', '2017-03-10': '98.50' },
    ],
    [
      'overdue even on the day of its notice',
      ['专项督查', '2017-03-09', '2017-03-09', null, null, null],
      { '2017-03-09': '100.00', '2017-03-10': '98.50' },
    ],
    [
      'in time, waiting for review',
      ['专项督查', '2017-03-02', '2017-03-09', '2017-03-09', null, null],
      { '2017-12-31': '100.00' },
    ],
    [
      'in time, accepted',
      ['专项督查', '2017-03-02', '2017-03-09', '2017-03-04', '通过', null],
      { '2017-12-31': '100.00' },
    ],
    [
      'in time, refused',
      ['专项督查', '2017-03-02', '2017-03-09', '2017-03-04', '不通过', null],
      { '2017-03-09': '100.00', '2017-03-10': '98.50' },
    ],
    [
      'too late, though accepted',
      ['专项督查', '2017-03-02', '2017-03-09', '2017-03-10', '通过', null],
      { '2017-03-10': '98.50', '2017-12-31': '98.50' },
    ],
    [
      'accepted without a day',
      ['专项督查', '2017-03-02', '2017-03-09', null, '通过', null],
      { '2017-03-10': '98.50' },
    ],
    [
      '15 working days over a holiday',
      ['专项督查', '2017-09-22', null, null, null, null],
      { '2017-10-19': '100.00', '2017-10-20': '98.50' },
    ],
  ]
  for (const [what, cells, expected] of cases) {
    const { book } = await read({
      考核对象: [
        ['单位', '分组'],
        ['甲', '一组'],
      ],
      平时考核台账: [header, ['甲', ...cells]],
    })
    const found = Object.fromEntries(
      Object.keys(expected).map((asOf) => [asOf, standingsOf(book, asOf)[0]?.[4]]),
    )
    expect(found, what).toEqual(expected)
  }
})

test('sheets nobody asked for and marks of units that do not take part are left out, with a warning', async () => {
  const { book, warnings } = await read({
    ...smallYear,
    说明: [['随便写点什么']],
    Sheet1: [['x']],
    第三方评估: [
      ['单位', '得分'],
      ['清河县政府', 83.5],
      ['清河县教育局', 70],
    ],
  })
  expect(book.facts.external).toHaveLength(1)
  expect(warnings).toEqual([
    '工作表“第三方评估” 第 3 行 “单位”列：单位“清河县教育局”不参评，这一行不计分。',
    '工作表“Sheet1”：这个工作表不属于任何考核部分，未读取。',
  ])
})

test('names of the assessment’s own scheme keep their keys and what a sheet cannot say', async () => {
  const scheme = {
    ...municipal,
    components: municipal.components.map((component) =>
      component.method === 'deductions'
        ? {
            ...component,
            kinds: component.kinds.map((kind, index) => ({ ...kind, key: `k${index}`, cap: 600 })),
          }
        : component,
    ),
  }
  const reading = await parseBook(
    await workbookOf({
      ...smallYear,
      扣分类别: [
        ['类别', '每项扣分'],
        ['上级检查通报', 1.5],
        ['专项督查', 2],
        ['新类别', 1],
      ],
    }),
    { base: scheme, baseIsPreset: false, asOf: null },
  )
  if (!reading.ok) throw new Error('refused')
  const [routine] = reading.book.scheme.components
  expect(routine?.key).toBe('routine')
  expect(
    routine?.method === 'deductions' && routine.kinds.map(({ key, cap, trigger }) => [key, cap, trigger]),
  ).toEqual([
    ['k0', 600, 'at-once'],
    ['k3', 600, 'if-not-rectified'],
    ['新类别', null, 'at-once'],
  ])
  expect(reading.book.facts.findings.map(({ kind }) => kind)).toEqual(['k0', 'k3'])
})

test('cells are read as spreadsheet programs of every kind write them', async () => {
  const row = (...cells: string[]): string => `<row>${cells.join('')}</row>`
  const ledger = (...rows: string[]): Buffer =>
    rawWorkbook({
      考核对象: row(inline('单位'), inline('分组')) + row(inline('甲'), inline('一组')),
      平时考核台账: row(...['单位', '扣分类别', '通知日期', '整改期限', '事由'].map(inline)) + rows.join(''),
    })
  const reading = await parseBook(
    ledger(
      row(
        inline('甲'),
        inline('举报查实'),
        // The date format that Excel in Chinese names by its number only, and a formula that says nothing.
        '<c s="1"><v>42799</v></c>',
        '<c t="str" s="1"><f>IF(Z1="","",Z1)</f><v></v></c>',
        '<c t="inlineStr"><is><r><t>一&amp;lt;_x000D_</t></r><r><t>二</t></r>' +
          '<rPh sb="0" eb="1"><t>yi</t></rPh></is></c>',
      ),
      row(
        inline('甲'),
        inline('举报查实'),
        '<c t="d"><v>2017-03-06</v></c>',
        '<c t="str" s="1"><f>TEXT(Z1,"yyyy-mm-dd")</f><v>2017-03-20</v></c>',
      ),
    ),
    overPreset,
  )
  if (!reading.ok) throw new Error(reading.problems.map((problem) => told(problem, 'zh-CN')).join('\n'))
  expect(reading.book.facts.findings.map(({ what, facts }) => [what, facts[0]])).toMatchObject([
    ['一&lt;\r二', { type: 'notified', on: '2017-03-05' }],
    ['', { type: 'notified', on: '2017-03-06', deadline: '2017-03-20' }],
  ])
  const uncomputed = await parseBook(
    ledger(row(inline('甲'), inline('举报查实'), '<c><f>TODAY()</f></c>')),
    overPreset,
  )
  expect(uncomputed.ok ? [] : uncomputed.problems.map(({ code }) => code)).toEqual(['uncomputed-formula'])
})
