import { describe, expect, it } from 'vitest'
import { claimedGapOption } from '../../web/charts/claimed-gap.ts'
import { heatMapHeight, heatMapOption, placedCells, type HeatMap } from '../../web/charts/heat-map.ts'
import { meanLossesOption } from '../../web/charts/mean-losses.ts'
import { rectificationBarsOption } from '../../web/charts/rectification-bars.ts'
import { radarFloor, unitRadarOption } from '../../web/charts/unit-radar.ts'
import { unitLook } from '../../web/charts/unit-looks.ts'
import { stretches, yearLinesOption } from '../../web/charts/year-lines.ts'

/** CIE lightness of a colour, what is left of it in greyscale. */
function lightness(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return luminance > 0.008856 ? 116 * Math.cbrt(luminance) - 16 : 903.3 * luminance
}

const map: HeatMap = {
  rows: ['基础建设', '主动公开'],
  columns: ['市教育局', '市水务局', '市林业局'],
  cells: [
    [
      { value: 3, text: '97' },
      { value: 12, text: '88' },
      { value: null, text: '—' },
    ],
    [
      { value: 25, text: '75' },
      { value: 50, text: '50' },
      { value: null, text: '' },
    ],
  ],
  steps: [
    { below: 5, label: '95% 以上' },
    { from: 5, below: 10, label: '90–95%' },
    { from: 10, below: 20, label: '80–90%' },
    { from: 20, below: 40, label: '60–80%' },
    { from: 40, label: '低于 60%' },
  ],
  width: 900,
  words: { description: '说明', value: '得分率' },
}

describe('a heat map', () => {
  const option = heatMapOption(map)

  it('steps down evenly in lightness, so that it reads in greyscale', () => {
    const steps = option.visualMap.pieces.map(({ color }) => lightness(color))
    for (const [index, step] of steps.slice(1).entries())
      expect((steps[index] ?? 0) - step).toBeGreaterThan(9)
  })

  it('writes each figure in its cell, light on dark and dark on light', () => {
    const cells = option.series[0]?.data ?? []
    expect(
      cells.map(({ value, label }) => [...value, label.formatter, 'color' in label && label.color]),
    ).toEqual([
      [0, 0, 3, '97', '#1A2027'],
      [1, 0, 12, '88', '#1A2027'],
      [0, 1, 25, '75', '#FFFFFF'],
      [1, 1, 50, '50', '#FFFFFF'],
    ])
  })

  it('leaves what is not known unpainted and says why', () => {
    expect(option.series[1]?.data).toEqual([{ value: [2, 0], label: { formatter: '—' } }])
    expect(placedCells(map.cells).bare).toMatchObject([{ row: 0, column: 2 }])
  })

  it('leaves out figures and names where cells are narrow, and grows with its rows', () => {
    const crowd = Array.from({ length: 100 }, (_, index) => `单位${index}`)
    const narrow = heatMapOption({ ...map, columns: crowd, cells: [], width: 700 })
    expect([narrow.series[0]?.label.show, narrow.xAxis.axisLabel.show]).toEqual([false, false])
    expect(heatMapHeight(9, map.columns) - heatMapHeight(8, map.columns)).toBe(26)
  })

  it('tells the unit, the indicator and the figure of a cell', () => {
    expect(option.tooltip.formatter({ dataIndex: 3, seriesIndex: 0 })).toMatch(/市水务局.*主动公开.*50/)
    expect(option.tooltip.formatter({ dataIndex: 9, seriesIndex: 0 })).toBe('')
  })
})

describe('average losses', () => {
  const option = meanLossesOption({
    bars: [
      { name: '平时考核 县区', place: 0, mean: 98.5, over: '12/12 个单位' },
      { name: '第三方评估 县区', place: 2, mean: null, over: '0/12 个单位' },
    ],
    width: 800,
    words: { mean: '平均得分', lost: '平均失分', over: '已有成绩', pending: '待定', description: '' },
  })

  it('begin at 0 and end with the mean score; a pending part is a word', () => {
    expect(option.xAxis.min).toBe(0)
    expect(option.series[0]?.data.map(({ value }) => value)).toEqual([1.5, 0])
    const label = option.series[0]?.label.formatter
    expect([label?.({ dataIndex: 0 }), label?.({ dataIndex: 1 })]).toEqual(['98.50', '待定'])
    expect(option.tooltip.formatter([{ dataIndex: 0 }])).toContain('−1.50')
  })
})

