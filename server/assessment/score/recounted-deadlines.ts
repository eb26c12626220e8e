import type { Day } from '../day.ts'
import { kindsOf, type Scheme } from '../rule/scheme.ts'
import type { WorkCalendar } from '../working-days.ts'
import type { Finding } from './facts.ts'
import { nextSteps } from './finding-course.ts'
import { deadlineOf, traceFinding } from './finding-status.ts'

/** A deadline that counts otherwise since holidays were announced. */
export interface RecountedDeadline {
  readonly finding: Finding
  readonly kind: string
  readonly unitId: string
  readonly notifiedOn: Day
  readonly deadline: Day
  readonly recounted: Day
}

/**
 * Deadlines that the rule gave by a former calendar, and would give otherwise by the present one, in findings whose deadline may still be moved.
 * Those that people chose are left alone, as are those counted in calendar days.
 */
export const recountedDeadlines = (
  scheme: Pick<Scheme, 'components' | 'adjustments' | 'appealWithin'>,
  findings: readonly Finding[],
  asOf: Day,
  calendar: WorkCalendar,
  formerly: readonly WorkCalendar[],
): RecountedDeadline[] => {
  const kinds = kindsOf(scheme)
  return findings.flatMap((finding) => {
    const { kind, unitId, notifiedOn, deadline: standing } = traceFinding(finding, kinds, asOf, calendar)
    if (notifiedOn === null) return []
    const recounted = deadlineOf(kind, notifiedOn, calendar)
    const deadline = formerly
      .map((former) => deadlineOf(kind, notifiedOn, former))
      .find((day) => day === standing && day !== recounted)
    if (deadline === undefined) return []
    const isOpen = nextSteps(finding, kinds, asOf, calendar, scheme.appealWithin).includes('extended')
    return isOpen ? [{ finding, kind: kind.key, unitId, notifiedOn, deadline, recounted }] : []
  })
}
