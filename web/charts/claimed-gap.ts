import type { EChartsOption } from 'echarts'
import { axisStep, scoreText } from './figures.ts'
import { componentPaint, control, ink2 } from './palette.ts'
import { rowAxes } from './row-bars.ts'
import { tip, tooltipFrame } from './tooltip.ts'

interface GapRow {
  readonly name: string
  /** Claimed minus verified on 100 full marks. */
  readonly gap: number
  /** The same in marks, in words. */
  readonly difference: string
}

interface ClaimedGap {
  readonly rows: readonly GapRow[]
  readonly width: number
  readonly words: { readonly gap: string; readonly difference: string; readonly description: string }
}

const row = 22

export const claimedGapHeight = (rows: number): number => Math.max(rows, 3) * row + 34

/** A bar to the right where claims were above verification, to the left where below; the widest differences first. */
export function claimedGapOption({ rows, width, words }: ClaimedGap) {
  const gaps = rows.map(({ gap }) => gap)
  const [least, most] = [Math.min(0, ...gaps), Math.max(0.5, ...gaps)]
  const step = axisStep(most - least)
  const narrow = width < 420
  return {
    aria: { enabled: true, label: { description: words.description } },
    grid: { left: narrow ? 100 : 150, right: 56, top: 24, bottom: 4 },
    tooltip: {
      ...tooltipFrame,
      trigger: 'axis',
      formatter: (params: unknown) => {
        const [first] = params as { dataIndex: number }[]
        const found = first ? rows[first.dataIndex] : undefined
        if (!found) return ''
        return tip(found.name, [
          { label: words.gap, value: scoreText(found.gap), strong: true },
          { label: words.difference, value: found.difference },
        ])
      },
    },
    ...rowAxes(
      rows.map(({ name }) => name),
      { least, most, step },
      narrow ? 92 : 142,
    ),
    series: [
      {
        type: 'bar',
        barWidth: 12,
        data: rows.map(({ gap }) => ({
          value: gap,
          itemStyle: { color: gap < 0 ? control : componentPaint(1).color },
        })),
        label: {
          show: true,
          position: 'right',
          fontSize: 12,
          color: ink2,
          formatter: ({ dataIndex }: { dataIndex: number }) => scoreText(rows[dataIndex]?.gap ?? 0),
        },
      },
    ],
  } satisfies EChartsOption
}
