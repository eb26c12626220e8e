import { describe, expect, test } from 'vitest'
import { checkText } from '../../../server/monitors/report/check-report.ts'
import {
  disclosureTable,
  disputesTable,
  layouts,
  requestsTable,
  statisticsTable,
} from '../../fixtures/reports/tables.ts'

/** What cross-footing finds broken in a table of a year's report, both sides of each equality. */
const brokenIn = (year: number, table: string): string[] =>
  checkText(`青石镇${year}年政府信息公开工作年度报告\n一、总体情况\n本镇认真贯彻条例。\n${table}`)
    .flatMap(({ observations }) => observations)
    .filter(({ rule, severity }) => rule === 'cross-footing' && severity !== 'pass')
    .map(({ params }) => params['sides'] ?? '')

/** Each layout in which tables reach us as text; pages are read into rows before. */
const written = layouts.filter((layout) => layout !== 'html')

describe.each(written)('the 统计表 of 2008–2018, written with %s', (layout) => {
  test.each<readonly [name: string, figures: Readonly<Record<string, number>>, broken: readonly string[]]>([
    [
      'the de-duplicated total lies between the largest channel and their sum',
      { 主动公开政府信息数: 5, 政府网站公开: 9 },
      ['主动公开政府信息数 5 < max(0, 9, 0, 0, 0)'],
    ],
    [
      'the total is no more than the channels',
      { 主动公开政府信息数: 12, 政府网站公开: 9, 政务微信公开: 2 },
      ['主动公开政府信息数 12 > 0 + 9 + 0 + 2 + 0'],
    ],
    [
      'documents disclosed are no more than those made',
      { 主动公开政府信息数: 9, 政府网站公开: 9, 主动公开规范性文件数: 3, 制发规范性文件总数: 2 },
      ['主动公开规范性文件数 3 > 2'],
    ],
    [
      'replies add up by channel',
      { 通过不同渠道和方式回应解读: 7, 政策解读稿件发布数: 4, 其他方式回应事件数: 2 },
      ['通过不同渠道和方式回应解读的情况 7 ≠ 0 + 0 + 4 + 0 + 2'],
    ],
    [
      'conferences that a head attended are among all',
      { 通过不同渠道和方式回应解读: 1, 参加或举办新闻发布会总次数: 1, 主要负责同志参加新闻发布会: 2 },
      ['主要负责同志参加新闻发布会次数 2 > 1'],
    ],
    [
      'requests add up by channel',
      { 收到申请数: 3, 当面申请数: 1, 网络申请数: 1 },
      ['收到申请数 3 ≠ 1 + 0 + 1 + 0'],
    ],
    [
      'closed are in time or extended',
      { 申请办结数: 3, 按时办结数: 1, 延期办结数: 1 },
      ['申请办结数 3 ≠ 1 + 1'],
    ],
    [
      'answers add up by eight outcomes',
      { 申请答复数: 4, '2.同意公开答复数': 2, 申请信息不存在数: 1 },
      ['申请答复数 4 ≠ 0 + 2 + 0 + 0 + 0 + 1 + 0 + 0'],
    ],
    [
      'refusals add up by six reasons',
      { 申请答复数: 2, '4.不同意公开答复数': 2, 涉及个人隐私: 1 },
      ['不同意公开答复数 2 ≠ 0 + 0 + 1 + 0 + 0 + 0'],
    ],
    ['reviews add up', { 行政复议数量: 2, 维持具体行政行为数: 1 }, ['行政复议数量 2 ≠ 1 + 0 + 0']],
    ['lawsuits add up', { 行政诉讼数量: 2, 维持具体行政行为或者驳回: 1 }, ['行政诉讼数量 2 ≠ 1 + 0 + 0']],
    [
      'staff are full-time or part-time',
      { 从事政府信息公开工作人员数: 5, 专职人员数: 1, 兼职人员数: 3 },
      ['从事政府信息公开工作人员数 5 ≠ 1 + 3'],
    ],
  ])('%s', (_, figures, broken) => expect(brokenIn(2017, statisticsTable(figures, layout))).toEqual(broken))
})

describe.each([2019, 2021] as const)('the form of %i', (form) => {
  const year = form === 2019 ? 2020 : 2022
  const right = {
    新收: [3, 1, 0, 0, 0, 0, 4],
    结转: [1, 0, 0, 0, 0, 0, 1],
    公开: [2, 1, 0, 0, 0, 0, 3],
    重复: [1, 0, 0, 0, 0, 0, 1],
    总计: [3, 1, 0, 0, 0, 0, 4],
    下年: [1, 0, 0, 0, 0, 0, 1],
  }
  test.each(written)('holds where every row and column adds up, written with %s', (layout) => {
    const table = [
      disclosureTable(form, [1, 0, 4], layout),
      requestsTable(form, right, layout),
      disputesTable([1, 0, 0, 1, 2, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0], layout),
    ].join('\n')
    expect(brokenIn(year, table)).toEqual([])
  })

  test.each(written)('a row that does not add up is told, written with %s', (layout) =>
    expect(brokenIn(year, requestsTable(form, { ...right, 重复: [1, 0, 0, 0, 0, 0, 2] }, layout))).toEqual(
      expect.arrayContaining(['重复申请 2 ≠ 1 + 0 + 0 + 0 + 0 + 0', '总计 4 ≠ 3 + 2']),
    ),
  )

  test.each(written)(
    'received and carried in are closed and carried out in each column, written with %s',
    (layout) =>
      expect(brokenIn(year, requestsTable(form, { ...right, 下年: [0, 1, 0, 0, 0, 0, 1] }, layout))).toEqual([
        '自然人 3 + 1 ≠ 3 + 0',
        '商业企业 1 + 0 ≠ 1 + 1',
      ]),
  )

  test.each(written)('outcomes add to their total in each column, written with %s', (layout) =>
    expect(brokenIn(year, requestsTable(form, { ...right, 公开: [1, 2, 0, 0, 0, 0, 3] }, layout))).toEqual([
      '自然人 3 ≠ 1 + 1',
      '商业企业 1 ≠ 2',
    ]),
  )

  test.each(written)('reviews and both kinds of lawsuits add up, written with %s', (layout) =>
    expect(brokenIn(year, disputesTable([1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0], layout))).toEqual([
      '行政复议 2 ≠ 1 + 0 + 0 + 0',
      '未经复议直接起诉 0 ≠ 0 + 0 + 0 + 1',
      '复议后起诉 0 ≠ 1 + 0 + 0 + 0',
    ]),
  )

  test('blanks keep a row from being judged', () => {
    const table = requestsTable(form, { ...right, 新收: [3, '', '', '', '', '', 4] })
    expect(brokenIn(year, table)).toEqual(['本年新收政府信息公开申请数量 4 ≠ 3'])
    expect(checkText(`2022年政府信息公开工作年度报告\n${table}`)[0]?.observations).toContainEqual(
      expect.objectContaining({ severity: 'not-assessable', message: 'equality-blank' }),
    )
  })
})

test('more disclosed this year than is disclosed in all, in the form of 2019, is told', () =>
  expect(brokenIn(2019, disclosureTable(2019, [2, 5, 3]))).toEqual(['规范性文件 5 > 3']))
