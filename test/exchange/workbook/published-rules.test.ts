import { expect, test } from 'vitest'
import { assess } from '#assessment/score/assess'
import { announcedCalendar } from '../../../db/holidays.ts'
import { parseBook } from '../../../server/exchange/workbook/parse-book.ts'
import { describe } from '../../../server/exchange/spreadsheet/messages.ts'
import { openSpreadsheet } from '../../../server/exchange/spreadsheet/spreadsheet.ts'
import { writeResult } from '../../../server/exchange/workbook/write-result.ts'
import {
  units,
  parts,
  grades,
  kinds,
  kindDetails,
  windows,
  windowSheet,
  quarters,
  ledger,
  leaves,
  marks,
  rules,
  noKinds,
} from '../../fixtures/rule-sheets.ts'
import { overPreset, workbookOf, type Sheets } from '../../fixtures/workbooks.ts'

async function bookOf(sheets: Sheets, asOf: string) {
  const reading = await parseBook(await workbookOf(sheets), { ...overPreset, asOf })
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems.slice(0, 3)))
  return reading.book
}
async function scored(sheets: Sheets, asOf: string, interim = false) {
  const { scheme, facts } = await bookOf(sheets, asOf)
  return assess(scheme, facts, asOf, announcedCalendar(), { interim })
}
const places = async (sheets: Sheets, asOf: string) =>
  (await scored(sheets, asOf)).standings.map(({ unit, rank, composite, grade }) => [
    unit,
    rank,
    composite,
    grade,
  ])

test('a website check: what does not apply is left out, 80.00 opens no bonus, a veto without points is last', async () => {
  const sheet: Sheets = {
    考核办法: parts(['网站检查', '核查得分', 100, null, 100, null, null]),
    等次: grades(['合格', 60, null, null, null], ['不合格', null, null, null, null]),
    周期: windowSheet(...windows('网站检查', ['年度', 12, 31])),
    扣分类别: kinds(['总分', '站点无法访问', 0], ['总分', '创新', 6]),
    扣分细则: kindDetails(
      ['总分', '站点无法访问', '扣分', '总分', null, '不合格；末位'],
      ['总分', '创新', '加分', '总分', null, null],
    ),
    计算规则: rules(['总分加分上限', 30], ['总分加分启用线', 80], ['启用线含本数', '否'], ['考核年度', 2019]),
    考核对象: units(['甲站', '单位'], ['乙站', '单位'], ['丙站', '单位'], ['丁站', '单位']),
    网站检查: leaves(
      ['甲站', '年度', '发布', 75, 69, null],
      ['甲站', '年度', '办事', 25, '不适用', null],
      ['乙站', '年度', '发布', 100, 80, null],
      ['丙站', '年度', '发布', 100, 93.9, null],
      ['丁站', '年度', '发布', 100, 80.004, null],
    ),
    总分加减台账: ledger(
      ['甲站', '创新', null, '2019-06-01'],
      ['乙站', '创新', null, '2019-06-01'],
      ['丙站', '站点无法访问', null, '2019-06-02'],
      ['丁站', '创新', null, '2019-06-01'],
    ),
  }
  expect(await places(sheet, '2019-12-31')).toEqual([
    ['甲站', 1, '98.00', '合格'],
    ['丁站', 2, '86.00', '合格'],
    ['乙站', 3, '80.00', '合格'],
    ['丙站', 4, '93.90', '不合格'],
  ])
  const { standings } = await scored(sheet, '2019-12-31')
  expect(standings.map(({ adjustment, vetoes }) => [adjustment, vetoes])).toEqual([
    ['+6.00', []],
    ['+6.00', []],
    ['+0.00', []],
    ['+0.00', ['站点无法访问']],
  ])
})

test('losses under one indicator are never above its marks', async () => {
  const sheet: Sheets = {
    考核办法: parts(['台账', '扣分制', 100, 100, null, null, null]),
    扣分类别: kinds(['台账', '超期', 5], ['台账', '缺失', 1]),
    扣分细则: kindDetails(
      ['台账', '超期', '扣分', null, '时限', null],
      ['台账', '缺失', '扣分', null, '时限', null],
    ),
    归口上限: [
      ['归口', '上限'],
      ['时限', 10],
    ],
    考核对象: units(['甲局', '单位']),
    台账台账: ledger(
      ...['超期', '缺失', '缺失', '缺失', '超期'].map((kind, index) => [
        '甲局',
        kind,
        null,
        `2020-05-0${index + 1}`,
      ]),
    ),
  }
  expect(await places(sheet, '2020-12-31')).toEqual([['甲局', 1, '90.00', '优秀']])
  const { scheme } = await bookOf(sheet, '2020-12-31')
  const result = await openSpreadsheet(await writeResult(await scored(sheet, '2020-12-31'), scheme))
  const [header, ...rows] = (await result.sheet('扣分明细')).rows.map(({ cells }) => cells)
  const [points, note] = ['扣分', '说明'].map((name) => header?.indexOf(name) ?? -1)
  expect(rows.map((cells) => [Number(cells[points ?? -1]), cells[note ?? -1]])).toEqual([
    [5, undefined],
    [1, undefined],
    [1, undefined],
    [1, undefined],
    [2, '本归口已扣完 10 分，此项只扣 2 分'],
  ])
})

