import { z } from 'zod'
import type { Day } from '#assessment/day'
import { fullNumber } from '#assessment/score/finding-number'
import { recountedDeadlines } from '#assessment/score/recounted-deadlines'
import type { WorkCalendar } from '#assessment/working-days'
import { findFinding } from '../../db/findings.ts'
import { formerCalendars, loadCalendar } from '../../db/holidays.ts'
import type { Source } from '../../db/source.ts'
import type { Scope } from '../access/permissions.ts'
import { partiesOf, reachOf, refusalOf } from '../access/case-rights.ts'
import type { Account } from '../access/session.ts'
import { unitNamesIn, type Visible } from '../access/visibility.ts'
import { actIn, done, nothingDone, type Actor, type Noted } from '../act.ts'
import { Problem } from '../http/problem.ts'
import { id, text } from '../http/wire.ts'
import type { Facts } from '#assessment/score/facts'
import { loadFacts } from '../../db/facts.ts'
import { findingEtag } from './detail.ts'
import { takeStep } from './step.ts'

export const recountedSchema = z
  .object({
    items: z.array(
      z.object({
        findingId: z.string(),
        fullNumber: z.string(),
        unit: z.string(),
        what: z.string(),
        notifiedOn: z.string(),
        deadline: z.string(),
        recounted: z.string(),
        /** It can be put off: the day is later, and still to come. What a unit was told is never cut short. */
        movable: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'RecountedDeadlines' })
type Recounted = z.infer<typeof recountedSchema>

export const moveRecountedBody = z.object({
  findingIds: z.array(id).min(1).max(2000),
  reason: text(2000),
})

interface Asking {
  readonly visible: Visible
  readonly account: Account
  readonly scope: Scope
}

interface On {
  readonly facts: Pick<Facts, 'findings'>
  readonly calendar: WorkCalendar
  readonly today: Day
}

/** Deadlines within somebody's reach that holidays announced since would put on another day; of those that they may move. */
async function recountedFor(
  db: Source,
  { visible, account, scope }: Asking,
  { facts, calendar, today }: On,
): Promise<Recounted['items']> {
  const { scheme, assessment } = visible
  const formerly = await formerCalendars(db, [assessment.year, assessment.year + 1])
  const names = unitNamesIn(visible)
  const isWithin = reachOf(visible, account, scope)
  const items: Recounted['items'] = []
  for (const told of recountedDeadlines(scheme, facts.findings, today, calendar, formerly)) {
    const stored = await findFinding(db, told.finding.id)
    if (!stored) continue
    const { parties } = partiesOf(stored, visible, calendar, today)
    if (parties.chargedUnitId === null || !isWithin(parties)) continue
    if (refusalOf('extended', account, visible, parties) !== null) continue
    items.push({
      findingId: stored.id,
      fullNumber: fullNumber(told.finding, parties.chargedUnitId, (unit) => names.get(unit) ?? ''),
      unit: names.get(told.unitId) ?? '',
      what: stored.what,
      notifiedOn: told.notifiedOn,
      deadline: told.deadline,
      recounted: told.recounted,
      movable: told.recounted > told.deadline && told.recounted >= today,
    })
  }
  return items
}

/** The deadlines of an assessment that count otherwise since holidays were announced. */
export const recountedView = async (db: Source, asking: Asking, on: On): Promise<Recounted> => ({
  items: await recountedFor(db, asking, on),
})

/** Puts deadlines off to the days that they have by the calendar now, all of them or none. Throws `stale` where one is none of them any more. */
export const moveRecounted = (
  actor: Actor,
  assessmentId: string,
  { findingIds, reason }: z.infer<typeof moveRecountedBody>,
): Promise<number> =>
  actIn(actor, assessmentId, 'finding.extended', async (doing) => {
    const { trx, visible, today } = doing
    const { account, scope } = actor
    const facts = await loadFacts(trx, assessmentId)
    const on = { facts, calendar: await loadCalendar(trx), today }
    const movable = new Map(
      (await recountedFor(trx, { visible, account, scope }, on))
        .filter((item) => item.movable)
        .map((item) => [item.findingId, item]),
    )
    const noted: Noted[] = []
    for (const findingId of new Set(findingIds)) {
      const item = movable.get(findingId)
      const stored = item && (await findFinding(trx, findingId))
      if (!stored) throw new Problem('stale')
      const step = { type: 'extended' as const, reason, deadline: item.recounted, evidence: [] }
      noted.push(...(await takeStep({ ...doing, scope }, findingId, step, findingEtag(stored.facts))).noted)
    }
    const [first, ...more] = noted
    return first ? done(noted.length, first, ...more) : nothingDone(0)
  })
