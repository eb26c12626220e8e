import { Hono } from 'hono'
import { z } from 'zod'
import { addDays } from '#assessment/day'
import { lastHandling } from '#assessment/score/finding-course'
import { whenLost } from '#assessment/score/one-unit'
import { kindsIn } from '#assessment/rule/scheme'
import { triggerMeaning } from '#assessment/rule/trigger'
import { statusMeaning } from '#assessment/score/scorecard'
import { workingDaysBetween } from '#assessment/working-days'
import { allowIn } from '../../access/allow.ts'
import type { AssessedOn } from '../../assessed.ts'
import { assessedFor } from '../../default-day.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { effectSeenBy } from '../detail.ts'
import { effectSchema, ledgerLineSchema, type LedgerLine } from '../wire.ts'
import { ledgerFor } from '../ledger.ts'
import { seesScoreOf } from '../../access/sight.ts'
import { validated } from '../../http/validated.ts'
import { day, pageFrom, pageOf, paging } from '../../http/wire.ts'

/** Why a finding is on the list: its time is running out, or has run out and nothing was accepted. */
const dueTypes = ['overdue', 'due-soon'] as const

const dueLine = ledgerLineSchema.extend({
  type: z.enum(dueTypes),
  /** Working days to the deadline; negative when it has passed. */
  daysLeft: z.int(),
  /** What losing (or, overdue, having lost) it does; null for those who may not see the unit's score. */
  whatIf: effectSchema.nullable(),
})

interface Due {
  readonly line: LedgerLine & { readonly deadline: string }
  readonly type: (typeof dueTypes)[number]
}

/** Findings to be rectified that are overdue or fall due within some calendar days, the earliest deadline first. */
function dueAmong(
  lines: readonly LedgerLine[],
  { facts, assessed: { asOf }, scheme }: AssessedOn,
  days: number,
): Due[] {
  const until = addDays(asOf, days)
  const handedIn = new Set(
    facts.findings.flatMap((finding) => {
      const last = lastHandling(finding.facts.filter(({ on }) => on <= asOf))
      return last?.type === 'submitted' || last?.type === 'accepted' ? [finding.id] : []
    }),
  )
  const withDeadline = new Set(
    kindsIn(scheme).flatMap(({ key, trigger }) => (triggerMeaning[trigger].hasDeadline ? [key] : [])),
  )
  return lines
    .flatMap((line): Due[] => {
      const { deadline, status, kind, findingId } = line
      if (deadline === null || deadline > until || !withDeadline.has(kind) || handedIn.has(findingId))
        return []
      if (!statusMeaning[status].unrectified) return []
      return [{ line: { ...line, deadline }, type: deadline < asOf ? 'overdue' : 'due-soon' }]
    })
    .sort((a, b) => (a.line.deadline < b.line.deadline ? -1 : a.line.deadline > b.line.deadline ? 1 : 0))
}

export const due = new Hono<AppEnv>().get(
  '/:id/due',
  allowIn('due.read'),
  describe(
    '台账 · Ledger',
    '逾期和即将到期的整改',
    'Rectifications overdue and due soon, with days left and cost',
    {
      200: pageOf(dueLine).extend({ counts: z.record(z.enum(dueTypes), z.int()) }),
    },
  ),
  validated(
    'query',
    paging.extend({
      /** Calendar days ahead. */
      days: z.coerce.number().int().min(0).max(366).default(14),
      type: z.enum(dueTypes).optional(),
      asOf: day.optional(),
    }),
  ),
  async (c) => {
    const { account, scope, visible } = c.var
    const { days, asOf, type, ...paging } = c.req.valid('query')
    const on = await assessedFor(c.var, asOf)
    const all = dueAmong(ledgerFor(on, visible, account, scope), on, days)
    const page = pageFrom(
      all.filter((one) => type === undefined || one.type === type),
      paging,
    )
    const items = page.items.map(({ line, type }) => {
      const daysLeft = workingDaysBetween(on.calendar, on.assessed.asOf, line.deadline)
      const then =
        line.atRisk > 0
          ? whenLost(on.assessed.asOf)
          : ([{ type: 'decided', on: on.assessed.asOf, outcome: 'revoked' }] as const)
      const whatIf = seesScoreOf(account, line.chargedUnitId)
        ? effectSeenBy(on, visible, account, line.findingId, then)
        : null
      return { ...line, type, daysLeft, whatIf }
    })
    const counts = { overdue: 0, 'due-soon': 0 }
    for (const one of all) counts[one.type]++
    return c.json({ ...page, items, counts }, 200)
  },
)
