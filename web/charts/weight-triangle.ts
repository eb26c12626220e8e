import type { WeightPoint, WeightTriangle } from '#assessment/insight/weight-flip'

type Place = readonly [x: number, y: number]

/** The triangle of all weightings as figures to draw, in a box of `width` × `height` units. */
export interface TrianglePicture {
  readonly width: number
  readonly height: number
  /** Where each component alone would count: the first at the top, the second on the left, the third on the right. */
  readonly corners: readonly [Place, Place, Place]
  /** Points of the polygons in which the first and the second unit lead; empty when nowhere. */
  readonly first: string
  readonly second: string
  /** Middle of each of them, for its name; null when it is empty. */
  readonly firstAt: Place | null
  readonly secondAt: Place | null
  /** Where both are equal. */
  readonly line: readonly [Place, Place] | null
  /** The scheme's own weights. */
  readonly official: Place
}

const tenth = (value: number): number => Math.round(value * 10) / 10

/** Places the shares of a weight triangle on an equilateral one with the given side. */
export function trianglePicture(triangle: WeightTriangle, side: number): TrianglePicture {
  const height = tenth((side * Math.sqrt(3)) / 2)
  const corners = [
    [side / 2, 0],
    [0, height],
    [side, height],
  ] as const
  const placeOf = ({ at }: WeightPoint): Place => [
    tenth(at[0] * corners[0][0] + at[1] * corners[1][0] + at[2] * corners[2][0]),
    tenth(at[0] * corners[0][1] + at[1] * corners[1][1] + at[2] * corners[2][1]),
  ]
  const polygon = (points: readonly WeightPoint[]): string =>
    points.map((point) => placeOf(point).join(',')).join(' ')
  const middle = (points: readonly WeightPoint[]): Place | null => {
    if (points.length === 0) return null
    const places = points.map(placeOf)
    const mean = (axis: 0 | 1): number =>
      tenth(places.reduce((total, place) => total + place[axis], 0) / places.length)
    return [mean(0), mean(1)]
  }
  return {
    width: side,
    height,
    corners,
    first: polygon(triangle.first),
    second: polygon(triangle.second),
    firstAt: middle(triangle.first),
    secondAt: middle(triangle.second),
    line: triangle.line && [placeOf(triangle.line[0]), placeOf(triangle.line[1])],
    official: placeOf(triangle.official),
  }
}
