import { describe, expect, it } from 'vitest'
import { gradeDotsHeight, gradeDotsOption, type GradeDots } from '../../web/charts/grade-dots.ts'
import { gradeLook } from '../../web/charts/grade-marks.ts'
import { hangingLossOption, type HangingLoss, type HangingUnit } from '../../web/charts/hanging-loss.ts'
import { componentPaint } from '../../web/charts/palette.ts'
import { clipTo, shortNames, upright } from '../../web/charts/short-names.ts'
import { escaped, tip } from '../../web/charts/tooltip.ts'
import { waterfallOption } from '../../web/charts/waterfall.ts'

const unit = (
  name: string,
  composite: number | null,
  lost: (number | null)[],
  tier: number | null = 0,
): HangingUnit => ({
  unitId: `id-${name}`,
  name,
  composite,
  grade: tier === null ? null : '优秀',
  tier,
  lost,
  earned: lost.map((part) => (part === null ? null : 50 - part)),
})
const hanging = (units: readonly HangingUnit[], changes: Partial<HangingLoss> = {}): HangingLoss => ({
  units,
  full: 100,
  components: ['平时考核', '自我考核'],
  lines: [{ label: '优秀线 90.00', at: 90 }],
  gradeCount: 4,
  composition: 'lost',
  selected: null,
  width: 1000,
  words: { pending: '待定', composite: '综合成绩', description: '说明' },
  ...changes,
})

describe('losses hanging from 100', () => {
  const units = [
    unit('市教育局', 95, [2, 3]),
    unit('市财政局', 88, [5, 7], 1),
    unit('市气象局', null, [1, null], null),
  ]

  it('ends each bar at the composite, with the axis upside down', () => {
    const option = hangingLossOption(hanging(units))
    expect(option.yAxis.inverse).toBe(true)
    const points = option.series.at(-1)?.data as { value: number[] }[]
    expect(points.map(({ value }) => value)).toEqual([
      [0, 5],
      [1, 12],
      [3, 1],
    ])
  })

  it('sets pending units apart and paints their known part pale', () => {
    const option = hangingLossOption(hanging(units))
    expect(option.xAxis.data).toEqual(['id-市教育局', 'id-市财政局', '', 'id-市气象局'])
    const first = option.series[0]?.data as { value: number; itemStyle?: { opacity?: number } }[]
    expect(first[3]).toMatchObject({ value: 1, itemStyle: { opacity: 0.45 } })
  })

  it('draws the grade line where it cuts the bars and keeps it in view', () => {
    const option = hangingLossOption(hanging([unit('市教育局', 99, [1, 0])]))
    expect(option.yAxis.max).toBeGreaterThanOrEqual(10)
    expect(JSON.stringify(option.series[0])).toContain('"yAxis":10')
  })

  it('leaves out names and numbers where units stand too close', () => {
    const crowd = Array.from({ length: 300 }, (_, index) => unit(`单位${index}`, 90, [5, 5]))
    expect(hangingLossOption(hanging(crowd, { width: 340 })).xAxis.axisLabel.show).toBe(false)
    expect(hangingLossOption(hanging(crowd.slice(0, 40))).xAxis.axisLabel.show).toBe(true)
  })

  it('leaves room over the bars for the whole composite when it shows what was earned', () => {
    const { grid } = hangingLossOption(hanging(units, { composition: 'earned' }))
    // Six characters of 12 px that stand upright, and their distance from the bar.
    expect(grid.top).toBeGreaterThan(6 * 6.7 + 8)
  })

  it('stands on 0 when it shows what was earned', () => {
    const option = hangingLossOption(hanging(units, { composition: 'earned' }))
    expect(option.yAxis.inverse).toBe(false)
    expect(option.xAxis.position).toBe('bottom')
  })

  it('lifts a bar over 100 where a component scored more', () => {
    const option = hangingLossOption(hanging([unit('市教育局', 97, [-2, 5])]))
    expect(option.yAxis.min).toBeLessThanOrEqual(-2)
  })

  it('tells a unit’s parts in the tooltip without letting names become markup', () => {
    const option = hangingLossOption(hanging([unit('<b>局</b>', 95, [2, 3])]))
    const text = option.tooltip.formatter([{ dataIndex: 0 }])
    expect(text).toContain('&lt;b&gt;局&lt;/b&gt;')
    expect(text).toContain('−2.00')
    expect(text).not.toContain('style=')
  })
})

