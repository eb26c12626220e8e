import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { setUp } from '../fixtures/first-start.ts'
import { workbookOf, type Sheets } from '../fixtures/workbooks.ts'
import { startBuilt, type BuiltServer } from './built-server.ts'
import { launch } from './chromium.ts'

const password = 'A password for everybody'
let server: BuiltServer
let browser: Browser
let page: Page

type Sent = NonNullable<Parameters<Page['request']['post']>[1]>
async function asked<Answer>(path: string, sent?: Pick<Sent, 'data' | 'multipart'>): Promise<Answer> {
  const url = `${server.url}/api${path}`
  const { request } = page.context()
  const answer = await (sent === undefined
    ? request.get(url)
    : request.post(url, { headers: { Origin: server.url }, ...sent }))
  expect(answer.ok(), await answer.text()).toBe(true)
  return (await answer.json()) as Answer
}

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startBuilt(), launch()])
  page = await browser.newPage({ viewport: { width: 1366, height: 900 }, reducedMotion: 'reduce' })
  await setUp(server.setupUrl, password)
  await asked('/auth/sign-in', { data: { username: 'office', password } })
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const field = (path: string): Locator => page.locator(`[data-path="${path}"]`)
const fill = (path: string, text: string | number) => field(path).fill(String(text))
/** The entry of a list that a field stands in. */
const entryOf = (path: string) => page.locator('.scheme-entry', { has: field(path) }).last()
/** The card of a part, or of a chapter of the rule. */
const card = (title: string) =>
  page.locator('section.card', { has: page.getByRole('heading', { level: 2, name: title, exact: true }) })
const press = (name: string, within: Locator | Page = page) =>
  within.getByRole('button', { name, exact: true }).first().click()
const choose = (label: string, option: string, within: Locator | Page = page) =>
  within.getByLabel(label, { exact: true }).first().selectOption({ label: option })
/** Opens what is folded away under these words. */
const unfold = async (words: string, within: Locator | Page = page) => {
  const details = within.locator('details', { hasText: words }).last()
  if ((await details.getAttribute('open')) === null) await details.locator('summary').first().click()
}

/** A draft that has no part left: a rule of its own is written into it. */
async function beginRule(name: string): Promise<string> {
  const { id } = await asked<{ id: string }>('/schemes', { data: { preset: 'municipal' } })
  await page.goto(`${server.url}/schemes/${id}`)
  await field('components.0.weight').waitFor()
  for (const part of ['平时考核', '自我考核', '第三方评估']) await press(`删除“${part}”`, card('部分和权重'))
  await page.getByLabel('名称', { exact: true }).fill(name)
  return id
}
async function addPart(index: number, method: string, name: string, weight: number): Promise<void> {
  await press(`增加${method}部分`)
  await fill(`components.${index}.name`, name)
  await fill(`components.${index}.weight`, weight)
}
/** Windows that end with these days of the year. */
async function addWindows(
  part: number,
  windows: readonly (readonly [name: string, month: number, day: number, weight?: number])[],
): Promise<void> {
  const path = `components.${part}.windows`
  for (const [index, [name, month, day, weight]] of windows.entries()) {
    const within = card(await field(`components.${part}.name`).inputValue())
    if ((await field(`${path}.${index}.name`).count()) === 0) await press('增加周期', within)
    const entry = entryOf(`${path}.${index}.name`)
    await fill(`${path}.${index}.name`, name)
    if (weight !== undefined) await fill(`${path}.${index}.weight`, weight)
    const ends = field(`${path}.${index}.ends`)
    if ((await ends.count()) === 0) await entry.getByText('统计截止').click()
    await choose('年', '当年', ends)
    await choose('月', String(month), ends)
    await choose('日', String(day), ends)
    if ((await field(`${path}.${index}.due`).count()) > 0) await entry.getByText('报送截止').click()
  }
}
interface Kind {
  readonly name: string
  readonly effect: '扣分' | '加分'
  readonly points: number | readonly (readonly [severity: string, points: number])[]
  readonly area?: string
}
async function addKind(ledger: string, within: Locator, index: number, kind: Kind): Promise<void> {
  const path = `${ledger}.kinds.${index}`
  await press('增加类别', within)
  await fill(`${path}.name`, kind.name)
  const entry = entryOf(`${path}.name`)
  await choose('性质', kind.effect, entry)
  if (typeof kind.points === 'number') await fill(`${path}.severities.0.points`, kind.points)
  else
    for (const [place, [severity, points]] of kind.points.entries()) {
      if ((await field(`${path}.severities.${place}.name`).count()) === 0) await press('增加档次', entry)
      await fill(`${path}.severities.${place}.name`, severity)
      await fill(`${path}.severities.${place}.points`, points)
    }
  if (kind.effect === '扣分') await choose('何时扣分', '通知即扣', entry)
  if (kind.area !== undefined) {
    await unfold('更多：上限', entry)
    await choose('归口', kind.area, entry)
  }
}

