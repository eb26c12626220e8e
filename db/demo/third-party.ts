import type { Scheme } from '#assessment/rule/scheme'
import type { Form } from './form.ts'

/** What a participant's year comes to before the third party's mark is known. */
export interface Known {
  readonly unit: string
  readonly group: string
  /** Component scores known so far, 0–100. */
  readonly routine: number
  readonly self: number
  readonly form: Form
}

/** Pairs per group that end on the same composite. */
const ties: Readonly<Record<string, number>> = { 县区和开发区: 1, 市直部门: 2 }

const shareOf = (scheme: Scheme, method: string): number => {
  const total = scheme.components.reduce((sum, { weight }) => sum + weight, 0)
  return (
    scheme.components.filter((one) => one.method === method).reduce((sum, { weight }) => sum + weight, 0) /
    total
  )
}

/** Gives the evaluator's marks, two decimals, that make the composites aimed at come true as far as marks can. */
export function thirdPartyMarks(scheme: Scheme, all: readonly Known[]): Map<string, string> {
  const [routine, self, external] = (['deductions', 'verified-marks', 'external'] as const).map((method) =>
    shareOf(scheme, method),
  ) as [number, number, number]
  const without = (one: Known): number => routine * one.routine + self * one.self
  const needed = (one: Known, composite: number): number =>
    Math.round(((composite - without(one)) / external) * 100) / 100

  const marks = new Map(
    all.map((one) => [
      one.unit,
      one.form.external ?? Math.min(99.6, Math.max(66, needed(one, one.form.composite))),
    ]),
  )
  const compositeOf = (one: Known): number => without(one) + external * (marks.get(one.unit) ?? 0)

  for (const [group, count] of Object.entries(ties)) {
    const ranked = all.filter((one) => one.group === group).sort((a, b) => compositeOf(b) - compositeOf(a))
    let left = count
    for (let index = 2; index < ranked.length && left > 0; index++) {
      const [above, below] = [ranked[index - 1], ranked[index]]
      if (!above || !below || above.form.external !== null || below.form.external !== null) continue
      const level = Math.round(compositeOf(above) * 100) / 100
      const mark = needed(below, level)
      if (level - compositeOf(below) > 0.4 || mark > 99.6) continue
      marks.set(below.unit, mark)
      left--
      index += 4
    }
  }
  return new Map([...marks].map(([unit, mark]) => [unit, mark.toFixed(2)]))
}
