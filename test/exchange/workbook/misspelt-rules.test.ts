import { describe, expect, it } from 'vitest'
import { describe as told } from '../../../server/exchange/spreadsheet/messages.ts'
import { parseBook } from '../../../server/exchange/workbook/parse-book.ts'
import {
  grades,
  kindDetails,
  kinds,
  leaves,
  ledger,
  parts,
  rules,
  units,
  windowSheet,
} from '../../fixtures/rule-sheets.ts'
import { assess } from '#assessment/score/assess'
import { plainCalendar } from '../../fixtures/facts.ts'
import { overPreset, workbookOf, type Sheets } from '../../fixtures/workbooks.ts'

const rule = (sheets: Sheets): Sheets => ({
  考核办法: parts(
    ['台账', '扣分制', 60, 100, null, null, null],
    ['热线', '核查得分', 40, null, 100, null, null],
  ),
  周期: windowSheet(['热线', '年度', 12, 31]),
  扣分类别: kinds(['台账', '超期', 5], ['台账', '缺失', 1]),
  计算规则: rules(['考核年度', 2024]),
  考核对象: units(['甲县', '县区'], ['乙局', '市直']),
  ...sheets,
})
const reading = async (sheets: Sheets) =>
  parseBook(await workbookOf(rule(sheets)), { ...overPreset, asOf: '2024-12-31' })
/** What keeps the workbook from being used, one a line. */
const problemsOf = async (sheets: Sheets): Promise<string> => {
  const read = await reading(sheets)
  return read.ok ? '' : read.problems.map((problem) => told(problem, 'zh-CN')).join('\n')
}
const warningsOf = async (sheets: Sheets): Promise<string> => {
  const read = await reading(sheets)
  return (read.ok ? read.warnings : read.problems).map((warning) => told(warning, 'zh-CN')).join('\n')
}
const headers = ['部分', '一级指标', '满分', '计分方式', '计分参数']

it('a sound rule says nothing', async () => {
  expect([await problemsOf({}), await warningsOf({})]).toEqual(['', ''])
})