test('four quarters with a base each, and a bonus above 100', async () => {
  const sheet: Sheets = {
    考核办法: parts(['台账', '扣分制', 100, 100, null, null, null]),
    扣分类别: kinds(['台账', '无制度', 2], ['总分', '表彰', 7]),
    扣分细则: kindDetails(['总分', '表彰', '加分', '总分', null, null]),
    周期: windowSheet(...quarters('台账')),
    计算规则: rules(['总分加分上限', 8], ['考核年度', 2023]),
    考核对象: units(['甲县', '县区']),
    台账台账: ledger(['甲县', '无制度', null, '2023-05-10']),
    总分加减台账: ledger(['甲县', '表彰', null, '2023-06-01']),
  }
  expect(await places(sheet, '2023-12-31')).toEqual([['甲县', 1, '106.50', '优秀']])
})

test('marks out of odd full marks: 81.86 of 100.64 is 81.34', async () => {
  const sheet: Sheets = {
    考核办法: parts(['得分', '外部评分', 100, null, '100.64', null, null]),
    扣分类别: noKinds.slice(0, 1),
    考核对象: units(['水务局', '单位']),
    得分: marks(['水务局', null, '81.86']),
  }
  expect(await places(sheet, '2020-09-30')).toEqual([['水务局', 1, '81.34', '良好']])
})

test('watched monthly and scored quarterly, it stands somewhere on any day', async () => {
  const sheet: Sheets = {
    考核办法: parts(
      ['台账', '扣分制', 40, 100, null, null, null],
      ['平台', '外部评分', 60, null, 100, null, null],
    ),
    扣分类别: noKinds,
    周期: windowSheet(
      ...windows(
        '台账',
        ...Array.from(
          { length: 12 },
          (_, at) => [`${at + 1}月`, at + 1, new Date(Date.UTC(2023, at + 1, 0)).getUTCDate()] as const,
        ),
      ),
      ...quarters('平台'),
    ),
    计算规则: rules(['考核年度', 2023]),
    考核对象: units(['甲局', '单位'], ['乙局', '单位']),
    台账台账: ledger(['甲局', '问题', null, '2023-02-10'], ['甲局', '问题', null, '2023-02-11']),
    平台: marks(['甲局', '一季度', 90], ['乙局', '一季度', 80]),
  }
  const { standings, interim } = await scored(sheet, '2023-04-15', true)
  expect(interim).toEqual({
    单位: { basis: ['台账·1月', '台账·2月', '台账·3月', '台账·4月', '平台·一季度'], share: '100.00' },
  })
  // (100 + 98 + 100 + 100) ÷ 4 × 40 % + 90 × 60 %.
  expect(standings.map(({ unit, rank, composite, grade }) => [unit, rank, composite, grade])).toEqual([
    ['甲局', 1, '93.80', null],
    ['乙局', 2, '88.00', null],
  ])
  expect(await places(sheet, '2023-04-15')).toEqual([
    ['甲局', null, null, null],
    ['乙局', null, null, null],
  ])
})

test('four periods weigh 15, 25, 25 and 35 percent', async () => {
  const sheet: Sheets = {
    考核办法: parts(['指标', '外部评分', 100, null, 100, null, null]),
    扣分类别: noKinds.slice(0, 1),
    周期: windowSheet(
      ...windows('指标', ['一', 3, 31, 15], ['二', 6, 30, 25], ['三', 9, 30, 25], ['四', 12, 31, 35]),
    ),
    计算规则: rules(['考核年度', 2022]),
    考核对象: units(['甲局', '单位']),
    指标: marks(['甲局', '一', 80], ['甲局', '二', 90], ['甲局', '三', 85], ['甲局', '四', 85]),
  }
  expect(await places(sheet, '2022-12-31')).toEqual([['甲局', 1, '85.50', '良好']])
})

