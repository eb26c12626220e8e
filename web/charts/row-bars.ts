import type { EChartsOption } from 'echarts'
import { axisText } from './figures.ts'
import { control, grid, ink2, ink3 } from './palette.ts'
import { clipTo } from './short-names.ts'

/** The axes of bars that lie in named rows: scale on top, first row first, names cut to `width` px. */
export const rowAxes = (
  names: readonly string[],
  scale: { readonly least: number; readonly most: number; readonly step: number },
  width: number,
) =>
  ({
    xAxis: {
      type: 'value',
      position: 'top',
      min: Math.floor(scale.least / scale.step) * scale.step,
      max: Math.ceil(scale.most / scale.step) * scale.step,
      interval: scale.step,
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
    yAxis: {
      type: 'category',
      inverse: true,
      data: [...names],
      axisLine: { show: true, onZero: true, lineStyle: { color: control } },
      axisTick: { show: false },
      axisLabel: {
        interval: 0,
        fontSize: 12,
        color: ink2,
        formatter: (name: string) => clipTo(name, width),
      },
    },
  }) satisfies EChartsOption