describe('rectification by kind', () => {
  const option = rectificationBarsOption({
    bars: [{ name: '专项督查', inTime: 5, waiting: 2, late: 1, note: '83.3%，7 天' }],
    width: 900,
    words: { inTime: '按期销号', waiting: '整改中', late: '逾期扣分', description: '' },
  })

  it('stacks in time, waiting and late, told apart without colour', () => {
    expect(option.series.map(({ name, data }) => [name, ...data])).toEqual([
      ['按期销号', 5],
      ['整改中', 2],
      ['逾期扣分', 1],
    ])
    const [inTime, waiting, late] = option.series.map(({ itemStyle }) => itemStyle)
    expect(lightness(inTime?.color ?? '') - lightness(late?.color ?? '')).toBeGreaterThan(35)
    expect(waiting).toHaveProperty('decal')
    expect(option.series[0]?.label.formatter({ value: 0 })).toBe('')
    expect(option.tooltip.formatter([{ dataIndex: 0 }])).toContain('83.3%')
  })
})

describe('the radar', () => {
  const option = unitRadarOption({
    axes: ['平时考核', '基础建设', '第三方评估'],
    group: { name: '县区平均', values: [97, 88, 90] },
    units: [{ name: '清河县', values: [98.5, 76, null] }],
    width: 600,
    words: { pending: '待定', description: '' },
  })

  it('draws the group as an area and breaks the line where a part is pending', () => {
    expect(option.series[0]?.data).toMatchObject([
      { name: '县区平均', symbol: 'none', areaStyle: {} },
      { name: '清河县', value: [98.5, 76, '-'], symbol: 'circle' },
    ])
    expect(option.tooltip.formatter({ dataIndex: 1 })).toMatch(/76\.00.*待定/)
  })

  it('has its centre at a ten below every value', () => {
    expect(option.radar.indicator.map(({ min, max }) => [min, max])).toEqual([
      [70, 100],
      [70, 100],
      [70, 100],
    ])
    expect([radarFloor([]), radarFloor([3, null]), radarFloor([80])]).toEqual([90, 0, 70])
  })

  it('tells six units apart by symbol and by line', () => {
    const looks = Array.from({ length: 6 }, (_, place) => unitLook(place))
    expect(new Set(looks.map(({ symbol }) => symbol)).size).toBe(6)
    expect(new Set(looks.map(({ lineStyle }) => JSON.stringify(lineStyle.type))).size).toBe(6)
  })
})

describe('lines over the years', () => {
  const lines = (connected: readonly boolean[]) =>
    yearLinesOption({
      years: ['2015', '2016', '2017'],
      connected,
      units: [
        { name: '清河县', values: [88, 90, 91.5] },
        { name: '市水务局', values: [null, 85, 86] },
      ],
      width: 700,
      words: { pending: '待定', description: '' },
    })

  it('join only years that may be compared', () => {
    expect(stretches([false, true, true])).toEqual([[0, 2]])
    expect(stretches([false, false, true])).toEqual([
      [0, 0],
      [1, 2],
    ])
    expect(lines([false, false, true]).series.map(({ name, data }) => [name, ...data])).toEqual([
      ['清河县', 88, '-', '-'],
      ['清河县', '-', 90, 91.5],
      ['市水务局', '-', '-', '-'],
      ['市水务局', '-', 85, 86],
    ])
  })

  it('mark where comparing ends', () => {
    expect(JSON.stringify(lines([false, false, true]).series)).toContain('"xAxis":1')
    expect(JSON.stringify(lines([false, true, true]).series)).not.toContain('markLine')
  })

  it('tell every unit of a year, and name each unit once in the legend', () => {
    const option = lines([false, true, true])
    expect(option.tooltip.formatter([{ dataIndex: 0 }])).toMatch(/88\.00.*待定/)
    expect(option.legend.data).toEqual(['清河县', '市水务局'])
    expect(option.yAxis.min).toBeLessThanOrEqual(85)
  })
})

describe('claimed against verified', () => {
  it('points right where claims were higher, left where lower, with the figure beside it', () => {
    const option = claimedGapOption({
      rows: [
        { name: '市教育局', gap: 2.5, difference: '+5.0' },
        { name: '市水务局', gap: -1, difference: '−2.0' },
      ],
      width: 700,
      words: { gap: '每百分', difference: '相差', description: '' },
    })
    const [bars] = option.series
    expect(bars?.data.map(({ value }) => value)).toEqual([2.5, -1])
    expect(new Set(bars?.data.map(({ itemStyle }) => itemStyle.color)).size).toBe(2)
    expect(bars?.label.formatter({ dataIndex: 1 })).toBe('−1.00')
  })
})
