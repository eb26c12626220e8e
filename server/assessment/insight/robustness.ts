import { nextRank } from '../score/ranking.ts'
import type { Rounding } from '../rational.ts'
import type { TieAcross, TieRule } from '../rule/scheme.ts'
import { giveGrades } from '../score/grades.ts'
import { seededRandom } from '../seeded-random.ts'

/** One ranking as the simulation needs it: plain numbers, safe to post to a worker. See `robustnessInput`. */
export interface RobustnessInput {
  /** The group ranked; null when the scheme ranks across groups. */
  readonly group: string | null
  /** Ranked units only, in unit order. */
  readonly units: readonly {
    readonly unitId: string
    /** One score and one weight per component; a component that does not apply to the unit weighs nothing. */
    readonly scores: readonly number[]
    readonly weights: readonly number[]
    /** 满分制 ÷ 100. */
    readonly scale: number
    /** 总分加减, in marks: losses, and gains up to their cap, which count once unlocked. */
    readonly lost: number
    readonly gained: number
    /** The lowest number of a veto; null = none. */
    readonly atMost: number | null
    /** 末位. */
    readonly last: boolean
    /** Position of the best grade that vetoes leave the unit; 0 = any. */
    readonly bestGrade: number
    /** Where each grade begins for the unit, in marks; null = no band. */
    readonly lines: readonly (number | null)[]
  }[]
  /** Gains count above this mark, or from it on; null = always. */
  readonly unlock: { readonly from: number; readonly inclusive: boolean } | null
  /** 总分上限 in marks; null = none. */
  readonly ceiling: number | null
  /** Names of the grades, best first, and how many units may hold each; null = no quota. */
  readonly grades: readonly { readonly name: string; readonly allowed: number | null }[]
  readonly tieAcross: TieAcross
  readonly decimals: number
  readonly rounding: Rounding
  readonly ties: TieRule
}

/** How a unit's rank and grade answer to uncertain weights. */
export interface UnitRobustness {
  readonly unitId: string
  /** 5th percentile, the better end of the interval. */
  readonly low: number
  readonly median: number
  /** 95th percentile, the worse end. */
  readonly high: number
  /** Share of draws in each of the scheme's grades, best first; they sum to 1. */
  readonly grades: readonly { readonly grade: string; readonly share: number }[]
}

export interface DrawOptions {
  readonly draws?: number
  /** How far each weight may move from its own size: 0.25 is ±25%. */
  readonly spread?: number
  readonly seed: number
}

/** Draws between two reports of progress. */
const chunk = 500

/*
 * In points. The float of a composite misses its value by about 1e-13, so one this close to a half counts as a half,
 * whichever side of it the float fell.
 */
const slack = 1e-11

/** The scheme's rounding to whole last decimals, for magnitudes; both arguments in last decimals. */
const toWhole: Record<Rounding, (scaled: number, slack: number) => number> = {
  'half-up': (scaled, slack) => Math.floor(scaled + 0.5 + slack),
  'half-even': (scaled, slack) => {
    const up = Math.floor(scaled + 0.5 + slack)
    const isHalf = Math.abs(up - 0.5 - scaled) <= slack
    return isHalf && up % 2 === 1 ? up - 1 : up
  },
  down: (scaled, slack) => Math.floor(scaled + slack),
}

/** The nearest-rank percentile of ranks 1…n, `counts[rank − 1]` draws each: the first rank reached by `share` of the draws. */
function percentile(counts: Uint32Array, share: number, draws: number): number {
  const wanted = Math.ceil(share * draws - 1e-6)
  let reached = 0
  return counts.findIndex((count) => (reached += count) >= wanted) + 1
}

/**
 * The simulation in steps: yields the draws done after each 500, so that a worker can report and be stopped, and returns
 * the result in unit order. Every draw takes each weight uniformly within ±spread of its size, independently, renormalises
 * them, and adjusts, bounds, rounds, ranks and grades (bands, vetoes and quotas) as the scheme does. Same seed, same
 * answer. Official ranks never come from here, but from `assess` and the scheme's own weights.
 * Throws RangeError unless draws is a positive integer and 0 ≤ spread < 1.
 * After Saisana, Saltelli and Tarantola (2005), J. R. Stat. Soc. A 168(2).
 */