describe('what would be read in two ways is refused', () => {
  it.each<[string, Sheets]>([
    [
      '工作表“等次” 第 4 行 “下限分”列：等次从高到低列出；最后一个包含其余全部单位，下限分须留空或为 0。',
      {
        等次: grades(
          ['不合格', 0, null, null, null],
          ['合格', 60, null, null, null],
          ['优秀', 90, null, null, null],
        ),
      },
    ],
    [
      '工作表“等次” 第 3 行 “下限分”列：良好：须低于上一等的起点，否则两等重叠。',
      {
        等次: grades(
          ['优秀', 80, null, null, null],
          ['良好', 90, null, null, null],
          ['不合格', null, null, null, null],
        ),
      },
    ],
    [
      '工作表“等次” 第 2 行 “比例”列：优秀：比例须在 0 至 100 之间，名额须为不小于 0 的整数。',
      { 等次: grades(['优秀', null, 130, null, null], ['合格', null, null, null, null]) },
    ],
    [
      '工作表“考核办法” 第 4 行 “方式”列：与没有分组的一行不同，那里是“核查得分”；请改为相同或留空。',
      {
        考核办法: parts(
          ['台账', '扣分制', 60, 100, null, null, null],
          ['热线', '核查得分', 40, null, 100, null, null],
          ['热线', '外部评分', 20, null, null, null, '县区'],
        ),
      },
    ],
    [
      '工作表“指标体系” 第 2 行 “计分方式”列：热线·制度：计分方式中有两档相同，请删去一档。',
      { 指标体系: [headers, ['热线', '制度', 100, '分档', '有=100；有=80']] },
    ],
    [
      '工作表“指标体系” 第 2 行 “计分方式”列：热线·制度：计分方式中有两档相同，请删去一档。',
      { 指标体系: [headers, ['热线', '制度', 100, '阶梯', '5=100；5.0=80']] },
    ],
    [
      '工作表“扣分细则” 第 2 行 “类别”列：没有扣分类别“超斯”；现有：超期、缺失。',
      { 扣分细则: kindDetails([null, '超斯', '扣分', null, null, null]) },
    ],
    [
      '工作表“加分”：“加分”是旧写法，与“扣分细则”不能同时使用；请只保留一种。',
      {
        扣分类别: kinds(['台账', '超期', 5], ['总分', '创新', 1]),
        扣分细则: kindDetails(['总分', '创新', '加分', '总分', null, null]),
        加分: [
          ['单位', '分值', '日期'],
          ['甲县', 2, '2024-03-01'],
        ],
      },
    ],
    [
      '工作表“部分细则” 第 2 行 “部分”列：没有名为“热钱”的部分；这里可以写：台账、热线。',
      {
        部分细则: [
          ['部分', '缺数'],
          ['热钱', '待定'],
        ],
      },
    ],
    [
      '工作表“部分细则” 第 3 行 “部分”列：与第 2 行重复；请只保留一行。',
      {
        部分细则: [
          ['部分', '缺数'],
          ['热线', '待定'],
          ['热 线', '记0分'],
        ],
      },
    ],
    [
      '工作表“计算规则” 第 3 行 “规则”列：“加分起点”是旧写法，与“扣分细则”不能同时使用；请只保留一种。',
      {
        扣分类别: kinds(['台账', '超期', 5], ['总分', '创新', 1]),
        扣分细则: kindDetails(['总分', '创新', '加分', '总分', null, null]),
        计算规则: rules(['考核年度', 2024], ['加分起点', 95]),
      },
    ],
    [
      '工作表“计算规则” 第 3 行 “规则”列：“优秀比例”是旧写法，与“良好”不能同时使用；请只保留一种。',
      {
        等次: grades(
          ['优秀', 90, null, null, null],
          ['良好', 80, null, null, null],
          ['良好', null, 30, null, '县区'],
          ['合格', null, null, null, null],
        ),
        计算规则: rules(['考核年度', 2024], ['优秀比例', 30]),
      },
    ],
    [
      '工作表“考核办法” 第 2 行 “权重”列：“33.333”超过两位小数；请改为最多两位。',
      { 考核办法: parts(['热线', '核查得分', 33.333, null, 100, null, null]) },
    ],
    [
      '工作表“计算规则” 第 3 行 “内容”列',
      { 计算规则: rules(['考核年度', 2024], ['总分加分启用线', '八十']) },
    ],
    [
      '“急”不是该类别的档次；现有：轻、重。',
      {
        档次: [
          ['部分', '类别', '档次', '分值'],
          ['台账', '超期', '轻', 1],
          ['台账', '超期', '重', 2],
        ],
        台账台账: ledger(['甲县', '超期', '急', '2024-03-01']),
      },
    ],
    ['“超期”没有档次，这一格请留空。', { 台账台账: ledger(['甲县', '超期', '重', '2024-03-01']) }],
    [
      '得不出分数',
      {
        指标体系: [headers, ['热线', '制度', 100, '清单', '1']],
        热线: leaves(['甲县', '年度', '制度', null, null, '1.5']),
      },
    ],
  ])('%s', async (words, sheets) => {
    expect(await problemsOf(sheets)).toContain(words)
  })
})

describe('what is written in vain is told', () => {
  it.each<[string, Sheets]>([
    [
      '没有一个考核对象属于分组“县曲”，为它写的内容不起作用。',
      {
        考核办法: parts(
          ['台账', '扣分制', 60, 100, null, null, null],
          ['热线', '核查得分', 40, null, 100, null, null],
          ['热线', null, 20, null, null, null, '县曲'],
        ),
      },
    ],
    ['没有一个考核对象属于分组“县曲”', { 计算规则: rules(['考核年度', 2024], ['满分制·县曲', 150]) }],
    [
      '没有一个考核对象属于分组“县曲”',
      {
        指标体系: [
          [...headers, '适用分组'],
          ['热线', '制度', 100, null, null, '县 区、县曲'],
        ],
      },
    ],
    [
      '工作表“考核办法” 第 4 行 “上限”列：带分组的一行只改变权重和满分，这一格未读取。',
      {
        考核办法: parts(
          ['台账', '扣分制', 60, 100, null, null, null],
          ['热线', '核查得分', 40, null, 100, null, null],
          ['台账', null, 50, null, null, 120, '县区'],
        ),
      },
    ],
    [
      '工作表“归口上限” 第 3 行 “上限”列：台账·网战：没有类别属于这一归口，上限不起作用。',
      {
        扣分细则: kindDetails(['台账', '超期', '扣分', null, '网站', null]),
        归口上限: [
          ['部分', '归口', '上限'],
          ['台账', '网站', 10],
          ['台账', '网战', 10],
        ],
      },
    ],
    [
      '工作表“考核办法” 第 2 行 “基准分”列：台账：上限与下限相等，得分不会变动；请填写基准分、满分或上限。',
      {
        考核办法: parts(
          ['台账', '扣分制', 60, 0, null, null, null],
          ['热线', '核查得分', 40, null, 100, null, null],
        ),
      },
    ],
    [
      '工作表“部分细则” 第 2 行 “缺数”列：评议：这一部分没有周期，不会关闭，未给分的保持待定，不记 0 分。',
      {
        考核办法: parts(
          ['台账', '扣分制', 60, 100, null, null, null],
          ['评议', '外部评分', 40, null, 100, null, null],
        ),
        周期: [['部分', '周期', '止月', '止日', '权重']],
        部分细则: [
          ['部分', '缺数'],
          ['评议', '记0分'],
        ],
      },
    ],
    [
      '工作表“指标体系” 第 2 行 “计分方式”列：热线·制度：计分方式给出的分数高于满分。',
      { 指标体系: [headers, ['热线', '制度', 100, '分档', '有=120；无=80']] },
    ],
  ])('%s', async (words, sheets) => {
    expect(await problemsOf(sheets)).toBe('')
    expect(await warningsOf(sheets)).toContain(words)
  })
})

