import {
  add,
  approximately,
  compare,
  divide,
  fromExact,
  multiply,
  ratio,
  subtract,
  sum,
  whole,
  zero,
  type Rational,
} from '../rational.ts'
import type { ComponentScore, Scorecard } from '../score/scorecard.ts'

/** The share of one component at which two units change places, the other components keeping their proportions. */
export interface WeightFlip {
  readonly component: string
  readonly name: string
  /** The component's share by the scheme. */
  readonly nominal: Rational
  /** The share at which the exact composites are equal, within [0, 1]; null when they never change places there. */
  readonly share: Rational | null
  /** The unit ahead while the component's share is below the flip, and above it; both null without a flip. */
  readonly aheadBelow: string | null
  readonly aheadAbove: string | null
}

/** A way of weighting three components: shares that sum to 1, exact and as numbers for drawing. */
export interface WeightPoint {
  readonly shares: readonly [Rational, Rational, Rational]
  readonly at: readonly [number, number, number]
}

/** Who leads where in the triangle of all weightings of three components. */
export interface WeightTriangle {
  /** Component keys, in the order of the shares. */
  readonly components: readonly [string, string, string]
  /** The scheme's own weights. */
  readonly official: WeightPoint
  /** Where the line of equal composites meets the triangle's edges; null when it does not cross or border it. */
  readonly line: readonly [WeightPoint, WeightPoint] | null
  /** Corners of the region where the first unit leads, and the second, in order around it; empty when nowhere. */
  readonly first: readonly WeightPoint[]
  readonly second: readonly WeightPoint[]
}

interface Part {
  readonly key: string
  readonly name: string
  readonly nominal: Rational
  /** Score of the first unit − score of the second. */
  readonly lead: Rational
}

/** The two cards side by side; null when either has a pending part. Bonuses stay as awarded, whatever the weights. */
function compared(first: Scorecard, second: Scorecard): { parts: Part[]; bonus: Rational } | null {
  const total = first.components.reduce((weights, { weight }) => weights + weight, 0)
  const parts = first.components.flatMap(({ key, name, weight, exact }, index) => {
    const other = (second.components[index] as ComponentScore).exact
    if (exact === null || other === null) return []
    const nominal = ratio(BigInt(weight), BigInt(total))
    return [{ key, name, nominal, lead: subtract(fromExact(exact), fromExact(other)) }]
  })
  if (parts.length < first.components.length) return null
  const bonus = subtract(fromExact(first.bonus ?? '0'), fromExact(second.bonus ?? '0'))
  return { parts, bonus }
}

/**
 * For each component, the share at which two units of one scheme have equal exact composites while the other components
 * keep their proportions. Null while either unit is pending. Units that are equal at every share never change places.
 */
export function weightFlips(first: Scorecard, second: Scorecard): WeightFlip[] | null {
  const pair = compared(first, second)
  return (
    pair &&
    pair.parts.map(({ key, name, nominal, lead }): WeightFlip => {
      const others = pair.parts.filter((part) => part.key !== key)
      const rest = sum(others.map((part) => part.nominal))
      const none = { component: key, name, nominal, share: null, aheadBelow: null, aheadAbove: null }
      if (compare(rest, zero) === 0) return none
      const restLead = divide(sum(others.map((part) => multiply(part.nominal, part.lead))), rest)
      // The lead at share t is restLead + bonus + t × slope.
      const slope = subtract(lead, restLead)
      if (compare(slope, zero) === 0) return none
      const share = divide(subtract(zero, add(restLead, pair.bonus)), slope)
      if (compare(share, zero) < 0 || compare(share, whole(1)) > 0) return none
      const [aheadBelow, aheadAbove] =
        compare(slope, zero) > 0 ? [second.unitId, first.unitId] : [first.unitId, second.unitId]
      return { component: key, name, nominal, share, aheadBelow, aheadAbove }
    })
  )
}

const pointAt = (shares: readonly [Rational, Rational, Rational]): WeightPoint => {
  const [a, b, c] = shares
  return { shares, at: [approximately(a), approximately(b), approximately(c)] }
}

/** The two corners of each edge. */
const edges = [
  [0, 1],
  [1, 2],
  [2, 0],
] as const

const cornerAt = (corner: 0 | 1 | 2): WeightPoint =>
  pointAt([whole(Number(corner === 0)), whole(Number(corner === 1)), whole(Number(corner === 2))])

/** The weighting on an edge where a lead that is `from` at one corner and `to`, of the other sign, at the next is 0. */
function crossing(start: 0 | 1 | 2, from: Rational, end: 0 | 1 | 2, to: Rational): WeightPoint {
  const atEnd = divide(from, subtract(from, to))
  const share = (corner: 0 | 1 | 2): Rational =>
    corner === end ? atEnd : corner === start ? subtract(whole(1), atEnd) : zero
  return pointAt([share(0), share(1), share(2)])
}

/**
 * The triangle of weights of a scheme with three components, and where in it each of two units leads. Null while either is
 * pending, or with another number of components.
 */
export function weightTriangle(first: Scorecard, second: Scorecard): WeightTriangle | null {
  const pair = compared(first, second)
  if (pair?.parts.length !== 3) return null
  const [a, b, c] = pair.parts as [Part, Part, Part]
  const leads = [add(a.lead, pair.bonus), add(b.lead, pair.bonus), add(c.lead, pair.bonus)] as const

  /** Around the triangle: each corner, then the point where its edge to the next corner crosses the line. */
  const around = edges.flatMap(([start, end]) => {
    const [from, to] = [leads[start], leads[end]]
    const ahead = compare(from, zero)
    const crosses = ahead * compare(to, zero) < 0
    return [
      { ahead, point: cornerAt(start) },
      ...(crosses ? [{ ahead: 0, point: crossing(start, from, end, to) }] : []),
    ]
  })
  const region = (sign: 1 | -1): WeightPoint[] =>
    around.some(({ ahead }) => ahead === sign)
      ? around.flatMap(({ ahead, point }) => (ahead === -sign ? [] : [point]))
      : []
  const [start, end, third] = around.flatMap(({ ahead, point }) => (ahead === 0 ? [point] : []))
  return {
    components: [a.key, b.key, c.key],
    official: pointAt([a.nominal, b.nominal, c.nominal]),
    line: start && end && !third ? [start, end] : null,
    first: region(1),
    second: region(-1),
  }
}