describe('waterfall', () => {
  const input = {
    full: 100,
    items: [
      { label: '2017-432', component: 0, lost: 0.45, left: 99.55 },
      { label: '下限', component: 0, lost: -0.2, left: 99.75 },
    ],
    composite: 99.75,
    lines: [{ label: '优秀线', at: 90 }],
    width: 700,
    words: { start: '满分', end: '综合成绩', pending: '待定', lost: '失分', left: '余分', description: '' },
  }

  it('hangs each step where the one before it ended', () => {
    const [base, step] = waterfallOption(input).series
    expect(base?.data).toEqual([0, 99.55, 99.55, 0])
    expect(step?.data.slice(1, 3)).toMatchObject([{ value: 0.45 }, { value: 0.2 }])
  })

  it('marks the axis with round numbers, wherever it begins', () => {
    for (const composite of [99.1, 91.88, 89.73, 84.21, 61.4]) {
      const items = [{ label: '', component: 0, lost: 100 - composite, left: composite }]
      const { customValues } = waterfallOption({ ...input, items, composite }).xAxis.axisLabel
      expect(customValues.every((mark) => Number.isInteger(mark * 2))).toBe(true)
      expect(customValues).toContain(100)
    }
  })

  it('goes below 0 when a scheme’s floor does', () => {
    const below = { ...input, items: [{ label: '泄密', component: 0, lost: 140, left: -40 }], composite: -40 }
    expect(waterfallOption(below).series[0]?.data).toEqual([0, -40, 0])
  })

  it('has no end mark while the composite is pending', () => {
    expect(waterfallOption({ ...input, composite: null }).series[2]?.data).toEqual([])
  })
})

describe('grade dots', () => {
  const dots = (scores: number[]): GradeDots => ({
    full: 100,
    groups: [
      {
        name: '市直部门',
        summary: '',
        units: scores.map((composite, index) => ({
          unitId: String(index),
          name: `单位${index}`,
          composite,
          grade: composite >= 90 ? '优秀' : '良好',
          tier: composite >= 90 ? 0 : 1,
          near: false,
        })),
      },
    ],
    grades: [
      { name: '优秀', from: 90, band: '优秀 [90, 100]' },
      { name: '良好', from: 80, band: '良好 [80, 90)' },
      { name: '不合格', from: 0, band: '不合格 [0, 80)' },
    ],
    words: { composite: '综合成绩', description: '' },
  })
  const places = (scores: number[]) =>
    (gradeDotsOption(dots(scores)).series[0]?.data ?? []).map(({ value }) => value)

  it('keeps 89.99 and 90.00 in different columns', () => {
    expect(places([89.99, 90])).toEqual([
      [89.5, 0.5],
      [90.5, 0.5],
    ])
  })

  it('stacks units with like scores and grows with the highest stack', () => {
    expect(places([95.1, 95.2, 95.3]).map(([, level]) => level)).toEqual([0.5, 1.5, 2.5])
    expect(gradeDotsHeight(dots([95.1, 95.2, 95.3, 95.4]))).toBeGreaterThan(gradeDotsHeight(dots([95, 96])))
  })

  it('puts a full score into the last column below 100', () => {
    expect(places([100])[0]?.[0]).toBe(99.5)
  })
})

describe('names and looks', () => {
  it('leaves out what all names share, but never of numbered names', () => {
    expect(shortNames(['市教育局', '市财政局'])).toEqual(['教育局', '财政局'])
    expect(shortNames(['第1科', '第2科'])).toEqual(['第1科', '第2科'])
    expect(shortNames(['市教育局'])).toEqual(['市教育局'])
    expect(upright('示范单位11')).toEqual(['示', '范', '单', '位', '11'])
  })

  it('cuts long labels by their width', () => {
    expect(clipTo('2017-432 舆情回应', 200)).toBe('2017-432 舆情回应')
    expect(clipTo('不动产登记排队难网络舆情', 60)).toMatch(/^.{3,4}…$/)
  })

  it('repeats the three colours hatched from the fourth component on', () => {
    expect(componentPaint(3)).toEqual({ color: componentPaint(0).color, hatched: true })
  })

  it('reads the last of several grades as failed and a single one as best', () => {
    expect([0, 1, 2, 3].map((tier) => gradeLook(tier, 4))).toEqual(['best', 'good', 'pass', 'fail'])
    expect([0, 1].map((tier) => gradeLook(tier, 2))).toEqual(['best', 'fail'])
    expect(gradeLook(0, 1)).toBe('best')
  })

  it('escapes what people typed', () => {
    expect(escaped(`<a href="x">'&`)).toBe('&lt;a href=&quot;x&quot;&gt;&#39;&amp;')
    expect(tip('局', [{ label: 'a', value: '1', component: 0 }])).toContain('class="swatch c1"')
  })
})
