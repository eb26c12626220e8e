import { axisStep } from '../../../charts/figures.ts'

export interface StripScale {
  /** Place of a value, 0 to 1. */
  readonly at: (value: number) => number
  readonly marks: readonly number[]
}

/** One scale for all strips of a card, from a round number below the least value to one above the greatest. */
export function stripScale(values: readonly number[]): StripScale {
  const least = values.length === 0 ? 0 : Math.min(...values)
  const most = values.length === 0 ? 100 : Math.max(...values)
  const step = axisStep(Math.max(most - least, 1))
  const from = Math.floor(least / step) * step
  const to = Math.max(Math.ceil(most / step) * step, from + step)
  const count = Math.round((to - from) / step)
  return {
    at: (value) => (value - from) / (to - from),
    marks: Array.from({ length: count + 1 }, (_, index) => from + index * step),
  }
}
