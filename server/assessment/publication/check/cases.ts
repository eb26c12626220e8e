import { later, type Day } from '../../day.ts'
import type { FindingFact } from '../../score/facts.ts'
import { appealUntil, sinceTold } from '../../score/finding-course.ts'
import { entriesOn, type FindingStatus, type LedgerEntry } from '../../score/scorecard.ts'
import type { CheckItem, ToPublish } from './items.ts'

/** Whether an appeal against a finding in this state could change anything. */
const stands: Readonly<Record<FindingStatus, boolean>> = {
  'not-notified': false,
  open: true,
  'pending-review': true,
  closed: false,
  lost: true,
  gained: false,
  revoked: false,
  reversed: false,
}

/** Findings on the scorecards whose case is not over: appeals, reviews, and days left to appeal. */
export function caseItems({ scheme, facts, calendar, assessed }: ToPublish): CheckItem[] {
  const findings = new Map(facts.findings.map((finding) => [finding.id, finding]))
  return assessed.scorecards.flatMap((card) => {
    const { unitId, unit } = card
    const entries = entriesOn(card)
    const open = entries.flatMap((entry): CheckItem[] => {
      const { findingId, number, what, worth } = entry
      const about = { unitId, unit, findingId, number, what, worth }
      return [
        ...(entry.appealed ? [{ code: 'undecided-appeal' as const, ...about }] : []),
        ...(entry.status === 'pending-review'
          ? [{ code: 'unreviewed-rectification' as const, ...about }]
          : []),
      ]
    })
    const until = entries.flatMap((entry): Day[] => {
      const finding = findings.get(entry.findingId)
      if (!stands[entry.status] || !finding || wasAppealed(entry, finding.facts)) return []
      const last = appealUntil(finding, calendar, scheme.appealWithin)
      return last !== null && last >= assessed.asOf ? [last] : []
    })
    if (until.length === 0) return open
    return [
      ...open,
      { code: 'appeal-period-open', unitId, unit, count: until.length, until: until.reduce(later) },
    ]
  })
}

const wasAppealed = ({ appealed }: LedgerEntry, facts: readonly FindingFact[]): boolean =>
  appealed || sinceTold(facts).some(({ type }) => type === 'appealed')
