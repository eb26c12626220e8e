import { later, type Day } from '../../day.ts'
import { appealUntil } from '../../score/finding-course.ts'
import type { FindingStatus, Loss } from '../../score/scorecard.ts'
import type { CheckItem, ToPublish } from './items.ts'

/** Whether an appeal against a finding in this state could change anything. */
const stands: Readonly<Record<FindingStatus, boolean>> = {
  'not-notified': false,
  open: true,
  'pending-review': true,
  closed: false,
  lost: true,
  revoked: false,
  reversed: false,
}

/** Findings on the scorecards whose case is not over: appeals, reviews, and days left to appeal. */
export function caseItems({ scheme, facts, calendar, assessed }: ToPublish): CheckItem[] {
  const findings = new Map(facts.findings.map((finding) => [finding.id, finding]))
  return assessed.scorecards.flatMap(({ unitId, unit, components }) => {
    const losses = components.flatMap(({ steps }) => (steps.method === 'deductions' ? steps.findings : []))
    const open = losses.flatMap((loss): CheckItem[] => {
      const { findingId, number, what, worth } = loss
      const about = { unitId, unit, findingId, number, what, worth }
      return [
        ...(loss.appealed ? [{ code: 'undecided-appeal' as const, ...about }] : []),
        ...(loss.status === 'pending-review'
          ? [{ code: 'unreviewed-rectification' as const, ...about }]
          : []),
      ]
    })
    const until = losses.flatMap((loss): Day[] => {
      const finding = findings.get(loss.findingId)
      if (!stands[loss.status] || !finding || wasAppealed(loss, finding.facts)) return []
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

const wasAppealed = (loss: Loss, facts: readonly { readonly type: string }[]): boolean =>
  loss.appealed || facts.some(({ type }) => type === 'appealed')
