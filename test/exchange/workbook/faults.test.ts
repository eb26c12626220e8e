import { expect, test } from 'vitest'
import { describe as told } from '../../../server/exchange/spreadsheet/messages.ts'
import { languages } from '#assessment/language'
import { parseBook } from '../../../server/exchange/workbook/parse-book.ts'
import { overPreset, day, type Sheets, smallYear, workbookOf } from '../../fixtures/workbooks.ts'

const units = (...rows: (string | null)[][]) => [['单位', '分组', '上级单位', '参评'], ...rows]
const components = (...rows: (string | number | null)[][]) => [
  ['部分', '方式', '权重', '基准分', '满分', '下限'],
  ...rows,
]
const kinds = (...rows: (string | number | null)[][]) => [['类别', '每项扣分', '触发', '整改工作日'], ...rows]
const ledger = (...rows: (string | number | Date | null)[][]) => [
  ['单位', '扣分类别', '通知日期', '整改期限', '整改日期', '核查结果', '撤销日期'],
  ...rows,
]
const notice = day('2017-03-05')
const leaves = (...rows: (string | number | null)[][]) => [
  ['单位', '周期', '指标', '满分', '核查分'],
  ...rows,
]

/** What is wrong, the sheets that replace those of a sound workbook, and the places and codes told. */
const cases: [string, Sheets, string[]][] = [
  ['no units at all', { 考核对象: [] }, ['考核对象:-:- missing-sheet']],
  [
    'a needed column is missing',
    { 考核对象: [['单位'], ['清河县政府']] },
    ['考核对象:1:分组 missing-column'],
  ],
  [
    'a column twice',
    {
      考核对象: [
        ['单位', '分组', '单 位'],
        ['清河县政府', '县区', ''],
      ],
    },
    ['考核对象:1:单位 duplicate-column'],
  ],
  [
    'a needed cell is blank',
    { 考核对象: units(['清河县政府', ' '], ['清河县教育局', '县区'], ['市水务局', '市直']) },
    ['考核对象:2:分组 blank-cell'],
  ],
  [
    'a unit listed twice',
    {
      考核对象: units(
        ['清河县政府', '县区'],
        ['市水务局', '市直'],
        ['清河县教育局', '县区'],
        ['清河县政府　', '县区'],
      ),
    },
    ['考核对象:5:单位 duplicate-unit'],
  ],
  [
    'an unknown parent',
    { 考核对象: units(['清河县政府', '县区'], ['市水务局', '市直'], ['清河县教育局', '县区', '清河县']) },
    ['考核对象:4:上级单位 unknown-unit'],
  ],
  [
    'a cycle of parents, told once',
    {
      考核对象: units(
        ['清河县政府', '县区', '市水务局'],
        ['清河县教育局', '县区', '清河县政府', '否'],
        ['市水务局', '市直', '清河县教育局'],
      ),
    },
    ['考核对象:2:上级单位 cycle-of-parents'],
  ],
  [
    'a unit that is its own parent',
    { 考核对象: units(['清河县政府', '县区'], ['清河县教育局', '县区'], ['市水务局', '市直', '市水务局']) },
    ['考核对象:4:上级单位 cycle-of-parents'],
  ],
  [
    'an unknown word',
    { 考核对象: units(['清河县政府', '县区', null, '参加'], ['清河县教育局', '县区'], ['市水务局', '市直']) },
    ['考核对象:2:参评 unknown-word'],
  ],
  [
    'an unknown unit in the ledger',
    { 平时考核台账: ledger(['市水利局', '举报查实', notice]) },
    ['平时考核台账:2:单位 unknown-unit'],
  ],
  [
    'an unknown kind',
    { 平时考核台账: ledger(['市水务局', '举报', notice]) },
    ['平时考核台账:2:扣分类别 unknown-kind'],
  ],
  [
    'a day that does not exist',
    { 平时考核台账: ledger(['市水务局', '举报查实', '2017-02-30']) },
    ['平时考核台账:2:通知日期 not-a-day'],
  ],
  [
    'a day in another form',
    { 平时考核台账: ledger(['市水务局', '举报查实', '三月五日']) },
    ['平时考核台账:2:通知日期 not-a-day'],
  ],
  [
    'a day without its year',
    { 平时考核台账: ledger(['市水务局', '举报查实', '12月9日']) },
    ['平时考核台账:2:通知日期 day-without-year'],
  ],
  [
    'a day before 2000',
    { 平时考核台账: ledger(['市水务局', '举报查实', '1999-12-31']) },
    ['平时考核台账:2:通知日期 day-out-of-range'],
  ],
  [
    'a day centuries ahead',
    { 平时考核台账: ledger(['市水务局', '举报查实', '9999-12-31']) },
    ['平时考核台账:2:通知日期 day-out-of-range'],
  ],
  [
    'a number where a day belongs',
    { 平时考核台账: ledger(['市水务局', '举报查实', 42799]) },
    ['平时考核台账:2:通知日期 not-a-day'],
  ],
  [
    'a deadline before the notice',
    { 平时考核台账: ledger(['市水务局', '举报查实', '2017-03-20', '2017-03-09']) },
    ['平时考核台账:2:整改期限 deadline-before-notice'],
  ],
  [
    'a rectification before the notice',
    { 平时考核台账: ledger(['市水务局', '举报查实', '2017-03-20', null, '2017-03-09']) },
    ['平时考核台账:2:整改日期 deadline-before-notice'],
  ],
  [
    'an unknown review',
    { 平时考核台账: ledger(['市水务局', '专项督查', notice, null, notice, '合格']) },
    ['平时考核台账:2:核查结果 unknown-word'],
  ],
  [
    'charged to nobody',
    { 考核对象: units(['清河县政府', '县区'], ['清河县教育局', '县区', null, '否'], ['市水务局', '市直']) },
    ['平时考核台账:2:单位 charged-to-nobody'],
  ],
  [
    'an unknown window',
    {
      自我考核: [
        ['单位', '周期', '核查得分'],
        ['市水务局', '第一季度', 80],
      ],
    },
    ['自我考核:2:周期 unknown-window'],
  ],
  [
    'two marks',
    {
      自我考核: [
        ['单位', '周期', '核查得分'],
        ['市水务局', '上半年', 80],
        ['市水务局', '上半年', null],
      ],
    },
    ['自我考核:3:单位 duplicate-mark'],
  ],
  [
    'two marks of one indicator',
    {
      自我考核: leaves(
        ['市水务局', '上半年', '甲', 5, 4],
        ['市水务局', '下半年', '甲', 5, 4],
        ['市水务局', '上半年', '甲', 5, 4],
      ),
    },
    ['自我考核:4:单位 duplicate-mark'],
  ],
  [
    'marks below 0',
    {
      自我考核: [
        ['单位', '周期', '核查得分'],
        ['市水务局', '上半年', -0.01],
      ],
    },
    ['自我考核:2:核查得分 negative'],
  ],
  [
    'marks above full',
    {
      自我考核: [
        ['单位', '周期', '核查得分'],
        ['市水务局', '上半年', 100.01],
      ],
    },
    ['自我考核:2:核查得分 marks-above-full'],
  ],
  [
    'marks of an indicator above full',
    { 自我考核: leaves(['市水务局', '上半年', '甲', 0.25, 0.2501]) },
    ['自我考核:2:核查分 marks-above-full'],
  ],
  [
    'marks that are no number',
    { 自我考核: leaves(['市水务局', '上半年', '甲', 5, '优']) },
    ['自我考核:2:核查分 not-a-number'],
  ],
  [
    'no full marks',
    { 自我考核: leaves(['市水务局', '上半年', '甲', null, 5]) },
    ['自我考核:2:满分 blank-cell'],
  ],
  [
    'full marks of 0',
    { 自我考核: leaves(['市水务局', '上半年', '甲', 0, 0]) },
    ['自我考核:2:满分 not-positive'],
  ],
  [
    'half of the indicator columns',
    {
      自我考核: [
        ['单位', '周期', '指标', '核查分'],
        ['市水务局', '上半年', '甲', 1],
      ],
    },
    ['自我考核:2:满分 blank-cell'],
  ],
  [
    'marks with more than four decimals',
    { 自我考核: leaves(['市水务局', '上半年', '甲', 5, 0.12345]) },
    ['自我考核:2:核查分 too-many-mark-decimals'],
  ],
  [
    'a severity of a kind that has none',
    {
      平时考核台账: [
        ['单位', '扣分类别', '档次', '通知日期'],
        ['市水务局', '举报查实', '很严重', notice],
      ],
    },
    ['平时考核台账:2:档次 no-severities'],
  ],
  [
    'a veto that is none',
    {
      扣分细则: [
        ['类别', '一票否决'],
        ['举报查实', '取消资格'],
      ],
    },
    ['扣分细则:2:一票否决 unknown-veto'],
  ],
  [
    'a share and a number for one grade',
    {
      等次: [
        ['等次', '下限分', '比例', '名额'],
        ['好', 80, 30, 2],
        ['差', null, null, null],
      ],
    },
    ['等次:2:名额 share-and-count'],
  ],
  [
    'a middle grade with neither band nor quota',
    {
      等次: [
        ['等次', '下限分'],
        ['好', 80],
        ['中', null],
        ['差', null],
      ],
    },
    ['等次:3:下限分 grade-without-line'],
  ],
  [
    'two windows that end on one day',
    {
      周期: [
        ['部分', '周期', '止月', '止日'],
        ['平时考核', '一', 6, 30],
        ['平时考核', '二', 6, 30],
      ],
    },
    ['周期:3:止日 windows-end-together'],
  ],
  [
    'a weight for some windows only',
    {
      周期: [
        ['部分', '周期', '止月', '止日', '权重'],
        ['平时考核', '一', 6, 30, 40],
        ['平时考核', '二', 12, 31, null],
      ],
    },
    ['周期:3:权重 some-weights'],
  ],
  [
    'a window with neither end nor due day',
    {
      周期: [
        ['部分', '周期', '权重'],
        ['平时考核', '一', 40],
      ],
    },
    ['周期:2:止日 window-without-end'],
  ],
  [
    'the old bonus and the new adjustments together',
    {
      计算规则: [
        ['规则', '内容'],
        ['加分', '加分'],
        ['总分加分上限', 3],
      ],
    },
    ['计算规则:2:规则 old-and-new'],
  ],
  [
    'neither form of marks',
    {
      自我考核: [
        ['单位', '周期'],
        ['市水务局', '上半年'],
      ],
    },
    ['自我考核:1:核查得分 missing-column'],
  ],
  [
    'two external marks',
    {
      第三方评估: [
        ['单位', '得分'],
        ['市水务局', 80],
        ['市水务局', 80],
      ],
    },
    ['第三方评估:3:单位 duplicate-mark'],
  ],
  [
    'an external mark above full',
    {
      第三方评估: [
        ['单位', '得分'],
        ['市水务局', 101],
      ],
    },
    ['第三方评估:2:得分 marks-above-full'],
  ],
  [
    'an external mark in words',
    {
      第三方评估: [
        ['单位', '得分'],
        ['市水务局', '缺'],
      ],
    },
    ['第三方评估:2:得分 not-a-number'],
  ],
  [
    'an error value',
    {
      第三方评估: [
        ['单位', '得分'],
        ['市水务局', { error: '#N/A' }],
      ],
    },
    ['第三方评估:2:得分 fault-cell'],
  ],
  [
    'a formula never computed',
    {
      第三方评估: [
        ['单位', '得分'],
        ['市水务局', { formula: '80+1', date1904: false }],
      ],
    },
    ['第三方评估:2:得分 uncomputed-formula'],
  ],
  ['an unknown method', { 考核办法: components(['平时考核', '扣分', 30]) }, ['考核办法:2:方式 unknown-word']],
  [
    'a weight that is no number',
    { 考核办法: components(['平时考核', '扣分制', '三十']) },
    ['考核办法:2:权重 not-a-number'],
  ],
  ['a weight below 0', { 考核办法: components(['平时考核', '扣分制', -30]) }, ['考核办法:2:权重 negative']],
  [
    'no weight above 0',
    { 考核办法: components(['平时考核', '扣分制', 0], ['自我考核', '核查得分', 0]) },
    ['考核办法:2:权重 all-weights-zero'],
  ],
  [
    'a floor that is no number',
    { 考核办法: components(['平时考核', '扣分制', 30, 100, null, '无']) },
    ['考核办法:2:下限 not-a-number'],
  ],
  [
    'a component twice',
    { 考核办法: components(['平时考核', '扣分制', 30], ['平时考核', '外部评分', 30]) },
    ['考核办法:3:部分 duplicate-component'],
  ],
  [
    'a component that takes a sheet',
    { 考核办法: components(['等次', '外部评分', 30]) },
    ['考核办法:2:部分 sheet-taken'],
  ],
  [
    'a component that takes another’s sheet',
    { 考核办法: components(['甲', '扣分制', 30], ['甲台账', '外部评分', 30]) },
    ['考核办法:3:部分 sheet-taken'],
  ],
  ['no component', { 考核办法: components() }, ['考核办法:2:部分 no-components']],
  [
    'several ledgers without kinds',
    { 考核办法: components(['甲', '扣分制', 30], ['乙', '扣分制', 30]) },
    ['扣分类别:-:- missing-sheet'],
  ],
  [
    'several ledgers, kinds without their component',
    {
      考核办法: components(['甲', '扣分制', 30], ['乙', '扣分制', 30]),
      扣分类别: kinds(['漏项', 1, null, null]),
    },
    ['扣分类别:2:部分 blank-cell'],
  ],
  [
    'grades that do not reach 0',
    {
      等次: [
        ['等次', '下限分'],
        ['好', 80],
        ['差', 1],
      ],
    },
    ['等次:3:下限分 last-grade-edge'],
  ],
  [
    'a grade twice',
    {
      等次: [
        ['等次', '下限分'],
        ['好', 80],
        ['好', 0],
      ],
    },
    ['等次:3:等次 duplicate-grade'],
  ],
  [
    'a bound twice',
    {
      等次: [
        ['等次', '下限分'],
        ['好', 0],
        ['差', 0],
      ],
    },
    ['等次:3:下限分 duplicate-bound'],
  ],
  [
    'a bound that is no number',
    {
      等次: [
        ['等次', '下限分'],
        ['好', 'x'],
        ['差', 0],
      ],
    },
    ['等次:2:下限分 not-a-number'],
  ],
  [
    'a kind twice',
    {
      扣分类别: kinds(
        ['上级检查通报', 1.5, '立即', null],
        ['专项督查', 1, '立即', null],
        ['专项督查', 1, '立即', null],
      ),
    },
    ['扣分类别:4:类别 duplicate-kind'],
  ],
  [
    'an unknown trigger',
    { 扣分类别: kinds(['上级检查通报', 1.5, '马上', null], ['专项督查', 1, null, null]) },
    ['扣分类别:2:触发 unknown-word'],
  ],
  [
    'points with three decimals',
    { 扣分类别: kinds(['上级检查通报', 1.555, '立即', null], ['专项督查', 1, null, null]) },
    ['扣分类别:2:每项扣分 too-many-decimals'],
  ],
  [
    'points below 0',
    { 扣分类别: kinds(['上级检查通报', -1, '立即', null], ['专项督查', 1, null, null]) },
    ['扣分类别:2:每项扣分 negative'],
  ],
  [
    'half a working day',
    { 扣分类别: kinds(['上级检查通报', 1, '立即', 1.5], ['专项督查', 1, null, null]) },
    ['扣分类别:2:整改工作日 not-a-whole-number'],
  ],
]

