import type { Day } from '#assessment/day'
import type { Language } from '#assessment/language'
import { ruleDay } from '#assessment/rule/scheme'
import type { WorkCalendar } from '#assessment/working-days'
import { listPublications } from '../../db/publications.ts'
import type { Source } from '../../db/source.ts'
import { scopeOf } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import { assessingUnit, type Visible } from '../access/visibility.ts'
import { itemIn, type InboxItem } from './item.ts'

const words: Readonly<Record<Language, (number: number, asOf: Day) => string>> = {
  'zh-CN': (number, asOf) => `第 ${number} 次发布，成绩截至 ${asOf}`,
  en: (number, asOf) => `Publication ${number}, scores as of ${asOf}`,
}

/** The publication of an assessment that this account may approve, by the scheme's last milestone. */
export async function approveTask(
  db: Source,
  visible: Visible,
  account: Account,
  {
    today,
    calendar,
    language,
  }: { readonly today: Day; readonly calendar: WorkCalendar; readonly language: Language },
): Promise<InboxItem[]> {
  const { assessment, scheme } = visible
  if (scopeOf(account.role, 'publication.approve') === undefined) return []
  const waiting = (await listPublications(db, assessment.id)).find(({ state }) => state === 'prepared')
  if (!waiting || waiting.preparedBy === account.id) return []
  const last = scheme.milestones.at(-1)
  return [
    itemIn(
      visible,
      { today, calendar },
      {
        type: 'approve',
        what: words[language](waiting.number, waiting.asOf),
        unitId: assessment.unitId,
        unit: assessingUnit(visible).name,
        on: last ? ruleDay(assessment.year, last.due) : null,
      },
    ),
  ]
}
