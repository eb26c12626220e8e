import { z } from 'zod'
import { updateSetUp } from '../../db/assessments.ts'
import { replaceParticipants } from '../../db/participants.ts'
import { replaceWindows } from '../../db/windows.ts'
import { mayWrite, requireActivity } from '../access/stage-rules.ts'
import { unitNamesIn, type Visible } from '../access/visibility.ts'
import { visibleScheme } from '../access/visible-schemes.ts'
import { actIn, changeOf, done, type Actor } from '../act.ts'
import { requireMatch } from '../http/if-match.ts'
import { Problem } from '../http/problem.ts'
import { id, text } from '../http/wire.ts'
import { windowsOf } from '../scheme/stored.ts'
import { versionTag } from './assessment-view.ts'
import { daysOfYear, yearNumber } from './begin-year.ts'
import { participantsHeld } from './participants-view.ts'

export const setUpBody = z.object({ name: text(100), year: yearNumber, schemeId: id })
const participant = z.object({ unitId: id, group: text(100) })
export const participantsBody = z.object({
  participants: z.array(participant).max(2000),
  reason: text(2000).optional(),
})

/** Changes what a draft is called, which year it assesses and by which scheme. Throws what `requireMatch` throws, what the stage forbids, `not-found`. */
export const setUpYear = (
  actor: Actor,
  assessmentId: string,
  { name, year, schemeId }: z.infer<typeof setUpBody>,
  ifMatch: string | undefined,
): Promise<void> =>
  actIn(actor, assessmentId, 'assessment.set-up', async ({ trx, visible, versionBefore }) => {
    requireMatch(ifMatch, versionTag(versionBefore))
    requireActivity(visible.assessment, 'set-up')
    const scheme =
      schemeId === visible.assessment.schemeId
        ? visible.scheme
        : (await visibleScheme(trx, actor, schemeId)).stored.scheme
    await updateSetUp(trx, assessmentId, { name, year, schemeId, ...daysOfYear(year) })
    await replaceWindows(trx, assessmentId, windowsOf(scheme, assessmentId, year))
    const { name: was, year: before, schemeId: on } = visible.assessment
    return done(undefined, {
      subject: assessmentId,
      detail: changeOf({ name: was, year: before, schemeId: on }, { name, year, schemeId }),
    })
  })

function changesIn(before: Visible['participants'], after: readonly z.infer<typeof participant>[]) {
  const groups = new Map(before.map(({ unitId, groupName }) => [unitId, groupName]))
  const stay = new Set(after.map(({ unitId }) => unitId))
  return {
    added: after.filter(({ unitId }) => !groups.has(unitId)).map(({ unitId }) => unitId),
    removed: [...groups.keys()].filter((unitId) => !stay.has(unitId)),
    moved: after
      .filter(({ unitId, group }) => groups.has(unitId) && groups.get(unitId) !== group)
      .map(({ unitId }) => unitId),
  }
}

/** Throws `unknown-unit`, and `participant-repeated` with its name. */
function requireOnce(
  participants: readonly z.infer<typeof participant>[],
  unitNames: ReadonlyMap<string, string>,
): void {
  const seen = new Set<string>()
  for (const { unitId } of participants) {
    const name = unitNames.get(unitId)
    if (name === undefined) throw new Problem('unknown-unit')
    if (seen.has(unitId)) throw new Problem('participant-repeated', { params: { units: name } })
    seen.add(unitId)
  }
}

/**
 * Replaces the list of participants. Throws what `requireMatch` throws, what the stage forbids, `unknown-unit`, `participant-repeated`; once the
 * year runs also `reason-required`; and `participant-has-facts` when one would leave of whom something is recorded.
 */
export const replaceParticipantsOf = (
  actor: Actor,
  assessmentId: string,
  { participants, reason }: z.infer<typeof participantsBody>,
  ifMatch: string | undefined,
): Promise<void> =>
  actIn(actor, assessmentId, 'participants.change', async ({ trx, visible, versionBefore }) => {
    requireMatch(ifMatch, versionTag(versionBefore))
    const isDraft = mayWrite(visible.assessment, 'set-up')
    if (!isDraft) requireActivity(visible.assessment, 'amend-participants')
    const unitNames = unitNamesIn(visible)
    requireOnce(participants, unitNames)
    const changes = changesIn(visible.participants, participants)
    const isChanged = changes.added.length + changes.removed.length + changes.moved.length > 0
    if (!isDraft && isChanged && reason === undefined) throw new Problem('reason-required')
    if (changes.removed.length > 0) {
      const held = await participantsHeld(trx, visible)
      const kept = changes.removed.filter((unitId) => held.has(unitId))
      const units = kept.slice(0, 5).map((unitId) => unitNames.get(unitId) ?? '')
      if (kept.length > 0) throw new Problem('participant-has-facts', { params: { units: units.join('、') } })
    }
    await replaceParticipants(
      trx,
      assessmentId,
      participants.map(({ unitId, group }, position) => ({
        assessmentId,
        unitId,
        groupName: group,
        position,
      })),
    )
    return done(undefined, {
      subject: assessmentId,
      detail: { ...changes, count: participants.length, ...(reason === undefined ? {} : { reason }) },
    })
  })
