import { later, type Day } from '#assessment/day'
import { ruleDay } from '#assessment/rule/scheme'
import { workingDaysBetween, type WorkCalendar } from '#assessment/working-days'
import type { Source } from '../../db/source.ts'
import { listPublications } from '../../db/publications.ts'
import { scopeOf } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import { assessingUnit, type Visible } from '../access/visibility.ts'
import type { Language } from '#assessment/language'
import type { InboxItem } from './inbox-view.ts'

const words: Readonly<Record<Language, (number: number, asOf: Day) => string>> = {
  'zh-CN': (number, asOf) => `第 ${number} 次发布，成绩截至 ${asOf}`,
  en: (number, asOf) => `Publication ${number}, scores as of ${asOf}`,
}

/** The publication of an assessment that this account may approve, due by the scheme's last milestone. */
export async function publicationToApprove(
  db: Source,
  visible: Visible,
  account: Account,
  today: Day,
  calendar: WorkCalendar,
  language: Language,
): Promise<InboxItem[]> {
  const { assessment, scheme } = visible
  if (scopeOf(account.role, 'publication.approve') === undefined) return []
  const waiting = (await listPublications(db, assessment.id)).find(({ state }) => state === 'prepared')
  if (!waiting || waiting.preparedBy === account.id) return []
  const last = scheme.milestones.at(-1)
  const on = last ? later(today, ruleDay(assessment.year, last.due)) : today
  return [
    {
      type: 'approve',
      assessmentId: assessment.id,
      findingId: '',
      window: null,
      number: '',
      what: words[language](waiting.number, waiting.asOf),
      unitId: assessment.unitId,
      unit: assessingUnit(visible).name,
      on,
      daysLeft: workingDaysBetween(calendar, today, on),
      worth: '0',
      rank: null,
    },
  ]
}
