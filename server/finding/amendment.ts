import type { Day } from '#assessment/day'
import { kindsOf } from '#assessment/rule/scheme'
import { deadlineOf } from '#assessment/score/finding-status'
import type { WorkCalendar } from '#assessment/working-days'
import { chargingIn, type Visible } from '../access/visibility.ts'

/**
 * By when another unit rectifies what an amendment charges it with, told on a day; null where the same unit stays charged. The kind must be one of
 * the scheme's.
 */
export function unitDeadlineOf(
  visible: Visible,
  calendar: WorkCalendar,
  to: { readonly kind: string; readonly unitId: string },
  { from, toldOn }: { readonly from: string | null; readonly toldOn: Day },
): Day | null {
  const kind = kindsOf(visible.scheme).get(to.kind)
  if (!kind || chargingIn(visible).charged(to.unitId, kind.chargedUpward) === from) return null
  return deadlineOf(kind, toldOn, calendar)
}