/** Begins an assessment on the rule that was entered, as the page offers it; resolves with its id. */
async function beginAssessment(name: string, year: number): Promise<string> {
  const button = page.getByRole('button', { name: '据此新建考核' })
  await expect.poll(() => button.isEnabled(), { timeout: 15_000 }).toBe(true)
  await button.click()
  await page.getByText('将采用').waitFor()
  const others = page.getByText('的考核对象和分组')
  if ((await others.count()) > 0) await others.click()
  await page.getByLabel('考核年度').fill(String(year))
  await page.getByLabel('考核名称').fill(name)
  await press('下一步')
  await page.waitForURL(/\/new-year\?assessment=/)
  return new URL(page.url()).searchParams.get('assessment') ?? ''
}

interface Standing {
  readonly unit: string
  readonly rank: number | null
  readonly composite: string | null
  readonly grade: string | null
}
/**
 * What the rule makes of a year. The workbook carries the published rule beside the facts, and the import refuses one
 * that differs from the assessment's: so the rule entered is the rule published.
 */
async function resultsOf(assessment: string, sheets: Sheets, asOf: string) {
  const buffer = await workbookOf(sheets)
  await asked(`/assessments/${assessment}/import`, {
    multipart: { file: { name: 'year.xlsx', mimeType: 'application/octet-stream', buffer } },
  })
  const { standings } = await asked<{ standings: Standing[] }>(
    `/assessments/${assessment}/standings?asOf=${asOf}`,
  )
  return standings.map(({ unit, rank, composite, grade }) => [unit, rank, composite, grade])
}

it('losses under one indicator end with its marks', async () => {
  await beginRule('区县 2020')
  await addPart(0, '扣分制', '公开', 100)
  const part = card('公开')
  await unfold('归口上限', part)
  for (const [index, [area, cap]] of (
    [
      ['时限', 10],
      ['内容', 6],
    ] as const
  ).entries()) {
    await press('增加归口', part)
    await fill(`components.0.areas.${index}.name`, area)
    await fill(`components.0.areas.${index}.cap`, cap)
  }
  const kinds: Kind[] = [
    { name: '超期', effect: '扣分', points: 5, area: '时限' },
    { name: '要素缺失', effect: '扣分', points: 1, area: '时限' },
    { name: '内容失实', effect: '扣分', points: 6, area: '内容' },
  ]
  for (const [index, kind] of kinds.entries()) await addKind('components.0', part, index, kind)
  const assessment = await beginAssessment('2020年度', 2020)

  const sheets: Sheets = {
    考核办法: [
      ['部分', '方式', '权重', '基准分'],
      ['公开', '扣分制', 100, 100],
    ],
    扣分类别: [
      ['部分', '类别', '每项扣分', '触发'],
      ['公开', '超期', 5, '立即'],
      ['公开', '要素缺失', 1, '立即'],
      ['公开', '内容失实', 6, '立即'],
    ],
    扣分细则: [
      ['部分', '类别', '性质', '归口'],
      ['公开', '超期', '扣分', '时限'],
      ['公开', '要素缺失', '扣分', '时限'],
      ['公开', '内容失实', '扣分', '内容'],
    ],
    归口上限: [
      ['部分', '归口', '上限'],
      ['公开', '时限', 10],
      ['公开', '内容', 6],
    ],
    考核对象: [
      ['单位', '分组'],
      ['甲局', '单位'],
      ['乙局', '单位'],
    ],
    公开台账: [
      ['单位', '扣分类别', '通知日期'],
      ...['超期', '超期', '要素缺失', '要素缺失', '要素缺失'].map((kind) => ['甲局', kind, '2020-05-08']),
      ['乙局', '内容失实', '2020-05-08'],
      ['乙局', '内容失实', '2020-05-09'],
      ['乙局', '要素缺失', '2020-05-09'],
    ],
  }
  // Two late and three without an element: 10, not 13; 6, not 12, and 1.
  expect(await resultsOf(assessment, sheets, '2020-12-31')).toEqual([
    ['乙局', 1, '93.00', '优秀'],
    ['甲局', 2, '90.00', '优秀'],
  ])
}, 120_000)