it('a part, an indicator and a group are known by name, however wide and spaced they are written', async () => {
  const read = await reading({
    部分细则: [
      ['部分', '缺数'],
      ['热 线', '待定'],
    ],
    指标体系: [
      [...headers.toSpliced(2, 0, '二级指标'), '适用分组'],
      ['热线', '制度', '建立', 40, null, null, '县　区'],
      ['热 线', '制 度', '公布', 60, null, null, null],
    ],
    热线: leaves(['甲县', '年度', '公布', 60, 50, null]),
    台账台账: ledger(),
  })
  const self = read.ok ? read.book.scheme.components[1] : undefined
  expect(self).toMatchObject({
    missingWindow: 'pending',
    indicators: [{ name: '制度', children: [{ name: '建立', groups: ['县区'] }, { name: '公布' }] }],
  })
})

it('an observation whose marks do not end gives them exactly, and what is typed as people read them is the same', async () => {
  const rate = { 指标体系: [headers, ['热线', '制度', 25, '比率', '98；0.3；0.1；0']] }
  for (const typed of [null, 24.9667]) {
    const sheets = { ...rate, 热线: leaves(['甲县', '年度', '制度', 25, typed, '97.9分']) }
    expect([await problemsOf(sheets), await warningsOf(sheets)]).toEqual(['', ''])
    const read = await reading(sheets)
    if (!read.ok) throw new Error()
    const { scorecards } = assess(read.book.scheme, read.book.facts, '2024-12-31', plainCalendar)
    // 24 29/30 out of 25.
    expect(scorecards[0]?.components[1]).toMatchObject({ score: '99.87', exact: '1498/15' })
  }
  expect(await warningsOf({ ...rate, 热线: leaves(['甲县', '年度', '制度', 25, 24.97, '97.9']) })).toContain(
    '核查分 24.97 与按观测“97.9”得出的 24.9667 不同，按核查分计。',
  )
})

it('points of the sheet 加分 count without a rule for them', async () => {
  const 加分 = [
    ['单位', '分值', '日期'],
    ['甲县', 2, '2024-03-01'],
  ]
  for (const more of [[], [['加分上限', 1.5]]]) {
    const sheets = { 加分, 计算规则: rules(['考核年度', 2024], ...more) }
    expect([await problemsOf(sheets), await warningsOf(sheets)]).toEqual(['', ''])
    const read = await reading(sheets)
    if (!read.ok) throw new Error()
    const { scorecards } = assess(read.book.scheme, read.book.facts, '2024-12-31', plainCalendar)
    expect(scorecards[0]?.adjustment).toMatchObject({ gained: 200 })
    expect(read.book.scheme.adjustments?.gainCap).toBe(more.length === 0 ? null : 150)
  }
})

it('marks of a unit that does not take part are ignored, whatever they are', async () => {
  const sheets: Sheets = {
    考核办法: parts(['评议', '外部评分', 100, null, 50, null, null]),
    考核对象: [
      ['单位', '分组', '参评'],
      ['甲县', '县区', '是'],
      ['丙办', '县区', '否'],
    ],
    评议: [
      ['单位', '得分'],
      ['甲县', 40],
      ['丙办', 150],
    ],
  }
  const read = await parseBook(await workbookOf(sheets), { ...overPreset, asOf: '2024-12-31' })
  expect(read.ok && read.warnings.map(({ code }) => code)).toEqual(['not-taking-part'])
})
