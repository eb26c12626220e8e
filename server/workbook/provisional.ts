import type { Day } from '#assessment/day'
import type { DeductionKind } from '#assessment/rule/scheme'
import { isAnnounced, type WorkCalendar } from '#assessment/working-days'

/** Whether a deadline was counted in working days of a year whose holidays are not announced yet; a person may have to move it. */
export const isProvisional = (
  kind: DeductionKind | undefined,
  notifiedOn: Day | null,
  deadline: Day | null,
  calendar: WorkCalendar,
): boolean =>
  kind?.trigger === 'if-not-rectified' &&
  kind.rectifyWithin.count === 'working' &&
  notifiedOn !== null &&
  deadline !== null &&
  !(isAnnounced(calendar, notifiedOn) && isAnnounced(calendar, deadline))