it('four quarters of leaves with scales, and at most 8 on top', async () => {
  await beginRule('县 2023')
  await addPart(0, '核查得分', '基础', 100)
  await addWindows(0, [
    ['第一季度', 3, 31],
    ['第二季度', 6, 30],
    ['第三季度', 9, 30],
    ['第四季度', 12, 31],
  ])
  const part = card('基础')
  const leaves = [
    ['制度', 10, '分档', '有=10；无=8'],
    ['主动公开', 82, '直接打分', ''],
    ['公开条数', 8, '阶梯', '200=8；100=5；0=0'],
  ] as const
  for (const [index, [name, full, scale, figures]] of leaves.entries()) {
    await press('增加一级指标', part)
    const path = `components.0.indicators.${index}`
    await fill(`${path}.name`, name)
    await fill(`${path}.full`, full)
    if (figures === '') continue
    const leaf = part.locator('li', { has: field(`${path}.name`) })
    await unfold('还没有评分标准', leaf)
    await choose('计分方式', scale, leaf)
    await fill(`${path}.scale`, figures)
  }
  await choose('总分加减', '启用', card('总分加减'))
  await fill('adjustments.gainCap', 8)
  await addKind('adjustments', card('总分加减'), 0, { name: '经验推广', effect: '加分', points: 6.5 })
  await addKind('adjustments', card('总分加减'), 1, { name: '试点', effect: '加分', points: 3.5 })
  const assessment = await beginAssessment('2023年度', 2023)

  const quarters = ['第一季度', '第二季度', '第三季度', '第四季度']
  const sheets: Sheets = {
    考核办法: [
      ['部分', '方式', '权重'],
      ['基础', '核查得分', 100],
    ],
    周期: [
      ['部分', '周期', '止月', '止日'],
      ['基础', '第一季度', 3, 31],
      ['基础', '第二季度', 6, 30],
      ['基础', '第三季度', 9, 30],
      ['基础', '第四季度', 12, 31],
    ],
    指标体系: [
      ['部分', '一级指标', '满分', '计分方式', '计分参数'],
      ...leaves.map(([name, full, scale, figures]) => [
        '基础',
        name,
        full,
        scale === '直接打分' ? '自由' : scale,
        figures || null,
      ]),
    ],
    扣分类别: [
      ['部分', '类别', '每项扣分', '触发'],
      ['总分', '经验推广', 6.5, '立即'],
      ['总分', '试点', 3.5, '立即'],
    ],
    扣分细则: [
      ['部分', '类别', '性质', '计入'],
      ['总分', '经验推广', '加分', '总分'],
      ['总分', '试点', '加分', '总分'],
    ],
    计算规则: [
      ['规则', '内容'],
      ['总分加分上限', 8],
    ],
    考核对象: [
      ['单位', '分组'],
      ['甲县', '单位'],
      ['乙县', '单位'],
    ],
    基础: [
      ['单位', '周期', '指标', '满分', '观测', '核查分'],
      ...quarters.flatMap((quarter) => [
        ['甲县', quarter, '制度', 10, '有', null],
        ['甲县', quarter, '主动公开', 82, null, 82],
        ['甲县', quarter, '公开条数', 8, 231, null],
        ['乙县', quarter, '制度', 10, '无', null],
        ['乙县', quarter, '主动公开', 82, null, 82],
        ['乙县', quarter, '公开条数', 8, 199, null],
      ]),
    ],
    总分加减台账: [
      ['单位', '扣分类别', '通知日期'],
      ['甲县', '经验推广', '2023-10-10'],
      ['甲县', '试点', '2023-11-10'],
    ],
  }
  // 100 and 6.5 + 3.5, of which 8; 8 + 82 + 5.
  expect(await resultsOf(assessment, sheets, '2023-12-31')).toEqual([
    ['甲县', 1, '108.00', '优秀'],
    ['乙县', 2, '95.00', '优秀'],
  ])
}, 120_000)

