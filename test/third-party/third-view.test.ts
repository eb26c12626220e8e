import { describe, expect, it } from 'vitest'
import { markBands, markDistributionOption } from '../../web/charts/mark-distribution.ts'
import { columnLetter, columnTitle } from '../../web/components/third-party/column-title.ts'

const units = (...scores: number[]) => scores.map((score, index) => ({ name: `单位${index}`, score }))
const words = {
  description: '说明',
  band: (from: number, to: number) => `${from}–${to}`,
  count: (n: number) => `${n} 个`,
}

describe('how marks spread', () => {
  it('every unit lies in one band, full marks in the last, and empty bands stay between', () => {
    const bands = markBands(units(97.2, 99, 99.99, 100))
    expect(bands.map(({ from, names }) => [from, names.length])).toEqual([
      [97, 1],
      [98, 0],
      [99, 3],
    ])
    expect(markBands([])).toEqual([])
  })
  it('bands widen where marks lie far apart', () => {
    expect(markBands(units(20, 95)).map(({ from, to }) => to - from)).toContain(5)
  })
  it('the number of units stands on each bar and their names in its tooltip', () => {
    const option = markDistributionOption({ units: units(80, 80.5, 82), words })
    expect(option.series[0]?.data).toEqual([2, 0, 1])
    expect(option.tooltip.formatter([{ dataIndex: 0 }])).toContain('单位1')
    expect(option.tooltip.formatter([])).toBe('')
  })
})

describe('columns as people find them', () => {
  it('go by letter and header, also where the header is merged over two rows', () => {
    expect([0, 25, 26, 701].map(columnLetter)).toEqual(['A', 'Z', 'AA', 'ZZ'])
    const rows = [
      { number: 1, cells: ['单位', '评估'] },
      { number: 2, cells: ['', '', '得分'] },
    ]
    expect([0, 1, 2, 3].map((column) => columnTitle(rows, 2, column))).toEqual([
      'A 单位',
      'B 评估',
      'C 得分',
      'D',
    ])
  })
})
