import { loadCalendar } from '../../db/holidays.ts'
import type { AllowedEnv } from '../access/allow.ts'
import { isOver, visibleAssessments } from '../access/visibility.ts'
import { todayBy } from '../today.ts'
import { publicationToApprove } from './inbox-publications.ts'
import { byUrgency, inboxIn, type InboxItem } from './inbox-view.ts'

/** Everything that waits for a person today, the most pressing first. */
export async function inboxFor({
  deps,
  account,
  scope,
  assessed,
  language,
}: AllowedEnv['Variables']): Promise<InboxItem[]> {
  const today = todayBy(deps)
  const calendar = await loadCalendar(deps.db)
  const items: InboxItem[] = []
  for (const visible of await visibleAssessments(deps.db, account, scope)) {
    items.push(...(await publicationToApprove(deps.db, visible, account, today, calendar, language)))
    if (isOver(visible.assessment)) continue
    const on = await assessed.on(visible.assessment.id, today)
    items.push(...(await inboxIn(deps.db, on, visible, account, scope)))
  }
  return items.sort(byUrgency)
}