it('a points ranking: ten a month and no ceiling on what is adopted', async () => {
  await beginRule('信息 2014')
  await addPart(0, '扣分制', '报送', 100)
  const part = card('报送')
  await fill('components.0.base', 0)
  await unfold('更多：满分、上限、周期', part)
  await fill('components.0.full', 10)
  const months = Array.from(
    { length: 12 },
    (_, at) => [`${at + 1}月`, at + 1, new Date(Date.UTC(2014, at + 1, 0)).getUTCDate()] as const,
  )
  await addWindows(0, months)
  await addKind('components.0', part, 0, { name: '报送', effect: '加分', points: 1 })
  await choose('总分加减', '启用', card('总分加减'))
  const adopted = [
    ['县', 5],
    ['市', 10],
    ['国家', 80],
  ] as const
  await addKind('adjustments', card('总分加减'), 0, { name: '采用', effect: '加分', points: adopted })
  await unfold('更多：满分制、总分上限', card('计算规则'))
  await fill('scale', 120)
  await fill('ceiling', '')
  for (const grade of ['良好', '合格']) await press(`删除“${grade}”`, card('等次'))
  await fill('grades.0.name', '先进')
  await fill('grades.0.from', '')
  await unfold('更多：比例', entryOf('grades.0.name'))
  await fill('grades.0.count', 1)
  await fill('grades.1.name', '其他')
  await fill('grades.1.from', '')
  const assessment = await beginAssessment('2014年度', 2014)

  const sent = (unit: string, most: number) =>
    months.flatMap(([, month]) =>
      Array.from({ length: month === 5 ? most : 10 }, (_, at) => [
        unit,
        '报送',
        null,
        `2014-${String(month).padStart(2, '0')}-${String(at + 1).padStart(2, '0')}`,
      ]),
    )
  const sheets: Sheets = {
    考核办法: [
      ['部分', '方式', '权重', '基准分', '满分', '下限'],
      ['报送', '扣分制', 100, 0, 10, 0],
    ],
    周期: [['部分', '周期', '止月', '止日'], ...months.map((month) => ['报送', ...month])],
    扣分类别: [
      ['部分', '类别', '每项扣分', '触发'],
      ['报送', '报送', 1, '立即'],
      ['总分', '采用', 5, '立即'],
    ],
    扣分细则: [
      ['部分', '类别', '性质', '计入'],
      ['报送', '报送', '加分', null],
      ['总分', '采用', '加分', '总分'],
    ],
    档次: [['部分', '类别', '档次', '分值'], ...adopted.map((severity) => ['总分', '采用', ...severity])],
    计算规则: [
      ['规则', '内容'],
      ['满分制', 120],
      ['总分上限', '不设'],
    ],
    等次: [
      ['等次', '名额'],
      ['先进', 1],
      ['其他', null],
    ],
    考核对象: [
      ['单位', '分组'],
      ['甲镇', '单位'],
      ['乙镇', '单位'],
    ],
    报送台账: [['单位', '扣分类别', '档次', '通知日期'], ...sent('甲镇', 12), ...sent('乙镇', 3)],
    总分加减台账: [
      ['单位', '扣分类别', '档次', '通知日期'],
      ['甲镇', '采用', '国家', '2014-06-01'],
      ['甲镇', '采用', '县', '2014-07-01'],
      ['乙镇', '采用', '市', '2014-07-01'],
    ],
  }
  // Twelve in May count as ten: 120 + 80 + 5; 11 × 10 + 3 + 10.
  expect(await resultsOf(assessment, sheets, '2014-12-31')).toEqual([
    ['甲镇', 1, '205.00', '先进'],
    ['乙镇', 2, '123.00', '其他'],
  ])
}, 240_000)

