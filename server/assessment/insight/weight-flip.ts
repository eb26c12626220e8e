import {
  add,
  approximately,
  compare,
  decimal,
  divide,
  fromExact,
  hundredths,
  max,
  multiply,
  ratio,
  subtract,
  whole,
  zero,
  type Decimal,
  type Rational,
} from '../rational.ts'
import { composedWith, rankable } from '../score/one-unit.ts'
import { partOn, type Scorecard } from '../score/scorecard.ts'
import type { Scheme } from '../rule/scheme.ts'

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

/**
 * The two cards side by side; null when either has a pending part, or other parts or weights than the other has. What of 总分加减 counts stays as
 * it is, whatever the weights, in points of 100.
 */
function compared(first: Scorecard, second: Scorecard): { parts: Part[]; adjustment: Rational } | null {
  const total = first.components.reduce((weights, { weight }) => weights + weight, 0)
  const parts = first.components.flatMap(({ key, name, weight, exact }) => {
    const other = partOn(second, key)
    if (exact === null || other?.exact == null || other.weight !== weight || total === 0) return []
    const nominal = ratio(BigInt(weight), BigInt(total))
    return [{ key, name, nominal, lead: subtract(fromExact(exact), fromExact(other.exact)) }]
  })
  const isAlike = first.scale === second.scale && first.components.length === second.components.length
  if (parts.length < first.components.length || !isAlike) return null
  const counted = ({ adjustment }: Scorecard) =>
    adjustment === null ? zero : subtract(decimal(adjustment.counted as Decimal), hundredths(adjustment.lost))
  const scale = ratio(10_000n, BigInt(first.scale))
  return { parts, adjustment: multiply(subtract(counted(first), counted(second)), scale) }
}

const sign = (value: Rational): number => compare(value, zero)

/** Shares at which something about a unit's composite turns while one component's share runs from 0 to 1: the unlocking mark, the bounds. */
function turns(scheme: Scheme, card: Scorecard, at: (share: Rational) => Rational): Rational[] {
  const [start, end] = [at(zero), at(whole(1))]
  const slope = subtract(end, start)
  if (sign(slope) === 0) return []
  const lost = hundredths(card.adjustment?.lost ?? 0)
  const gains = hundredths(Math.min(card.adjustment?.gained ?? 0, scheme.adjustments?.gainCap ?? Infinity))
  const bounds = [
    zero,
    ...(scheme.ceiling === null ? [] : [hundredths(scheme.ceiling)]),
    ...card.vetoes.flatMap(({ veto }) => (veto.type === 'at-most' ? [hundredths(veto.composite)] : [])),
  ]
  const marks = [
    ...(scheme.adjustments?.unlock ? [hundredths(scheme.adjustments.unlock.from)] : []),
    ...bounds.map((bound) => add(bound, lost)),
    ...bounds.map((bound) => subtract(add(bound, lost), gains)),
  ]
  return marks.map((mark) => divide(subtract(mark, start), slope))
}

/**
 * For each component, the share nearest to its own at which two units of one scheme have equal exact composites while the other components
 * keep their proportions; adjustments, bounds and vetoes hold at every share. Null while either unit is pending, or where the units have other parts or
 * weights. Units that are equal at every share never change places, nor do those of which a veto ranks one last.
 */
