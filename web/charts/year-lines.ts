import type { EChartsOption } from 'echarts'
import { axisStep, axisText, scoreText } from './figures.ts'
import { control, grid, ink2, ink3 } from './palette.ts'
import { clipTo } from './short-names.ts'
import { tip, tooltipFrame } from './tooltip.ts'
import { unitLook } from './unit-looks.ts'

interface YearUnit {
  readonly name: string
  /** A score a year; null = pending or not taking part. */
  readonly values: readonly (number | null)[]
}

export interface YearLines {
  readonly years: readonly string[]
  /** Whether a year may be compared with the one before; the first is never asked. */
  readonly connected: readonly boolean[]
  readonly units: readonly YearUnit[]
  readonly width: number
  readonly words: { readonly pending: string; readonly description: string }
}

export const yearLinesHeight = (units: number, width: number): number =>
  250 + Math.ceil(units / (width < 520 ? 2 : 4)) * 22

/** The stretches of years, as first and last place, over which values may be joined by a line. */
export function stretches(connected: readonly boolean[]): (readonly [number, number])[] {
  const found: [number, number][] = []
  connected.forEach((joined, index) => {
    const last = found.at(-1)
    if (last && joined) last[1] = index
    else found.push([index, index])
  })
  return found
}

/** One line a unit over the years, broken where the rule changed what is compared. */
export function yearLinesOption({ years, connected, units, width, words }: YearLines) {
  const known = units.flatMap(({ values }) => values).filter((value) => value !== null)
  const [least, most] = [Math.min(100, ...known), Math.max(...known, 0)]
  const step = axisStep(Math.max(2, (most || 100) - least))
  const breaks = stretches(connected)
  const last = units.map(({ values }) => values.reduce<number>((latest, value) => value ?? latest, 0))
  /** Of two lines, the figures of the higher one stand above it. */
  const above = last.indexOf(Math.max(...last))
  return {
    aria: { enabled: true, label: { description: words.description } },
    legend: {
      bottom: 0,
      itemWidth: 28,
      data: units.map(({ name }) => name),
      textStyle: { color: ink2, fontSize: 12 },
      formatter: (name: string) => clipTo(name, width < 520 ? 110 : 180),
    },
    grid: { left: 40, right: 34, top: 16, bottom: 34 + Math.ceil(units.length / (width < 520 ? 2 : 4)) * 22 },
    tooltip: {
      ...tooltipFrame,
      trigger: 'axis',
      formatter: (params: unknown) => {
        const [first] = params as { dataIndex: number }[]
        const index = first?.dataIndex ?? 0
        return tip(
          years[index] ?? '',
          units.map(({ name, values }) => {
            const value = values[index] ?? null
            return { label: name, value: value === null ? words.pending : scoreText(value) }
          }),
        )
      },
    },
    xAxis: {
      type: 'category',
      data: [...years],
      boundaryGap: true,
      axisLine: { lineStyle: { color: control } },
      axisTick: { show: false },
      axisLabel: { color: ink2, fontSize: 12 },
    },
    yAxis: {
      type: 'value',
      min: Math.floor(least / step) * step,
      max: Math.max(Math.ceil((most || 100) / step) * step, Math.floor(least / step) * step + step),
      interval: step,
      splitLine: { lineStyle: { color: grid } },
      axisLabel: { color: ink3, fontSize: 12, formatter: (value: number) => axisText(value) },
    },
    series: units.flatMap(({ name, values }, place) =>
      breaks.map(([from, to], stretch) => ({
        name,
        type: 'line' as const,
        ...unitLook(place),
        connectNulls: false,
        label: {
          show: units.length <= 2,
          position: (place === above ? 'top' : 'bottom') as 'top' | 'bottom',
          fontSize: 12,
          color: ink2,
          formatter: ({ value }: { value: unknown }) => (typeof value === 'number' ? scoreText(value) : ''),
        },
        data: values.map((value, index) => (index >= from && index <= to && value !== null ? value : '-')),
        ...(place === 0 && stretch > 0
          ? {
              markLine: {
                symbol: 'none',
                silent: true,
                animation: false,
                label: { show: false },
                lineStyle: { color: control, type: 'dashed' as const, width: 1 },
                data: [{ xAxis: from }],
              },
            }
          : {}),
      })),
    ),
  } satisfies EChartsOption
}