it('the best of each group are 优秀, another number in each', async () => {
  await beginRule('地区 2011')
  const parts = [
    ['组织领导', 10],
    ['主动公开', 60],
    ['监督', 30],
  ] as const
  for (const [index, [name, weight]] of parts.entries()) {
    await addPart(index, '外部评分', name, weight)
    await fill(`components.${index}.full`, weight)
  }
  for (const grade of ['良好', '合格']) await press(`删除“${grade}”`, card('等次'))
  await fill('grades.0.from', '')
  await unfold('更多：比例', entryOf('grades.0.name'))
  await fill('grades.0.count', 1)
  await press('增加分组', entryOf('grades.0.name'))
  await fill('grades.0.groups.0.group', '部门')
  await fill('grades.0.groups.0.count', 2)
  await fill('grades.1.name', '合格')
  await fill('grades.1.from', '')
  const assessment = await beginAssessment('2011年度', 2011)

  const figures: readonly (readonly [unit: string, group: string, share: number])[] = [
    ['甲县办', '县办', 0.853],
    ['乙县办', '县办', 0.852],
    ['甲局', '部门', 0.99],
    ['乙局', '部门', 0.98],
    ['丙局', '部门', 0.97],
  ]
  const sheets: Sheets = {
    考核办法: [
      ['部分', '方式', '权重', '满分'],
      ...parts.map(([name, weight]) => [name, '外部评分', weight, weight]),
    ],
    等次: [
      ['等次', '名额', '分组'],
      ['优秀', 1, null],
      ['合格', null, null],
      ['优秀', 2, '部门'],
    ],
    考核对象: [['单位', '分组'], ...figures.map(([unit, group]) => [unit, group])],
    ...Object.fromEntries(
      parts.map(([name, weight]) => [
        name,
        [['单位', '得分'], ...figures.map(([unit, , share]) => [unit, (share * weight).toFixed(3)])],
      ]),
    ),
  }
  expect(await resultsOf(assessment, sheets, '2011-12-31')).toEqual([
    ['甲县办', 1, '85.30', '优秀'],
    ['乙县办', 2, '85.20', '合格'],
    ['甲局', 1, '99.00', '优秀'],
    ['乙局', 2, '98.00', '优秀'],
    ['丙局', 3, '97.00', '合格'],
  ])
}, 120_000)

it('parts weigh otherwise in another group, and one of them counts there for nothing', async () => {
  await beginRule('委局 2012')
  const parts = [
    ['职能', 30],
    ['管理', 30],
    ['满意度', 35],
  ] as const
  for (const [index, [name, weight]] of parts.entries()) {
    await addPart(index, '外部评分', name, weight)
    await unfold('按分组另定', card(name))
    await press('增加分组', card(name))
    await fill(`components.${index}.variants.0.group`, '局')
    const entry = entryOf(`components.${index}.variants.0.group`)
    if (name === '满意度') await choose('权重', '不适用', entry)
    else {
      await choose('权重', '另定', entry)
      await fill(`components.${index}.variants.0.weight`, 4)
    }
  }
  const assessment = await beginAssessment('2012年度', 2012)
  const sheets: Sheets = {
    考核办法: [
      ['部分', '方式', '权重', '分组'],
      ...parts.map(([name, weight]) => [name, '外部评分', weight, null]),
      ['职能', '外部评分', 4, '局'],
      ['管理', '外部评分', 4, '局'],
      ['满意度', '外部评分', '不适用', '局'],
    ],
    考核对象: [
      ['单位', '分组'],
      ['发改委', '委'],
      ['财政局', '局'],
    ],
    职能: [
      ['单位', '得分'],
      ['发改委', 90],
      ['财政局', 90],
    ],
    管理: [
      ['单位', '得分'],
      ['发改委', 80],
      ['财政局', 80],
    ],
    满意度: [
      ['单位', '得分'],
      ['发改委', 70],
    ],
  }
  // (30 × 90 + 30 × 80 + 35 × 70) ÷ 95; (4 × 90 + 4 × 80) ÷ 8.
  expect(await resultsOf(assessment, sheets, '2012-12-31')).toEqual([
    ['发改委', 1, '79.47', '合格'],
    ['财政局', 1, '85.00', '良好'],
  ])
}, 120_000)
