import type { Day } from '#assessment/day'
import { ruleDay, type Scheme } from '#assessment/scheme'

/** A day of the assessment's calendar: a milestone, a window's due day or a finding's deadline. */
export interface DayAhead {
  readonly on: Day
  readonly type: 'milestone' | 'window' | 'deadline'
  readonly name: string
  readonly findingId: string | null
}

/** What the rule itself fixes in an assessed year, in order; a window whose day a milestone names already is left out. */
export function ruleDays(scheme: Scheme, year: number): DayAhead[] {
  const milestones = scheme.milestones.map(({ name, due }) => ({
    on: ruleDay(year, due),
    type: 'milestone' as const,
    name,
    findingId: null,
  }))
  const windows = scheme.components.flatMap((component) =>
    component.method === 'verified-marks'
      ? component.windows.map(({ name, due }) => ({
          on: ruleDay(year, due),
          type: 'window' as const,
          name,
          findingId: null,
        }))
      : [],
  )
  const named = new Set(milestones.map(({ on }) => on))
  return [...milestones, ...windows.filter(({ on }) => !named.has(on))].sort((a, b) =>
    a.on.localeCompare(b.on),
  )
}

/** The days from `asOf` on. */
export const ahead = (days: readonly DayAhead[], asOf: Day): DayAhead[] =>
  days.filter(({ on }) => on >= asOf).sort((a, b) => a.on.localeCompare(b.on))