test('a red list from 95 and a black list below 60; the quarter has neither', async () => {
  const sheet: Sheets = {
    考核办法: parts(
      ['组织', '外部评分', 15, null, 100, null, null],
      ['内容', '外部评分', 25, null, 100, null, null],
      ['健康', '外部评分', 60, null, 100, null, null],
    ),
    等次: grades(
      ['红榜', 95, null, null, null],
      ['其他', 60, null, null, null],
      ['黑榜', null, null, null, null],
    ),
    扣分类别: noKinds.slice(0, 1),
    周期: windowSheet(...quarters('健康')),
    计算规则: rules(['考核年度', 2018]),
    考核对象: units(['甲局', '单位'], ['乙局', '单位']),
    组织: marks(['甲局', null, 96], ['乙局', null, 60]),
    内容: marks(['甲局', null, 94], ['乙局', null, 60]),
    健康: marks(
      ...['一季度', '二季度', '三季度', '四季度'].flatMap((quarter) => [
        ['甲局', quarter, 95.25],
        ['乙局', quarter, 59.98],
      ]),
    ),
  }
  // 14.4 + 23.5 + 57.15 and 9 + 15 + 35.988.
  expect(await places(sheet, '2018-12-31')).toEqual([
    ['甲局', 1, '95.05', '红榜'],
    ['乙局', 2, '59.99', '黑榜'],
  ])
  const { standings } = await scored(sheet, '2018-06-30', true)
  expect(standings.map(({ grade }) => grade)).toEqual([null, null])
})

test('counties of 150 beside districts of 100, marks from rates, and units without requests renormalised', async () => {
  const sheet: Sheets = {
    考核办法: parts(
      ['热线', '核查得分', 50, null, 100, null, null],
      ['满意', '外部评分', 50, null, 100, null, null],
    ),
    扣分类别: noKinds.slice(0, 1),
    周期: windowSheet(...windows('热线', ['一月', 1, 31])),
    指标体系: [
      ['部分', '一级指标', '满分', '计分方式', '计分参数'],
      ['热线', '办结率', 25, '比率', '98；1；0.5；12.5'],
    ],
    计算规则: rules(['满分制', 100], ['满分制·县区', 150], ['考核年度', 2024]),
    考核对象: units(['甲县', '县区'], ['乙县', '县区'], ['丙区', '城区'], ['丁区', '城区']),
    热线: leaves(
      ['甲县', '一月', '办结率', null, null, '96'],
      ['乙县', '一月', '办结率', null, null, '99.1'],
      ['丙区', '一月', '办结率', null, null, '97.5'],
      ['丁区', '一月', '办结率', null, null, '20'],
    ),
    满意: marks(['甲县', null, 98], ['乙县', null, '不适用'], ['丙区', null, 90], ['丁区', null, 70]),
  }
  // 24 of 25 and 98; 25 of 25 alone; 24.75 of 25 and 90; 12.5 of 25 and 70.
  const { standings } = await scored(sheet, '2024-01-31')
  expect(standings.map(({ unit, rank, composite }) => [unit, rank, composite])).toEqual([
    ['乙县', 1, '150.00'],
    ['甲县', 2, '145.50'],
    ['丙区', 1, '94.50'],
    ['丁区', 2, '60.00'],
  ])
  expect(standings[0]?.components).toEqual({ 热线: '100.00' })
})

test('a points ranking has no ceiling', async () => {
  const sheet: Sheets = {
    考核办法: parts(['信息', '扣分制', 100, 120, null, '不设', null]),
    扣分类别: kinds(['信息', '采用', 5]),
    扣分细则: kindDetails(['信息', '采用', '加分', null, null, null]),
    档次: [
      ['类别', '档次', '分值'],
      ['采用', '县级', 5],
      ['采用', '国家级', 80],
    ],
    考核对象: units(['甲局', '单位'], ['乙局', '单位']),
    信息台账: ledger(['乙局', '采用', '国家级', '2014-05-01'], ['乙局', '采用', null, '2014-06-01']),
  }
  expect(await places(sheet, '2014-12-31')).toEqual([
    ['乙局', 1, '205.00', '优秀'],
    ['甲局', 2, '120.00', '优秀'],
  ])
})

test('commended and criticised off the total', async () => {
  const sheet: Sheets = {
    考核办法: parts(
      ['网上', '外部评分', 80, null, 100, null, null],
      ['现场', '外部评分', 20, null, 100, null, null],
    ),
    扣分类别: kinds(['总分', '表扬', 3], ['总分', '批评', 3]),
    扣分细则: kindDetails(
      ['总分', '表扬', '加分', '总分', null, null],
      ['总分', '批评', '扣分', '总分', null, null],
    ),
    档次: [
      ['部分', '类别', '档次', '分值'],
      ['总分', '表扬', '市级', 3],
      ['总分', '表扬', '县级', 1],
      ['总分', '批评', '市级', 3],
      ['总分', '批评', '县级', 1],
    ],
    考核对象: units(['甲镇', '乡镇']),
    网上: marks(['甲镇', null, 95]),
    现场: marks(['甲镇', null, '92.5']),
    总分加减台账: ledger(
      ['甲镇', '表扬', '县级', '2010-03-01'],
      ['甲镇', '批评', null, '2010-04-01'],
      ['甲镇', '批评', '市级', '2010-05-01'],
    ),
  }
  expect(await places(sheet, '2010-12-31')).toEqual([['甲镇', 1, '89.50', '良好']])
  const { standings } = await scored(sheet, '2010-12-31')
  expect(standings[0]?.adjustment).toBe('-5.00')
})

