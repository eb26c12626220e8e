import type { EChartsOption } from 'echarts'
import { axisText } from './figures.ts'
import { control, grid, ink, ink2, ink3, lost, paper } from './palette.ts'
import { clipTo } from './short-names.ts'
import { tip, tooltipFrame } from './tooltip.ts'

interface RectificationBar {
  readonly name: string
  readonly inTime: number
  readonly waiting: number
  readonly late: number
  /** Rate and time in words. */
  readonly note: string
}

export interface RectificationBars {
  readonly bars: readonly RectificationBar[]
  readonly width: number
  readonly words: {
    readonly inTime: string
    readonly waiting: string
    readonly late: string
    readonly description: string
  }
}

const row = 30

export const rectificationBarsHeight = (bars: number): number => Math.max(bars, 1) * row + 58

export const courses = ['inTime', 'waiting', 'late'] as const

const hatching = {
  symbol: 'rect' as const,
  color: control,
  dashArrayX: [1, 0],
  dashArrayY: [1, 5],
  rotation: -Math.PI / 4,
}
/** Light, hatched and dark: three looks in greyscale, too. */
const looks = {
  inTime: { fill: { color: '#B7CDE2', borderColor: paper, borderWidth: 1 }, ink },
  waiting: { fill: { color: paper, borderColor: control, borderWidth: 1, decal: hatching }, ink },
  late: { fill: { color: lost, borderColor: paper, borderWidth: 1 }, ink: paper },
} as const

/** How many problems were rectified in time, wait, or cost points, by kind. */
export function rectificationBarsOption({ bars, width, words }: RectificationBars) {
  const narrow = width < 520
  return {
    aria: { enabled: true, label: { description: words.description } },
    legend: {
      left: 0,
      top: 0,
      itemWidth: 14,
      itemHeight: 14,
      selectedMode: false,
      textStyle: { color: ink2, fontSize: 12 },
    },
    grid: { left: narrow ? 96 : 150, right: narrow ? 96 : 150, top: 30, bottom: 24 },
    tooltip: {
      ...tooltipFrame,
      trigger: 'axis',
      formatter: (params: unknown) => {
        const [first] = params as { dataIndex: number }[]
        const bar = first ? bars[first.dataIndex] : undefined
        if (!bar) return ''
        return tip(bar.name, [
          ...courses.map((course) => ({ label: words[course], value: String(bar[course]) })),
          { label: '', value: bar.note, strong: true },
        ])
      },
    },
    xAxis: {
      type: 'value',
      min: 0,
      minInterval: 1,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: grid } },
      axisLabel: {
        color: ink3,
        fontSize: 12,
        hideOverlap: true,
        formatter: (value: number) => axisText(value),
      },
    },
    yAxis: [
      {
        type: 'category',
        inverse: true,
        data: bars.map(({ name }) => name),
        axisLine: { show: true, lineStyle: { color: control } },
        axisTick: { show: false },
        axisLabel: {
          interval: 0,
          fontSize: 12,
          color: ink2,
          formatter: (name: string) => clipTo(name, narrow ? 88 : 142),
        },
      },
      {
        type: 'category',
        inverse: true,
        position: 'right',
        data: bars.map(({ note }) => note),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: {
          interval: 0,
          fontSize: 12,
          color: ink2,
          formatter: (note: string) => clipTo(note, narrow ? 90 : 150),
        },
      },
    ],
    series: courses.map((course) => ({
      name: words[course],
      type: 'bar' as const,
      stack: 'problems',
      barWidth: 18,
      itemStyle: looks[course].fill,
      label: {
        show: true,
        fontSize: 12,
        color: looks[course].ink,
        ...(course === 'waiting' ? { backgroundColor: paper, padding: [0, 2] } : {}),
        formatter: ({ value }: { value: unknown }) => (value === 0 ? '' : String(value)),
      },
      data: bars.map((bar) => bar[course]),
    })),
  } satisfies EChartsOption
}
