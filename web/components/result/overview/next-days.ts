import type { Day } from '#assessment/day'
import { ruleDay, verifiedComponents, type Scheme } from '#assessment/rule/scheme'

/** A day of the assessment's calendar: a milestone, a window's due day, a finding's deadline, or the last day to appeal. */
export interface DayAhead {
  readonly on: Day
  readonly type: 'milestone' | 'window' | 'deadline' | 'appeal'
  readonly name: string
  readonly findingId: string | null
}

/** A window with the day by which one unit hands in, as the server tells it. */
interface WindowDay {
  readonly component: string
  readonly key: string
  readonly dueOn: Day
}

/**
 * What is fixed in an assessed year, in order. A window falls due on the day told for it, which an extension may have put off, else on
 * the day of the rule; one day is not told twice, and a milestone that was put off with its window is left out.
 */
export function ruleDays(scheme: Scheme, year: number, told: readonly WindowDay[] = []): DayAhead[] {
  const windows = verifiedComponents(scheme).flatMap((component) =>
    component.windows.flatMap(({ key, name, due }) => {
      if (due === null) return []
      const ruleOn = ruleDay(year, due)
      const on = told.find((one) => one.component === component.key && one.key === key)?.dueOn ?? ruleOn
      return [{ on, ruleOn, name }]
    }),
  )
  const putOff = new Set(windows.filter(({ on, ruleOn }) => on > ruleOn).map(({ ruleOn }) => ruleOn))
  const milestones = scheme.milestones
    .map(({ name, due }) => ({ on: ruleDay(year, due), type: 'milestone' as const, name, findingId: null }))
    .filter(({ on }) => !putOff.has(on))
  const named = new Set(milestones.map(({ on }) => on))
  const own = windows
    .filter(({ on }) => !named.has(on))
    .map(({ on, name }) => ({ on, type: 'window' as const, name, findingId: null }))
  return [...milestones, ...own].sort((a, b) => a.on.localeCompare(b.on))
}

/** The days from `asOf` on. */
export const ahead = (days: readonly DayAhead[], asOf: Day): DayAhead[] =>
  days.filter(({ on }) => on >= asOf).sort((a, b) => a.on.localeCompare(b.on))
