import type { EChartsOption } from 'echarts'
import { componentPaint, grid, ink2, ink3, line2 } from './palette.ts'
import { tip, tooltipFrame } from './tooltip.ts'

interface Marked {
  readonly name: string
  /** Out of 100. */
  readonly score: number
}

export interface MarkDistribution {
  readonly units: readonly Marked[]
  readonly words: {
    readonly description: string
    /** `90–92 分`. */
    readonly band: (from: number, to: number) => string
    readonly count: (n: number) => string
  }
}

export interface MarkBand {
  readonly from: number
  readonly to: number
  readonly names: readonly string[]
}

/** Bands of whole points, at most some twenty; 100 itself belongs to the last one. */
export function markBands(units: readonly Marked[]): MarkBand[] {
  if (units.length === 0) return []
  const scores = units.map(({ score }) => score)
  const [least, most] = [Math.min(...scores), Math.max(...scores)]
  const width = [1, 2, 5, 10, 20, 50, 100].find((size) => (most - least) / size <= 18) ?? 200
  const top = most === 100 ? 99.9999 : Infinity
  const band = (score: number): number => Math.floor(Math.min(score, top) / width)
  return Array.from({ length: band(most) - band(least) + 1 }, (_, index) => {
    const at = band(least) + index
    return {
      from: at * width,
      to: (at + 1) * width,
      names: units.filter(({ score }) => band(score) === at).map(({ name }) => name),
    }
  })
}

const namesTold = 8

/** How many units lie in each band of the scores; the names behind a bar stand in its tooltip. */
export function markDistributionOption({ units, words }: MarkDistribution) {
  const bands = markBands(units)
  return {
    aria: { enabled: true, label: { description: words.description } },
    grid: { left: 8, right: 8, top: 24, bottom: 22 },
    tooltip: {
      ...tooltipFrame,
      trigger: 'axis',
      formatter: (params: unknown) => {
        const [first] = params as { dataIndex: number }[]
        const band = first ? bands[first.dataIndex] : undefined
        if (!band) return ''
        const more = band.names.length - namesTold
        return tip(words.band(band.from, band.to), [
          ...band.names.slice(0, namesTold).map((name) => ({ label: name, value: '' })),
          ...(more > 0 ? [{ label: '…', value: `+${more}` }] : []),
          { label: '', value: words.count(band.names.length), strong: true },
        ])
      },
    },
    xAxis: {
      type: 'category',
      data: bands.map(({ from }) => String(from)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: line2 } },
      axisLabel: { color: ink3, fontSize: 12, hideOverlap: true },
    },
    yAxis: { type: 'value', show: false, minInterval: 1, splitLine: { lineStyle: { color: grid } } },
    series: [
      {
        type: 'bar',
        barCategoryGap: '8%',
        itemStyle: { color: componentPaint(2).color },
        data: bands.map(({ names }) => names.length),
        label: {
          show: true,
          position: 'top',
          fontSize: 12,
          color: ink2,
          formatter: ({ value }: { value: unknown }) => (value === 0 ? '' : String(value)),
        },
      },
    ],
  } satisfies EChartsOption
}
