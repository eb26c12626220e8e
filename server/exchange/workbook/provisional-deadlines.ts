import { kindsOf } from '../../assessment/rule/scheme.ts'
import { deadlineOf, isProvisional } from '../../assessment/score/finding-status.ts'
import type { WorkCalendar } from '../../assessment/working-days.ts'
import type { Book } from './book.ts'
import type { Warning } from '../spreadsheet/messages.ts'

/** Warns of deadlines that were counted in working days of a year whose holidays have not been announced. */
export function provisionalDeadlines(book: Book, calendar: WorkCalendar): Warning[] {
  const kinds = kindsOf(book.scheme)
  return book.facts.findings.flatMap((finding, index) => {
    const kind = kinds.get(finding.kind)
    const notice = finding.facts.find((fact) => fact.type === 'notified')
    const origin = book.origins.findings[index]
    if (!kind || !origin || !notice || notice.deadline !== null) return []
    const deadline = deadlineOf(kind, notice.on, calendar)
    if (!isProvisional(kind, notice.on, deadline, calendar)) return []
    return [{ code: 'provisional-deadline', ...origin, column: '整改期限', params: { deadline } }]
  })
}
