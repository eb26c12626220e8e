import { nextRank } from '../score/ranking.ts'
import type { Rounding } from '../rational.ts'
import type { Grade, TieRule } from '../rule/scheme.ts'
import { seededRandom } from '../seeded-random.ts'

/** One ranking as the simulation needs it: plain numbers, safe to post to a worker. See `robustnessInput`. */
export interface RobustnessInput {
  /** The group ranked; null when the scheme ranks across groups. */
  readonly group: string | null
  /** Ranked units only, in unit order. */
  readonly units: readonly {
    readonly unitId: string
    /** One score per weight, 0–100. */
    readonly scores: readonly number[]
    /** 加分 as awarded, added to every draw's composite. */
    readonly bonus: number
    /** Position of the best grade that vetoes leave the unit; 0 = any. */
    readonly bestGrade: number
  }[]
  /** The scheme's weights, of any positive size. */
  readonly weights: readonly number[]
  readonly grades: readonly Grade[]
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
 * them, and rounds, grades (bands and vetoes, before any excellence quota) and ranks as the scheme does. Same seed, same
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
  const { units, grades, weights } = input
  const [size, parts, bands] = [units.length, weights.length, grades.length]
  const next = nextRank[input.ties]
  const round = toWhole[input.rounding]
  const scale = 10 ** input.decimals
  const tolerance = slack * scale

  const scores = Float64Array.from(units.flatMap((unit) => unit.scores))
  const bonuses = Float64Array.from(units, ({ bonus }) => bonus)
  const bestGrades = Uint8Array.from(units, ({ bestGrade }) => bestGrade)
  /** Lower bounds in last decimals; what is below them all takes the last grade. */
  const bounds = Float64Array.from(grades, ({ from }, at) =>
    at === bands - 1 ? -Infinity : (from * scale) / 100,
  )

  const shares = new Float64Array(parts)
  const rankCounts = new Uint32Array(size * size)
  const gradeCounts = new Uint32Array(size * bands)
  /*
   * Composite and unit in one number, so that one native sort without comparator ranks a draw:
   * −composite × stride + unit. The stride is a power of two, which makes taking it apart exact.
   */
  const stride = 2 ** Math.ceil(Math.log2(size + 1))
  const keys = new Float64Array(size)

  for (let draw = 1; draw <= draws; draw++) {
    let total = 0
    for (let part = 0; part < parts; part++) {
      const weight = (weights[part] as number) * (1 + spread * (2 * random() - 1))
      shares[part] = weight
      total += weight
    }
    for (let part = 0; part < parts; part++) shares[part] = (shares[part] as number) / total

    for (let unit = 0, at = 0; unit < size; unit++) {
      let composite = bonuses[unit] as number
      for (let part = 0; part < parts; part++, at++)
        composite += (shares[part] as number) * (scores[at] as number)
      const scaled = composite * scale
      const rounded = scaled < 0 ? -round(-scaled, tolerance) : round(scaled, tolerance)
      keys[unit] = unit - rounded * stride
      let grade = bestGrades[unit] as number
      while (rounded < (bounds[grade] as number)) grade++
      gradeCounts[unit * bands + grade] = (gradeCounts[unit * bands + grade] as number) + 1
    }

    keys.sort()
    let before = NaN
    let rank = 0
    for (let index = 0; index < size; index++) {
      const key = keys[index] as number
      const lowered = Math.floor(key / stride)
      if (lowered !== before) rank = next(index + 1, rank)
      before = lowered
      const cell = (key - lowered * stride) * size + rank - 1
      rankCounts[cell] = (rankCounts[cell] as number) + 1
    }
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
