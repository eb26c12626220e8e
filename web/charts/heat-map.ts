import type { EChartsOption } from 'echarts'
import { ink, ink2, ink3, line2, paper } from './palette.ts'
import { clipTo, isUpright, shortNames, upright } from './short-names.ts'
import { tip, tooltipFrame } from './tooltip.ts'

/** From light to dark with even steps of lightness, so that the order survives greyscale. */
const ramp = ['#E3ECF5', '#B7CDE2', '#7FA3C4', '#406B90', '#22385A'] as const
/** From this step of the ramp on, figures are white. */
const darkFrom = 3

export interface HeatCell {
  /** null: nothing to paint; `text` then says why. */
  readonly value: number | null
  readonly text: string
}

/** A step of the scale: values from `from` up to, without, `below`. */
export interface HeatStep {
  readonly from?: number
  readonly below?: number
  readonly label: string
}

export interface HeatMap {
  readonly rows: readonly string[]
  readonly columns: readonly string[]
  /** Row by row. */
  readonly cells: readonly (readonly HeatCell[])[]
  /** Lightest first, five at most. */
  readonly steps: readonly HeatStep[]
  readonly width: number
  readonly words: { readonly description: string; readonly value: string }
}

interface Placed {
  readonly row: number
  readonly column: number
  readonly cell: HeatCell
}

const rowHeight = 26
const legend = 34

/** The cells in the order in which the chart numbers them: first those painted, then, in a series of their own, those that say why not. */
export function placedCells(cells: HeatMap['cells']): { painted: Placed[]; bare: Placed[] } {
  const all = cells.flatMap((some, row) => some.map((cell, column) => ({ row, column, cell })))
  return {
    painted: all.filter(({ cell }) => cell.value !== null),
    bare: all.filter(({ cell }) => cell.value === null && cell.text !== ''),
  }
}

const left = (width: number): number => (width < 520 ? 104 : 190)

const nameLength = (name: string): number =>
  isUpright(name) ? upright(name).length * 12.5 : name.length * 6.2

const namesHeight = (columns: readonly string[]): number =>
  Math.ceil(Math.max(0, ...shortNames(columns).map(nameLength))) + 8

/** The height the map needs, scale and names included, in CSS pixels. */
export const heatMapHeight = (rows: number, columns: readonly string[]): number =>
  legend + namesHeight(columns) + Math.max(rows, 1) * rowHeight + 4

const stepOf = (steps: readonly HeatStep[], value: number): number =>
  steps.findIndex(
    ({ from, below }) => (from === undefined || value >= from) && (below === undefined || value < below),
  )

/** Rows by columns, darker for what asks for attention; every cell says its figure where there is room. */
export function heatMapOption({ rows, columns, cells, steps, width, words }: HeatMap) {
  const { painted, bare } = placedCells(cells)
  const short = shortNames(columns)
  const room = (width - left(width) - 6) / Math.max(columns.length, 1)
  const written = room >= 20
  return {
    aria: { enabled: true, label: { description: words.description } },
    grid: { left: left(width), right: 6, top: legend + namesHeight(columns), bottom: 4 },
    tooltip: {
      ...tooltipFrame,
      trigger: 'item',
      formatter: (params: unknown) => {
        const { dataIndex, seriesIndex } = params as { dataIndex: number; seriesIndex: number }
        const found = (seriesIndex === 0 ? painted : bare)[dataIndex]
        if (!found) return ''
        return tip(columns[found.column] ?? '', [
          { label: rows[found.row] ?? '', value: '' },
          { label: words.value, value: found.cell.text, strong: true },
        ])
      },
    },
    visualMap: {
      type: 'piecewise',
      seriesIndex: 0,
      dimension: 2,
      orient: 'horizontal',
      left: 0,
      top: 0,
      itemGap: width < 520 ? 5 : 12,
      itemWidth: width < 520 ? 10 : 14,
      itemHeight: 14,
      itemSymbol: 'rect',
      selectedMode: false,
      hoverLink: false,
      textStyle: { color: ink2, fontSize: width < 520 ? 11 : 12 },
      pieces: steps.map(({ from, below, label }, index) => ({
        ...(from === undefined ? {} : { gte: from }),
        ...(below === undefined ? {} : { lt: below }),
        label,
        color: ramp[index] as string,
      })),
    },
    xAxis: {
      type: 'category',
      position: 'top',
      data: columns.map((_, index) => String(index)),
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        show: room >= 13,
        interval: 0,
        color: ink2,
        fontSize: 12,
        lineHeight: 12.5,
        margin: 4,
        rotate: columns.some(isUpright) ? 0 : 90,
        formatter: (_: string, index: number) => {
          const name = short[index] ?? ''
          return isUpright(name) ? upright(name).join('\n') : name
        },
      },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: [...rows],
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        interval: 0,
        fontSize: 12,
        color: ink,
        margin: left(width) - 4,
        align: 'left',
        formatter: (name: string) => clipTo(name, left(width) - 12),
      },
    },
    series: [
      {
        type: 'heatmap',
        itemStyle: { borderColor: paper, borderWidth: 1 },
        emphasis: { itemStyle: { borderColor: ink, borderWidth: 2 } },
        label: { show: written, fontSize: room < 26 ? 10 : 12 },
        data: painted.map(({ row, column, cell }) => ({
          value: [column, row, cell.value as number],
          label: {
            formatter: cell.text,
            color: stepOf(steps, cell.value as number) >= darkFrom ? paper : ink,
          },
        })),
      },
      {
        type: 'scatter',
        symbol: 'rect',
        symbolSize: [Math.max(4, room - 6), rowHeight - 8],
        itemStyle: {
          color: paper,
          borderColor: line2,
          borderWidth: 1,
          borderType: 'dashed' as const,
          opacity: 1,
        },
        label: { show: written, fontSize: 12, color: ink3, position: 'inside' },
        data: bare.map(({ row, column, cell }) => ({
          value: [column, row],
          label: { formatter: cell.text },
        })),
      },
    ],
  } satisfies EChartsOption
}
