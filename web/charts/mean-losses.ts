import type { EChartsOption } from 'echarts'
import { axisStep, scoreText } from './figures.ts'
import { barStyle, ink2 } from './palette.ts'
import { rowAxes } from './row-bars.ts'
import { pixelsIn } from './short-names.ts'
import { tip, tooltipFrame } from './tooltip.ts'

interface MeanBar {
  /** Component and group. */
  readonly name: string
  /** Place of the component in the scheme. */
  readonly place: number
  /** Mean score of 100; null while no unit has one. */
  readonly mean: number | null
  /** Over how many units, in words. */
  readonly over: string
}

export interface MeanLosses {
  readonly bars: readonly MeanBar[]
  readonly width: number
  readonly words: {
    readonly mean: string
    readonly lost: string
    readonly over: string
    readonly pending: string
    readonly description: string
  }
}

const row = 26

export const meanLossesHeight = (bars: number): number => Math.max(bars, 2) * row + 30

/** What the units of a group lose on average under each component, from 0; the figure at the end is the mean score. */
export function meanLossesOption({ bars, width, words }: MeanLosses) {
  const lost = bars.map(({ mean }) => (mean === null ? 0 : 100 - mean))
  const most = Math.max(1, ...lost)
  const least = Math.min(0, ...lost)
  const step = axisStep(most - least)
  const names = bars.map(({ name }) => name)
  /** Names end with their group, so that one cut short may stand for two bars. */
  const room = Math.min(Math.max(0, ...names.map(pixelsIn)), width * 0.45)
  return {
    aria: { enabled: true, label: { description: words.description } },
    grid: { left: room + 10, right: 60, top: 24, bottom: 4 },
    tooltip: {
      ...tooltipFrame,
      trigger: 'axis',
      formatter: (params: unknown) => {
        const [first] = params as { dataIndex: number }[]
        const bar = first ? bars[first.dataIndex] : undefined
        if (!bar) return ''
        const mean = bar.mean === null ? words.pending : scoreText(bar.mean)
        return tip(bar.name, [
          { label: words.mean, value: mean, strong: true },
          ...(bar.mean === null ? [] : [{ label: words.lost, value: scoreText(bar.mean - 100) }]),
          { label: words.over, value: bar.over },
        ])
      },
    },
    ...rowAxes(names, { least, most, step }, room),
    series: [
      {
        type: 'bar',
        barWidth: 14,
        data: bars.map(({ place }, index) => ({ value: lost[index] ?? 0, itemStyle: barStyle(place) })),
        label: {
          show: true,
          position: 'right',
          fontSize: 12,
          color: ink2,
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const mean = bars[dataIndex]?.mean ?? null
            return mean === null ? words.pending : scoreText(mean)
          },
        },
      },
    ],
  } satisfies EChartsOption
}
