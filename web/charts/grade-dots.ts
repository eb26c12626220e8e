import type { EChartsOption } from 'echarts'
import { axisStep, axisText, scoreText } from './figures.ts'
import { gradeMarkOf, gradeMarks } from './grade-marks.ts'
import { ink, ink3, line2, paper } from './palette.ts'
import { tip, tooltipFrame } from './tooltip.ts'

interface DotUnit {
  readonly unitId: string
  readonly name: string
  readonly composite: number
  readonly grade: string
  /** Null for interim standings, which have no grade. */
  readonly tier: number | null
  /** Less than one problem from a grade line. */
  readonly near: boolean
}

export interface GradeDots {
  /** Full marks of composites. */
  readonly full: number
  readonly groups: readonly {
    readonly name: string
    readonly summary: string
    readonly units: readonly DotUnit[]
  }[]
  /** Grades, best first, each with its lower bound, null where there is none for all groups, and its band in words. */
  readonly grades: readonly { readonly name: string; readonly from: number | null; readonly band: string }[]
  readonly words: { readonly composite: string; readonly description: string }
}

const dot = 15
const heading = 44

/** Columns of whole points, wider when scores lie far apart; no column crosses the best grade's line. */
function binsOf(scores: readonly number[], anchor: number, full: number) {
  const least = Math.min(anchor, ...scores)
  const most = Math.max(anchor, ...scores)
  const widths = [1, 2, 5, 10, 20, 50, 100]
  const width = widths.find((size) => (most - least) / size <= 26) ?? 200
  const isTop = most === full && full > anchor
  /** Full marks belong to the last column below them, where nobody has more. */
  const bin = (score: number): number =>
    Math.floor(((isTop ? Math.min(score, full - width / 1000) : score) - anchor) / width)
  return { width, bin, from: anchor + (bin(least) - 1) * width, to: anchor + (bin(most) + 1) * width }
}

function stacked(units: readonly DotUnit[], bin: (score: number) => number) {
  const heights = new Map<number, number>()
  return units.map((unit) => {
    const column = bin(unit.composite)
    const level = heights.get(column) ?? 0
    heights.set(column, level + 1)
    return { unit, column, level }
  })
}

function layout({ groups, grades, full }: Pick<GradeDots, 'groups' | 'grades' | 'full'>) {
  const scores = groups.flatMap((group) => group.units.map((unit) => unit.composite))
  const least = scores.length === 0 ? 0 : Math.floor(Math.min(...scores))
  const anchor = grades.find(({ from }) => from !== null)?.from ?? least
  const bins = binsOf(scores, anchor, full)
  let top = 26
  const panels = groups.map((group) => {
    const dots = stacked(group.units, bins.bin)
    const levels = Math.max(2, ...dots.map(({ level }) => level + 1))
    const panel = { group, dots, levels, top: top + heading, height: levels * dot, headingAt: top }
    top += heading + levels * dot + 12
    return panel
  })
  return { anchor, bins, panels, height: top + 22 }
}

/** The height the dots need, in CSS pixels. */
export const gradeDotsHeight = (input: Pick<GradeDots, 'groups' | 'grades' | 'full'>): number =>
  layout(input).height

/** One dot per unit on the score axis, a panel per group: the crowd at a grade line is the news. */
export function gradeDotsOption(input: GradeDots) {
  const { grades, words } = input
  const { anchor, bins, panels } = layout(input)
  const upper = bins.to
  const step = Math.max(bins.width, axisStep(upper - bins.from))
  const firstMark = Math.ceil(bins.from / step) * step
  const marks = Array.from(
    { length: Math.floor((upper - firstMark) / step) + 1 },
    (_, index) => firstMark + index * step,
  )
  const lines = grades
    .slice(0, -1)
    .flatMap(({ from, band }) => (from !== null && from > bins.from && from < upper ? [{ from, band }] : []))
  const isLine = grades.slice(0, -1).some(({ from }) => from === anchor)
  return {
    aria: { enabled: true, label: { description: words.description } },
    tooltip: {
      ...tooltipFrame,
      trigger: 'item',
      formatter: (params: unknown) => {
        const { data } = params as { data: { unit?: DotUnit } }
        if (!data.unit) return ''
        const { name, composite, grade } = data.unit
        return tip(name, [
          { label: words.composite, value: `${scoreText(composite)} ${grade}`, strong: true },
        ])
      },
    },
    title: panels.map(({ group, headingAt }) => ({
      text: group.name,
      subtext: group.summary,
      left: 0,
      top: headingAt,
      padding: 0,
      itemGap: 4,
      textStyle: { fontSize: 13, fontWeight: 600 as const, color: ink },
      subtextStyle: { fontSize: 12, color: ink3 },
    })),
    grid: panels.map(({ top, height }) => ({ left: 4, right: 12, top, height })),
    xAxis: panels.map((_, index) => ({
      type: 'value' as const,
      gridIndex: index,
      min: bins.from,
      max: upper,
      axisLine: { show: true, lineStyle: { color: line2 } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        show: index === panels.length - 1,
        color: ink3,
        fontSize: 12,
        customValues: marks,
        formatter: axisText,
      },
    })),
    yAxis: panels.map(({ levels }, index) => ({
      type: 'value' as const,
      gridIndex: index,
      min: 0,
      max: levels,
      show: false,
    })),
    series: panels.map(({ dots }, index) => ({
      type: 'scatter' as const,
      xAxisIndex: index,
      yAxisIndex: index,
      clip: false,
      cursor: 'pointer',
      data: dots.map(({ unit, column, level }) => {
        const mark = gradeMarkOf(unit.tier, grades.length)
        const edge = unit.near ? ink : mark.hollow ? mark.color : paper
        return {
          value: [anchor + (column + 0.5) * bins.width, level + 0.5],
          unit,
          symbol: mark.symbol,
          symbolSize: mark.size + 3,
          symbolRotate: mark.rotate,
          itemStyle: {
            opacity: 1,
            color: mark.hollow ? paper : mark.color,
            borderColor: edge,
            borderWidth: unit.near || mark.hollow ? 2 : 1,
          },
        }
      }),
      markArea: {
        silent: true,
        itemStyle: { color: '#F2F8F5' },
        data:
          isLine && upper > anchor
            ? [
                [{ xAxis: Math.max(anchor, bins.from) }, { xAxis: upper }] as [
                  { xAxis: number },
                  { xAxis: number },
                ],
              ]
            : [],
      },
      markLine: {
        symbol: 'none',
        silent: true,
        animation: false,
        data: lines.map(({ from, band }, place) => ({
          xAxis: from,
          lineStyle: {
            color: place === 0 && from === anchor ? gradeMarks.best.color : line2,
            width: 1,
            type: 'solid' as const,
          },
          label: {
            show: index === 0,
            formatter: band,
            fontSize: 12,
            color: place === 0 && from === anchor ? gradeMarks.best.color : ink3,
            position: 'end' as const,
            align: 'left' as const,
            distance: 48,
          },
        })),
      },
    })),
  } satisfies EChartsOption
}
