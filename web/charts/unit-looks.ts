import { action, ink } from './palette.ts'

/** Six units told apart by line, symbol and lightness, so that colour is never needed. */
const looks = [
  { color: '#22385A', type: 'solid', symbol: 'circle' },
  { color: '#B88E42', type: 'dashed', symbol: 'diamond' },
  { color: '#406B90', type: 'dotted', symbol: 'rect' },
  { color: ink, type: [10, 4, 2, 4], symbol: 'triangle' },
  { color: '#5C9E7D', type: [2, 2], symbol: 'emptyCircle' },
  { color: action, type: [14, 4], symbol: 'emptyRect' },
] as const

/** How the unit at this place of a comparison is drawn. */
export function unitLook(place: number) {
  const { color, type, symbol } = looks[place % looks.length] as (typeof looks)[number]
  return {
    symbol,
    symbolSize: 8,
    itemStyle: { color, borderColor: color },
    lineStyle: { color, width: 2, type: typeof type === 'string' ? type : [...type] },
  }
}