export function* drawRanks(
  input: RobustnessInput,
  { draws = 10_000, spread = 0.25, seed }: DrawOptions,
): Generator<number, UnitRobustness[], void> {
  if (!Number.isSafeInteger(draws) || draws < 1) throw new RangeError(`not a number of draws: ${draws}`)
  if (!(spread >= 0 && spread < 1)) throw new RangeError(`not a spread: ${spread}`)
  const random = seededRandom(seed)
  const { units, grades, unlock, ceiling } = input
  const [size, parts, bands] = [units.length, units[0]?.scores.length ?? 0, grades.length]
  const next = nextRank[input.ties]
  const round = toWhole[input.rounding]
  const scale = 10 ** input.decimals
  const tolerance = slack * scale

  const scores = Float64Array.from(units.flatMap((unit) => unit.scores))
  const weights = Float64Array.from(units.flatMap((unit) => unit.weights))
  /** Lower bounds in last decimals; what is below them all takes the last grade. */
  const bounds = Float64Array.from(
    units.flatMap(({ lines }) =>
      lines.map((line, at) => (at === bands - 1 || line === null ? -Infinity : line * scale)),
    ),
  )
  const hasQuotas = grades.some(({ allowed }, at) => allowed !== null && at < bands - 1)
  const best = (unit: number): number => (units[unit] as (typeof units)[number]).bestGrade
  const wholes = new Float64Array(size)
  const reaches = (unit: number, at: number): boolean =>
    (wholes[unit] as number) >= (bounds[unit * bands + at] as number)

  /** The composite of a unit in a draw, in marks: what `compose` does, in floats. */
  function compositeIn(unit: number): number {
    const { scale: onScale, lost, gained, atMost } = units[unit] as (typeof units)[number]
    let [sum, total] = [0, 0]
    for (let part = 0, at = unit * parts; part < parts; part++, at++) {
      const weight = (weights[at] as number) * (factors[part] as number)
      sum += weight * (scores[at] as number)
      total += weight
    }
    const scaled = (sum / total) * onScale
    const over = unlock === null ? 1 : scaled - unlock.from
    const isUnlocked = unlock?.inclusive ? over >= -slack : over > slack
    const moved = scaled + (isUnlocked ? gained : 0) - lost
    return Math.min(Math.max(0, Math.min(moved, ceiling ?? Infinity)), atMost ?? Infinity)
  }

  const factors = new Float64Array(parts)
  const rankCounts = new Uint32Array(size * size)
  const gradeCounts = new Uint32Array(size * bands)
  const give = (unit: number, at: number): void => {
    gradeCounts[unit * bands + at] = (gradeCounts[unit * bands + at] as number) + 1
  }
  const quotas = { allowed: grades.map(({ allowed }) => allowed), tieAcross: input.tieAcross, best, reaches }
  /*
   * Composite and unit in one number, so that one native sort without comparator ranks a draw:
   * −composite × stride + unit, those ranked last behind all others. The stride is a power of two, which makes taking it apart exact.
   */
  const stride = 2 ** Math.ceil(Math.log2(size + 1))
  const behind = 1e9
  const keys = new Float64Array(size)

  for (let draw = 1; draw <= draws; draw++) {
    for (let part = 0; part < parts; part++) factors[part] = 1 + spread * (2 * random() - 1)

    for (let unit = 0; unit < size; unit++) {
      const rounded = round(compositeIn(unit) * scale, tolerance)
      wholes[unit] = rounded
      keys[unit] = unit + ((units[unit]?.last === true ? behind : 0) - rounded) * stride
      if (hasQuotas) continue
      let grade = best(unit)
      while (!reaches(unit, grade)) grade++
      give(unit, grade)
    }

    keys.sort()
    let before = NaN
    let rank = 0
    const ties: number[][] = []
    for (let index = 0; index < size; index++) {
      const key = keys[index] as number
      const lowered = Math.floor(key / stride)
      const unit = key - lowered * stride
      if (lowered !== before) {
        rank = next(index + 1, rank)
        if (hasQuotas) ties.push([])
      }
      before = lowered
      if (hasQuotas) ties.at(-1)?.push(unit)
      const cell = unit * size + rank - 1
      rankCounts[cell] = (rankCounts[cell] as number) + 1
    }
    if (hasQuotas) giveGrades(ties, quotas, give)
    if (draw % chunk === 0) yield draw
  }

  return units.map(({ unitId }, unit) => {
    const ranks = rankCounts.subarray(unit * size, (unit + 1) * size)
    return {
      unitId,
      low: percentile(ranks, 0.05, draws),
      median: percentile(ranks, 0.5, draws),
      high: percentile(ranks, 0.95, draws),
      grades: grades.map(({ name }, grade) => ({
        grade: name,
        share: (gradeCounts[unit * bands + grade] as number) / draws,
      })),
    }
  })
}

/** `drawRanks` in one go; `onProgress` hears the draws done after each 500. */
export function rankIntervals(
  input: RobustnessInput,
  options: DrawOptions & { readonly onProgress?: (done: number) => void },
): UnitRobustness[] {
  const drawing = drawRanks(input, options)
  let step = drawing.next()
  while (!step.done) {
    options.onProgress?.(step.value)
    step = drawing.next()
  }
  return step.value
}
