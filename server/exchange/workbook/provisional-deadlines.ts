import { deadlineOf } from '../../assessment/score/finding-status.ts'
import { isAnnounced, type WorkCalendar } from '../../assessment/working-days.ts'
import type { Book } from './book.ts'
import type { Warning } from '../spreadsheet/messages.ts'

/** Warns of deadlines that were counted in working days of a year whose holidays have not been announced. */
export function provisionalDeadlines(book: Book, calendar: WorkCalendar): Warning[] {
  const components = book.scheme.components.filter((component) => component.method === 'deductions')
  const kinds = new Map(components.flatMap((component) => component.kinds).map((kind) => [kind.key, kind]))
  return book.facts.findings.flatMap((finding, index) => {
    const kind = kinds.get(finding.kind)
    const notice = finding.facts.find((fact) => fact.type === 'notified')
    const origin = book.origins.findings[index]
    if (kind?.trigger !== 'if-not-rectified' || kind.rectifyWithin.count !== 'working') return []
    if (!origin || !notice || notice.deadline !== null) return []
    const deadline = deadlineOf(kind, notice.on, calendar)
    if (isAnnounced(calendar, deadline) && isAnnounced(calendar, notice.on)) return []
    return [{ code: 'provisional-deadline', ...origin, column: '整改期限', params: { deadline } }]
  })
}
