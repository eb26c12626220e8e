import type { z } from 'zod'
import { lendEvidence } from '../../db/evidence.ts'
import { findFinding } from '../../db/findings.ts'
import { newId } from '../../db/ids.ts'
import { findReport } from '../../db/reports.ts'
import { holdSuspicion, insertSuspicionStep, type StoredSuspicion } from '../../db/suspicions.ts'
import { monitorReach } from '../access/monitor-sight.ts'
import { chargingIn, isOver } from '../access/visibility.ts'
import { actBeside, actIn, done, stamp, type Actor, type DoingBeside } from '../act.ts'
import { notesOf } from '../finding/record.ts'
import { findingAt, recordWanted, type findingBody } from '../finding/recording.ts'
import { Problem } from '../http/problem.ts'
import { isUnsettled, stateOf } from './state.ts'

/** The suspicion, as far as the actor may settle it. Throws `not-found`, `assessment-closed`, `own-unit-case` and `suspicion-settled`. */
async function unsettled({ scope }: Actor, doing: DoingBeside, id: string): Promise<StoredSuspicion> {
  const { trx, by, visible, today } = doing
  const found = await holdSuspicion(trx, id)
  const reaches = await monitorReach(trx, visible, by, scope)
  if (found?.assessmentId !== visible.assessment.id || !reaches(found.monitor)) throw new Problem('not-found')
  if (isOver(visible.assessment)) throw new Problem('assessment-closed')
  const { nearest } = chargingIn(visible)
  const ownUnit = by.role === 'office' ? null : by.unit && nearest(by.unit.id)
  if (ownUnit !== null && found.unitId !== null && nearest(found.unitId) === ownUnit)
    throw new Problem('own-unit-case')
  if (!isUnsettled(stateOf(found, today))) throw new Problem('suspicion-settled')
  return found
}

const stepOf = (doing: DoingBeside, suspicionId: string) => ({
  id: newId(),
  suspicionId,
  untilDay: null,
  reason: null,
  findingId: null,
  onDay: doing.today,
  ...stamp(doing),
})

/** Settles a suspicion as none, once for all. Throws what keeps it from being settled. */
export const dismissSuspicion = (
  actor: Actor,
  assessmentId: string,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<void> =>
  actBeside(actor, assessmentId, 'suspicion.dismissed', async (doing) => {
    const { rule } = await unsettled(actor, doing, id)
    await insertSuspicionStep(doing.trx, { ...stepOf(doing, id), type: 'dismissed', reason })
    return done(undefined, { subject: id, detail: { assessment: assessmentId, rule, reason } })
  })

/** Lays a suspicion aside until a later day. Throws `postponed-to-past` and what keeps it from being settled. */
export const postponeSuspicion = (
  actor: Actor,
  assessmentId: string,
  { id, until, reason }: { readonly id: string; readonly until: string; readonly reason: string | null },
): Promise<void> =>
  actBeside(actor, assessmentId, 'suspicion.postponed', async (doing) => {
    const { rule } = await unsettled(actor, doing, id)
    if (until <= doing.today) throw new Problem('postponed-to-past')
    await insertSuspicionStep(doing.trx, { ...stepOf(doing, id), type: 'postponed', untilDay: until, reason })
    return done(undefined, { subject: id, detail: { assessment: assessmentId, rule, until, reason } })
  })

/** What a suspicion is confirmed as: a finding like any other. */
type Confirmed = z.output<typeof findingBody> & {
  readonly unitId: string
  /** Whether the record's own file becomes evidence of the finding. */
  readonly withFile: boolean
}

/**
 * Makes a finding of a suspicion, by the rules of every finding; gives the finding. Throws what keeps the suspicion from being settled and the
 * finding from being recorded.
 */
export const confirmSuspicion = (
  actor: Actor,
  assessmentId: string,
  id: string,
  { unitId, withFile, ...body }: Confirmed,
): Promise<{ readonly findingId: string; readonly number: string }> =>
  actIn(actor, assessmentId, 'suspicion.confirmed', async (doing) => {
    const { trx } = doing
    const suspicion = await unsettled(actor, doing, id)
    const { desk, recorded } = await recordWanted(doing, [findingAt(unitId, body)], body)
    const [finding] = recorded
    if (!finding) throw new Error('nothing was recorded')
    if (withFile) {
      const report = await findReport(trx, suspicion.recordId)
      const notice = (await findFinding(trx, finding.id))?.facts[0]
      if (report?.evidenceId && notice) await lendEvidence(trx, { id: report.evidenceId, factId: notice.id })
    }
    await insertSuspicionStep(trx, { ...stepOf(doing, id), type: 'confirmed', findingId: finding.id })
    const confirmed = { findingId: finding.id, number: finding.fullNumber }
    return done(
      confirmed,
      {
        subject: id,
        detail: { assessment: assessmentId, rule: suspicion.rule, finding: finding.id },
      },
      ...notesOf(recorded, desk).map((note) => ({ ...note, deed: 'finding.record' as const })),
    )
  })