test.each(cases)('refused with its place: %s', async (_, replaced, expected) => {
  const reading = await parseBook(await workbookOf({ ...smallYear, ...replaced }), overPreset)
  const problems = reading.ok ? [] : reading.problems
  const places = problems.map(
    ({ sheet, row, column, code }) => `${sheet}:${row ?? '-'}:${column ?? '-'} ${code}`,
  )
  // A unit or kind that was not understood is also unknown where it is used: the cause comes first.
  expect(places.slice(0, expected.length)).toEqual(expected)
  for (const problem of problems) {
    for (const language of languages) expect(told(problem, language)).not.toMatch(/[{}]|undefined/)
  }
})

test('problems are told in Chinese and in English: where, what, how to mend it', async () => {
  const reading = await parseBook(
    await workbookOf({
      ...smallYear,
      第三方评估: [
        ['单位', '得分'],
        ['市水利局', 80],
      ],
    }),
    overPreset,
  )
  const [problem] = reading.ok ? [] : reading.problems
  expect(problem && told(problem, 'zh-CN')).toBe(
    '工作表“第三方评估” 第 2 行 “单位”列：“考核对象”中没有单位“市水利局”；请改正名称，或在“考核对象”中补上。',
  )
  expect(problem && told(problem, 'en')).toBe(
    'sheet “第三方评估”, row 2, column “单位”: There is no unit “市水利局” in 考核对象; correct the name or add the unit there.',
  )
})

test('a sheet of nothing but faults is told in part and counted in full', async () => {
  const rows = Array.from({ length: 3000 }, () => ['市水利局', '举报查实', notice])
  const reading = await parseBook(
    await workbookOf({ ...smallYear, 平时考核台账: ledger(...rows) }),
    overPreset,
  )
  expect(reading.ok ? [] : [reading.problems.length, reading.problemCount]).toEqual([1000, 3000])
})
