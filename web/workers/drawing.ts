import { drawRanks, type RobustnessInput, type UnitRobustness } from '#assessment/insight/robustness'

/** How ranks are drawn, told to people under every interval: the same seed gives everybody the same answer. */
export const drawing = { draws: 10_000, spread: 0.25, seed: 2005 } as const

/** A unit's interval, and how many units it is ranked among. */
export interface RankInterval extends UnitRobustness {
  readonly of: number
}

/** What the worker says: the share of the work that is done, then the intervals. */
export type DrawingMessage =
  | { readonly type: 'progress'; readonly share: number }
  | { readonly type: 'done'; readonly intervals: readonly RankInterval[] }

/** Draws ranking after ranking; yields the share done, 0 to 1. A ranking without units is left out. */
export function* drawIntervals(
  rankings: readonly RobustnessInput[],
  options: Parameters<typeof drawRanks>[1] = drawing,
): Generator<number, RankInterval[], void> {
  const wanted = rankings.filter(({ units }) => units.length > 0)
  const draws = options.draws ?? drawing.draws
  const intervals: RankInterval[] = []
  for (const [index, ranking] of wanted.entries()) {
    const steps = drawRanks(ranking, options)
    let step = steps.next()
    while (!step.done) {
      yield (index + step.value / draws) / wanted.length
      step = steps.next()
    }
    intervals.push(...step.value.map((unit) => ({ ...unit, of: ranking.units.length })))
  }
  return intervals
}
