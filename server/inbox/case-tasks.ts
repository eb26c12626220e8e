import type { Day } from '#assessment/day'
import { isLoss } from '#assessment/rule/scheme'
import { triggerMeaning } from '#assessment/rule/trigger'
import type { FindingFact } from '#assessment/score/facts'
import { appealUntil, decideBy, lastHandling } from '#assessment/score/finding-course'
import { numberAtPlace } from '#assessment/score/finding-number'
import { whenLost } from '#assessment/score/one-unit'
import { statusMeaning } from '#assessment/score/scorecard'
import { findFindings } from '../../db/findings.ts'
import type { Source } from '../../db/source.ts'
import { scopeOf, type Scope } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import { seesRanks, seesScoreOf } from '../access/sight.ts'
import type { Visible } from '../access/visibility.ts'
import type { AssessedOn } from '../assessed.ts'
import { caseOf, stepsFor, type Case } from '../finding/case.ts'
import { effectSeenBy } from '../finding/detail.ts'
import { ledgerFor } from '../finding/ledger.ts'
import { reviewsFor } from '../finding/reviews.ts'
import type { LedgerLine } from '../finding/wire.ts'
import { itemIn, type InboxItem, type InboxType } from './item.ts'

interface Task {
  readonly type: InboxType
  readonly on: Day
}

/** What of a case waits for a person of the unit charged: only steps by which points are kept or come back, each until its last day. */
function ofUnit(line: LedgerLine, at: Case, on: AssessedOn, steps: readonly string[]): Task[] {
  const { finding, trace } = at
  const { kind, deadline, status } = trace
  const today = on.assessed.asOf
  const until = appealUntil(finding, on.calendar, on.scheme.appealWithin)
  const costs = line.points > 0 || line.atRisk > 0 || (status === 'lost' && kind.vetoes.length > 0)
  const mayAppeal = steps.includes('appealed') && until !== null && costs
  const saves =
    steps.includes('submitted') &&
    triggerMeaning[kind.trigger].rectifyingSaves &&
    status === 'open' &&
    deadline !== null &&
    deadline >= today
  const isReturned = lastHandling(finding.facts)?.type === 'rejected'
  return [
    ...(mayAppeal ? [{ type: 'appeal' as const, on: until }] : []),
    ...(saves
      ? [{ type: isReturned ? ('rectify-again' as const) : ('rectify' as const), on: deadline }]
      : []),
  ]
}

/** What would follow if nothing were done; of an appeal, if it were decided for the unit. */
const thenOf = (type: InboxType, { atRisk }: LedgerLine, today: Day): readonly FindingFact[] =>
  type === 'decide' || type === 'appeal' || atRisk === 0
    ? [{ type: 'decided', on: today, outcome: 'revoked' }]
    : whenLost(today)

/** Cases in which the account may take a step today by itself: the unit's own, and appeals for those who decide. */
async function casesOf(
  db: Source,
  on: AssessedOn,
  visible: Visible,
  account: Account,
  scope: Scope,
): Promise<{ readonly line: LedgerLine; readonly task: Task }[]> {
  const decides = scopeOf(account.role, 'finding.decide') !== undefined
  const isUnit = scopeOf(account.role, 'finding.rectify') !== undefined
  if (!decides && !isUnit) return []
  const lines = new Map(
    ledgerFor(on, visible, account, scope)
      .filter((line) => isLoss(line) && !statusMeaning[line.status].void)
      .filter((line) => isUnit || line.appealed)
      .map((line) => [line.findingId, line]),
  )
  return (await findFindings(db, [...lines.keys()])).flatMap((stored) => {
    const line = lines.get(stored.id)
    if (!line) return []
    const at = caseOf(stored, visible, on.calendar, on.assessed.asOf)
    const steps = stepsFor(at, account, visible)
    if (isUnit) return ofUnit(line, at, on, steps).map((task) => ({ line, task }))
    const by = decideBy(at.finding, on.calendar, on.scheme.appealWithin)
    return steps.includes('decided') && by !== null
      ? [{ line, task: { type: 'decide', on: by } as const }]
      : []
  })
}

/** The cases that wait for an account: to appeal, to rectify, to decide, and to review, for the office also where nobody works for the provider. */
export async function caseTasks(
  db: Source,
  on: AssessedOn,
  visible: Visible,
  account: Account,
  scope: Scope,
): Promise<InboxItem[]> {
  const today = on.assessed.asOf
  const reviewScope = scopeOf(account.role, 'finding.review')
  const reviews = reviewScope === undefined ? [] : await reviewsFor(db, on, visible, account, reviewScope)
  const tasks = [
    ...(await casesOf(db, on, visible, account, scope)).map((one) => ({ ...one, insteadOf: null })),
    ...reviews
      .filter(({ isOwn }) => isOwn)
      .map(({ line, reviewOn, insteadOf }) => ({
        line,
        task: { type: 'review' as const, on: reviewOn },
        insteadOf,
      })),
  ]
  return tasks.map(({ line, task, insteadOf }) => {
    const sees = seesScoreOf(account, line.chargedUnitId)
    const effect = sees
      ? effectSeenBy(on, visible, account, line.findingId, thenOf(task.type, line, today)).charged
      : null
    return itemIn(
      visible,
      { today, calendar: on.calendar },
      {
        ...task,
        findingId: line.findingId,
        number: numberAtPlace(line),
        what: line.what,
        unitId: line.unitId,
        unit: line.unit,
        worth: line.worth,
        rank: effect && seesRanks(account, visible) ? { from: effect.from.rank, to: effect.to.rank } : null,
        grade: effect && { from: effect.from.grade, to: effect.to.grade },
        insteadOf,
      },
    )
  })
}
