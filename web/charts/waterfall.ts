import type { EChartsOption } from 'echarts'
import { axisStep, axisText, scoreText } from './figures.ts'
import { clipTo } from './short-names.ts'
import { gradeMarks } from './grade-marks.ts'
import { barStyle, control, ink, ink2, ink3, lost } from './palette.ts'
import { tip, tooltipFrame } from './tooltip.ts'

interface Rich {
  readonly [name: string]: {
    width?: number
    align?: 'right'
    color: string
    fontSize: number
    fontWeight?: 600
  }
}

/** One step down (or, negative, up) from the full marks. Composite points. */
interface WaterfallItem {
  readonly label: string
  /** Place of its component in the scheme; null for what belongs to none. */
  readonly component: number | null
  readonly lost: number
  readonly left: number
}

export interface Waterfall {
  /** Where it starts: the full marks of the composite. */
  readonly full: number
  readonly items: readonly WaterfallItem[]
  /** null while pending: the last row then says so. */
  readonly composite: number | null
  readonly lines: readonly { readonly label: string; readonly at: number }[]
  readonly width: number
  readonly words: {
    readonly start: string
    readonly end: string
    readonly pending: string
    readonly lost: string
    readonly left: string
    readonly description: string
  }
}

const row = 27

export const waterfallHeight = (items: number): number => (items + 2) * row + 30

/** From the full marks to the composite, item by item; the columns on the right are the same figures. */
export function waterfallOption(input: Waterfall) {
  const { full, items, composite, lines, width, words } = input
  const ends = [full, ...items.map((item) => item.left), ...(composite === null ? [] : [composite])]
  const [least, most] = [Math.min(...ends), Math.max(...ends)]
  const nearest = lines.find(({ at }) => at <= least) ?? lines.at(-1)
  const from =
    nearest && least - nearest.at < (most - least) * 0.6 + 0.5 ? Math.min(nearest.at, least) : least
  const range = Math.max(most - from, 1)
  const step = axisStep(range)
  const start = Math.floor((from - range * 0.02) / step) * step
  const min = from - start > step * 0.6 ? from - range * 0.04 : start
  const max = Math.ceil(most / step - 1e-9) * step
  const drawnLines = lines.filter(({ at }) => at >= min && at < max)
  const apart = (max - min) * 0.09
  const marks = Array.from(
    { length: Math.floor((max - min) / step) + 1 },
    (_, index) => max - index * step,
  ).filter((mark) => drawnLines.every(({ at }) => Math.abs(at - mark) > apart))
  const narrow = width < 520
  const labels = [words.start, ...items.map((item) => item.label), words.end]
  const lefts = [full, ...items.map((item) => item.left), composite]
  const clipped = (label: string): string => clipTo(label, narrow ? 116 : 190)
  const last = labels.length - 1
  const edge = (index: number): boolean => index === 0 || index === last

  return {
    aria: { enabled: true, label: { description: words.description } },
    grid: { left: narrow ? 122 : 200, right: narrow ? 112 : 148, top: 24, bottom: 6 },
    tooltip: {
      ...tooltipFrame,
      trigger: 'axis',
      formatter: (params: unknown) => {
        const [first] = params as { dataIndex: number }[]
        const item = first ? items[first.dataIndex - 1] : undefined
        if (!item) return ''
        return tip(item.label, [
          { label: words.lost, value: scoreText(-item.lost) },
          { label: words.left, value: scoreText(item.left), strong: true },
        ])
      },
    },
    xAxis: {
      type: 'value',
      position: 'top',
      min,
      max,
      interval: step,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        color: ink3,
        fontSize: 12,
        hideOverlap: true,
        customValues: marks,
        formatter: (value: number) => axisText(value),
      },
    },
    yAxis: [
      {
        type: 'category',
        inverse: true,
        data: labels,
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: {
          interval: 0,
          margin: narrow ? 118 : 196,
          align: 'left',
          fontSize: 13,
          color: ink2,
          formatter: (label: string, index: number) => (edge(index) ? `{bold|${label}}` : clipped(label)),
          rich: { bold: { fontWeight: 600, color: ink, fontSize: 13 } } as Rich,
        },
      },
      {
        type: 'category',
        inverse: true,
        position: 'right',
        data: labels.map((_, index) => String(index)),
        axisLine: { show: max === full, lineStyle: { color: control } },
        axisTick: { show: false },
        axisLabel: {
          interval: 0,
          margin: 4,
          formatter: (_: string, index: number) => {
            const item = items[index - 1]
            const left = lefts[index] ?? null
            const leftText = left === null ? words.pending : scoreText(left)
            const lostText = edge(index) || !item ? '' : scoreText(-item.lost).replace(/^(?=\d)/, '+')
            const kind = edge(index) ? 'bold' : 'left'
            return `{${item && item.lost < 0 && !edge(index) ? 'back' : 'lost'}|${lostText}}{${kind}|${leftText}}`
          },
          rich: {
            lost: { width: narrow ? 46 : 62, align: 'right', color: lost, fontSize: 13 },
            back: { width: narrow ? 46 : 62, align: 'right', color: ink, fontSize: 13 },
            left: { width: narrow ? 56 : 68, align: 'right', color: ink2, fontSize: 13 },
            bold: { width: narrow ? 56 : 68, align: 'right', color: ink, fontSize: 13, fontWeight: 600 },
          } as Rich,
        },
      },
    ],
    series: [
      {
        type: 'bar',
        stack: 'step',
        stackStrategy: 'all' as const,
        silent: true,
        itemStyle: { color: 'transparent' },
        data: labels.map((_, index) => {
          const item = items[index - 1]
          return item && !edge(index) ? Math.min(item.left, item.left + item.lost) : 0
        }),
      },
      {
        type: 'bar',
        stack: 'step',
        stackStrategy: 'all' as const,
        barWidth: 14,
        data: labels.map((_, index) => {
          const item = items[index - 1]
          if (!item || edge(index)) return 0
          const style = item.component === null ? { color: control } : barStyle(item.component)
          return { value: Math.abs(item.lost), itemStyle: style }
        }),
        markLine: {
          symbol: 'none',
          silent: true,
          animation: false,
          data: [
            ...(max === full
              ? []
              : [
                  {
                    xAxis: full,
                    lineStyle: { color: control, width: 1, type: 'solid' as const },
                    label: { show: false },
                  },
                ]),
            ...drawnLines.map(({ label, at }, index) => ({
              xAxis: at,
              lineStyle: {
                color: index === 0 ? gradeMarks.best.color : ink3,
                width: 1,
                type: 'solid' as const,
              },
              label: {
                formatter: label,
                position: 'start' as const,
                distance: 6,
                fontSize: 11,
                color: index === 0 ? gradeMarks.best.color : ink3,
              },
            })),
          ],
        },
      },
      {
        type: 'scatter',
        silent: true,
        z: 5,
        clip: false,
        symbol: 'diamond',
        symbolSize: 11,
        itemStyle: { color: ink },
        data: composite === null ? [] : [[composite, last]],
      },
    ],
  } satisfies EChartsOption
}
