import type { EChartsOption } from 'echarts'
import { scoreText } from './figures.ts'
import { control, grid, ink2, line2 } from './palette.ts'
import { clipTo } from './short-names.ts'
import { tip, tooltipFrame } from './tooltip.ts'
import { unitLook } from './unit-looks.ts'

interface RadarUnit {
  readonly name: string
  /** Of 100, in the order of the axes; null while pending. */
  readonly values: readonly (number | null)[]
}

export interface UnitRadar {
  readonly axes: readonly string[]
  /** The mean of the group, drawn as an area behind the units. */
  readonly group: RadarUnit
  readonly units: readonly RadarUnit[]
  readonly width: number
  readonly words: { readonly pending: string; readonly description: string }
}

export const unitRadarHeight = (units: number, width: number): number =>
  (width < 520 ? 300 : 400) + Math.ceil((units + 1) / (width < 520 ? 2 : 4)) * 22

/** The centre stands for this score: a multiple of ten below every value, and below 0 only where a value is. */
export function radarFloor(values: readonly (number | null)[]): number {
  const known = values.filter((value) => value !== null)
  const least = Math.min(100, ...known)
  return Math.max(least < 0 ? -Infinity : 0, Math.floor((least - 1) / 10) * 10)
}

/** Units against the mean of their group, one axis a part; a part that is pending breaks the line. */
export function unitRadarOption({ axes, group, units, width, words }: UnitRadar) {
  const shapes = [group, ...units]
  const floor = radarFloor(shapes.flatMap(({ values }) => values))
  const most = Math.max(100, ...shapes.flatMap(({ values }) => values.map((value) => value ?? 0)))
  const legendRows = Math.ceil(shapes.length / (width < 520 ? 2 : 4))
  return {
    aria: { enabled: true, label: { description: words.description } },
    legend: {
      bottom: 0,
      data: shapes.map(({ name }, index) => ({
        name,
        icon: index === 0 ? 'rect' : unitLook(index - 1).symbol,
      })),
      itemWidth: 14,
      itemHeight: 12,
      textStyle: { color: ink2, fontSize: 12 },
      formatter: (name: string) => clipTo(name, width < 520 ? 110 : 180),
    },
    tooltip: {
      ...tooltipFrame,
      trigger: 'item',
      formatter: (params: unknown) => {
        const { dataIndex } = params as { dataIndex: number }
        const shape = shapes[dataIndex]
        if (!shape) return ''
        return tip(
          shape.name,
          axes.map((label, index) => {
            const value = shape.values[index] ?? null
            return { label, value: value === null ? words.pending : scoreText(value) }
          }),
        )
      },
    },
    radar: {
      center: ['50%', `${50 - legendRows * 2.5}%`],
      radius: width < 520 ? '50%' : '66%',
      splitNumber: 4,
      indicator: axes.map((name) => ({ name, min: floor, max: most })),
      axisName: {
        color: ink2,
        fontSize: 12,
        formatter: (name?: string) => clipTo(name ?? '', width < 520 ? 70 : 116),
      },
      axisLine: { lineStyle: { color: line2 } },
      splitLine: { lineStyle: { color: grid } },
      splitArea: { show: false },
    },
    series: [
      {
        type: 'radar',
        data: shapes.map(({ name, values }, index) => ({
          name,
          value: values.map((value) => value ?? '-'),
          ...(index === 0
            ? {
                symbol: 'none',
                itemStyle: { color: control },
                lineStyle: { color: control, width: 1 },
                areaStyle: { color: control, opacity: 0.28 },
              }
            : unitLook(index - 1)),
        })),
      },
    ],
  } satisfies EChartsOption
}
