/* Colours as the charts need them; the pages take the same values from the style tokens. */

export const ink = '#1A2027'
export const ink2 = '#444E5B'
export const ink3 = '#626C7A'
export const control = '#858E9B'
export const line2 = '#CDD3DB'
export const grid = '#EEF0F3'
export const lost = '#B4231C'
export const action = '#1857B6'
export const paper = '#FFFFFF'

/** Components in scheme order: dark, mid, light. The fourth to sixth are the same three, hatched. */
const componentColours = ['#22385A', '#406B90', '#B88E42'] as const

export interface Paint {
  readonly color: string
  readonly hatched: boolean
}

/** How the component at this place of the scheme is painted. */
export function componentPaint(index: number): Paint {
  const count = componentColours.length
  return { color: componentColours[index % count] as string, hatched: index % (2 * count) >= count }
}

/** White diagonal stripes over a colour, for a hatched component. */
const hatching = {
  symbol: 'rect' as const,
  color: 'rgba(255, 255, 255, 0.85)',
  dashArrayX: [1, 0],
  dashArrayY: [2, 4],
  rotation: -Math.PI / 4,
}

/** The bar style of a component. */
export function barStyle(index: number) {
  const { color, hatched } = componentPaint(index)
  return { color, borderColor: paper, borderWidth: 0.6, ...(hatched ? { decal: hatching } : {}) }
}