test('grades by number of each group, whatever the score', async () => {
  const sheet: Sheets = {
    考核办法: parts(['得分', '外部评分', 100, null, 100, null, null]),
    等次: grades(
      ['优秀', null, null, 2, null],
      ['合格', null, null, null, null],
      ['优秀', null, null, 1, '部门'],
    ),
    扣分类别: noKinds.slice(0, 1),
    考核对象: units(['甲县', '县区'], ['乙县', '县区'], ['丙县', '县区'], ['甲局', '部门'], ['乙局', '部门']),
    得分: marks(
      ['甲县', null, 96],
      ['乙县', null, '85.3'],
      ['丙县', null, 80],
      ['甲局', null, 99],
      ['乙局', null, '98.9'],
    ),
  }
  expect(await places(sheet, '2011-12-31')).toEqual([
    ['甲县', 1, '96.00', '优秀'],
    ['乙县', 2, '85.30', '优秀'],
    ['丙县', 3, '80.00', '合格'],
    ['甲局', 1, '99.00', '优秀'],
    ['乙局', 2, '98.90', '合格'],
  ])
})

test('the same parts weigh otherwise in each group, or do not apply', async () => {
  const sheet: Sheets = {
    考核办法: parts(
      ['公开', '外部评分', 30, null, 100, null, null],
      ['公开', null, 35, null, null, null, '局'],
      ['会议', '外部评分', 4, null, 100, null, null],
      ['会议', null, '不适用', null, null, null, '局'],
    ),
    扣分类别: noKinds.slice(0, 1),
    考核对象: units(['甲委', '委'], ['乙局', '局']),
    公开: marks(['甲委', null, 90], ['乙局', null, 90]),
    会议: marks(['甲委', null, 73]),
  }
  // (30 × 90 + 4 × 73) ÷ 34 = 88.
  const { standings } = await scored(sheet, '2020-12-31')
  expect(standings.map(({ unit, composite, components }) => [unit, composite, components])).toEqual([
    ['甲委', '88.00', { 公开: '90.00', 会议: '73.00' }],
    ['乙局', '90.00', { 公开: '90.00' }],
  ])
})

test('the sheet says which grade is better where one of them has a number of places', async () => {
  const sheet: Sheets = {
    考核办法: parts(['得分', '外部评分', 100, null, 100, null, null]),
    等次: grades(['优', 80, null, 1, null], ['良', 85, null, null, null], ['差', null, null, null, null]),
    扣分类别: noKinds.slice(0, 1),
    考核对象: units(['甲局', '单位'], ['乙局', '单位'], ['丙局', '单位']),
    得分: marks(['甲局', null, 86], ['乙局', null, 85], ['丙局', null, 81]),
  }
  expect(await places(sheet, '2020-12-31')).toEqual([
    ['甲局', 1, '86.00', '优'],
    ['乙局', 2, '85.00', '良'],
    ['丙局', 3, '81.00', '差'],
  ])
})

test('what cannot be read says what could stand there', async () => {
  const sheet: Sheets = {
    考核办法: parts(['热线', '核查得分', 100, null, 100, null, null]),
    扣分类别: noKinds.slice(0, 1),
    周期: windowSheet(...windows('热线', ['一月', 1, 31]), ...windows('热钱', ['二月', 2, 28])),
    指标体系: [
      ['部分', '一级指标', '满分', '计分方式', '计分参数'],
      ['热线', '制度', 100, '分档', '有=100；无=80'],
    ],
    计算规则: rules(['考核年度', 2024]),
    考核对象: units(['甲县', '县区']),
    热线: leaves(['甲县', '一月', '制度', null, null, '中']),
  }
  const reading = await parseBook(await workbookOf(sheet), { ...overPreset, asOf: '2024-01-31' })
  const told = reading.ok ? [] : reading.problems.map((problem) => describe(problem, 'zh-CN'))
  expect(told.join()).toContain('没有名为“热钱”的部分；这里可以写：热线。')
  expect(told.join()).toContain('“中”按这项指标的计分方式（分档 有=100；无=80）得不出分数。')
})
