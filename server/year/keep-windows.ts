import { z } from 'zod'
import { addDays, later, type Day } from '#assessment/day'
import { dueDay } from '#assessment/score/due-day'
import { extensionsFrom, insertExtension, listExtensions } from '../../db/extensions.ts'
import { newId } from '../../db/ids.ts'
import { closeWindow, listWindows } from '../../db/windows.ts'
import { requireActivity } from '../access/stage-rules.ts'
import { actIn, done, stamp, type Actor, type DoingIn } from '../act.ts'
import { requireMatch } from '../http/if-match.ts'
import { Problem } from '../http/problem.ts'
import { day, id, text } from '../http/wire.ts'
import { versionTag } from './assessment-view.ts'

export const windowBody = z.object({ component: text(100), window: text(100) })
export const extensionBody = windowBody.extend({
  /** Null = all units. */
  unitIds: z.array(id).min(1).max(500).nullable(),
  dueOn: day,
  reason: text(2000),
})

/** The window asked for, and its day for a unit, or for all with null. Throws `extension-no-window`. */
async function windowIn(
  { trx, visible, today }: DoingIn,
  { component, window: key }: z.infer<typeof windowBody>,
) {
  const { id: assessmentId } = visible.assessment
  const row = (await listWindows(trx, assessmentId)).find(
    (window) => window.component === component && window.key === key,
  )
  if (!row) throw new Problem('extension-no-window')
  const extensions = extensionsFrom(await listExtensions(trx, assessmentId))
  return { row, dueFor: (unitId: string | null): Day => dueDay(row, unitId, extensions, today) }
}

/** Puts off a window's day for some units or for all. Throws what the stage forbids, `extension-no-window`, `not-a-participant`, `extension-day-not-later`, `deadline-too-late`. */
export const grantExtension = (
  actor: Actor,
  assessmentId: string,
  { unitIds, dueOn, reason, ...asked }: z.infer<typeof extensionBody>,
): Promise<void> =>
  actIn(actor, assessmentId, 'extension.grant', async (doing) => {
    const { trx, today, visible } = doing
    requireActivity(visible.assessment, 'extend')
    const { row, dueFor } = await windowIn(doing, asked)
    const taking = new Set(visible.participants.map(({ unitId }) => unitId))
    const whose = unitIds === null ? [null] : [...new Set(unitIds)]
    if (whose.some((unitId) => unitId !== null && !taking.has(unitId))) throw new Problem('not-a-participant')
    const latest = whose.map(dueFor).reduce(later)
    if (dueOn <= latest || dueOn < today)
      throw new Problem('extension-day-not-later', { params: { day: latest } })
    if (dueOn > addDays(today, 366))
      throw new Problem('deadline-too-late', { params: { day: addDays(today, 366) } })
    for (const unitId of whose) {
      await insertExtension(trx, {
        id: newId(),
        assessmentId,
        component: row.component,
        windowKey: row.key,
        unitId,
        dueOn,
        onDay: today,
        reason,
        ...stamp(doing),
      })
    }
    return done(undefined, { subject: assessmentId, detail: { ...asked, unitIds, dueOn, reason } })
  })

/** Closes a window that is past its day. Throws what `requireMatch` throws, what the stage forbids, `window-closed` and `window-not-due`. */
export const closeYearWindow = (
  actor: Actor,
  assessmentId: string,
  asked: z.infer<typeof windowBody>,
  ifMatch: string | undefined,
): Promise<void> =>
  actIn(actor, assessmentId, 'window.close', async (doing) => {
    const { trx, today, visible, versionBefore } = doing
    requireMatch(ifMatch, versionTag(versionBefore))
    requireActivity(visible.assessment, 'close-window')
    const { row, dueFor } = await windowIn(doing, asked)
    if (row.closedOn !== null) throw new Problem('window-closed', { params: { day: row.closedOn } })
    const dueOn = dueFor(null)
    if (dueOn >= today) throw new Problem('window-not-due', { params: { day: dueOn } })
    await closeWindow(trx, row, today)
    return done(undefined, { subject: assessmentId, detail: { ...asked, on: today } })
  })