export function weightFlips(scheme: Scheme, first: Scorecard, second: Scorecard): WeightFlip[] | null {
  const pair = compared(first, second)
  if (!pair) return null
  const isRankedApart = rankable(first).last !== rankable(second).last
  return pair.parts.map(({ key, name, nominal }): WeightFlip => {
    const none = { component: key, name, nominal, share: null, aheadBelow: null, aheadAbove: null }
    const rest = subtract(whole(1), nominal)
    if (sign(rest) === 0 || isRankedApart) return none
    const composedAt = (card: Scorecard, share: Rational) =>
      composedWith(
        scheme,
        card,
        {},
        new Map(
          pair.parts.map((part) => [
            part.key,
            part.key === key ? share : multiply(subtract(whole(1), share), divide(part.nominal, rest)),
          ]),
        ),
      )
    const lead = (share: Rational): Rational =>
      subtract(composedAt(first, share).exact as Rational, composedAt(second, share).exact as Rational)
    const flat = (card: Scorecard) => (share: Rational) => composedAt(card, share).before as Rational
    const stops = [zero, whole(1), ...[first, second].flatMap((card) => turns(scheme, card, flat(card)))]
      .filter((share) => sign(share) >= 0 && compare(share, whole(1)) <= 0)
      .sort(compare)
      .filter((share, index, all) => index === 0 || compare(share, all[index - 1] as Rational) !== 0)
    const away = (share: Rational) => max(subtract(share, nominal), subtract(nominal, share))
    const [nearest] = flipsAlong(leadsAlong(stops, lead), away).sort((a, b) =>
      compare(away(a.share), away(b.share)),
    )
    if (!nearest) return none
    const [aheadBelow, aheadAbove] = nearest.rising
      ? [second.unitId, first.unitId]
      : [first.unitId, second.unitId]
    return { component: key, name, nominal, share: nearest.share, aheadBelow, aheadAbove }
  })
}

/** A share, and who is ahead there: 1, −1, or 0 for nobody. */
interface Lead {
  readonly share: Rational
  readonly sign: number
}

/** A lead that is straight between stops, and may jump at them, told by its signs in order: at each stop, on either side of it and where it is 0. */
function leadsAlong(stops: readonly Rational[], lead: (share: Rational) => Rational): Lead[] {
  const third = ratio(1n, 3n)
  return stops.slice(1).flatMap((to, index) => {
    const from = stops[index] as Rational
    const step = multiply(subtract(to, from), third)
    const [inner, outer] = [lead(add(from, step)), lead(subtract(to, step))]
    const rise = subtract(outer, inner)
    const [start, end] = [subtract(inner, rise), add(outer, rise)]
    return [
      { share: from, sign: sign(lead(from)) },
      { share: from, sign: sign(start) },
      ...(sign(start) * sign(end) < 0
        ? [{ share: add(from, multiply(subtract(to, from), divide(start, subtract(start, end)))), sign: 0 }]
        : []),
      { share: to, sign: sign(end) },
      { share: to, sign: sign(lead(to)) },
    ]
  })
}

/**
 * Where the lead goes from one to the other: at the jump, or, where they are equal for a while, at the end of it that is nearer to the nominal share. An end of
 * the range at which they are equal, and only there, counts as well.
 */
function flipsAlong(
  leads: readonly Lead[],
  away: (share: Rational) => Rational,
): { share: Rational; rising: boolean }[] {
  const flips: { share: Rational; rising: boolean }[] = []
  const nearerEnd = (shares: readonly Rational[]): Rational | undefined =>
    [...shares.slice(0, 1), ...shares.slice(-1)].sort((a, b) => compare(away(a), away(b)))[0]
  const isPoint = ([first, ...others]: readonly Rational[]): boolean =>
    first !== undefined && others.every((share) => compare(share, first) === 0)
  let ahead = 0
  let equal: Rational[] = []
  for (const { share, sign: now } of leads) {
    if (now === 0) {
      equal.push(share)
      continue
    }
    const changes = ahead === -now || (ahead === 0 && isPoint(equal))
    if (changes) flips.push({ share: nearerEnd(equal) ?? share, rising: now > 0 })
    ahead = now
    equal = []
  }
  const [end] = equal
  if (ahead !== 0 && end && isPoint(equal)) flips.push({ share: end, rising: ahead < 0 })
  return flips
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
  const leads = [
    add(a.lead, pair.adjustment),
    add(b.lead, pair.adjustment),
    add(c.lead, pair.adjustment),
  ] as const

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
