import type { Day } from '#assessment/day'
import type { Language } from '#assessment/language'
import { loadCalendar } from '../../db/holidays.ts'
import type { Source } from '../../db/source.ts'
import { scopeOf } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import { isOver, visibleAssessments } from '../access/visibility.ts'
import type { AssessedCache } from '../assessed.ts'
import { approveTask } from './approve-task.ts'
import { caseTasks } from './case-tasks.ts'
import { formTasks, verifyTasks } from './form-tasks.ts'
import { byUrgency, type InboxItem } from './item.ts'

/** What the to-dos of people are worked out from, on a day. */
interface Sources {
  readonly db: Source
  readonly assessed: AssessedCache
  readonly today: Day
  readonly language: Language
}

/**
 * Everything that waits for a person today in every running assessment, the most pressing first. The one meaning of 待办: the bell, the menu, the
 * first page, the list and the letter all tell this.
 */
export async function waitingFor(
  { db, assessed, today, language }: Sources,
  account: Account,
): Promise<InboxItem[]> {
  const scope = scopeOf(account.role, 'inbox.read')
  if (scope === undefined) return []
  const calendar = await loadCalendar(db)
  const items: InboxItem[] = []
  for (const visible of await visibleAssessments(db, account, scope)) {
    items.push(...(await approveTask(db, visible, account, { today, calendar, language })))
    if (isOver(visible.assessment)) continue
    const on = await assessed.on(visible.assessment.id, today)
    items.push(
      ...(await caseTasks(db, on, visible, account, scope)),
      ...(await formTasks(db, on, visible, account, language)),
      ...(await verifyTasks(db, on, visible, account, language)),
    )
  }
  return items.sort(byUrgency)
}
