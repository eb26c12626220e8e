import { z } from 'zod'
import { namesOf } from '../../db/accounts.ts'
import {
  deleteDraftEvidence,
  findDraftEvidence,
  insertDraftEvidence,
  listDrafts,
  saveDraft,
  type UnitWindowPlace,
} from '../../db/drafts.ts'
import { deleteStaged, findEvidence } from '../../db/evidence.ts'
import type { Source } from '../../db/source.ts'
import type { DraftRow } from '../../db/tables.ts'
import { draftIn, type Actor, type DoingBeside } from '../act.ts'
import type { Deps } from '../deps.ts'
import { evidenceView, type EvidenceView } from '../evidence/evidence-view.ts'
import { removeStored } from '../evidence/storage.ts'
import { requireMatch, withCurrent } from '../http/if-match.ts'
import { Problem } from '../http/problem.ts'
import { id, text } from '../http/wire.ts'
import { enteredMarks, requireWithinFull } from './entry.ts'
import { draftEtag, draftView } from './form.ts'
import { leafIn, placeBody, unitWindowAt, type PlaceQuery, type UnitWindowAt } from './place.ts'
import { requireStep, standingIn } from './state.ts'
import type { EntryView } from './wire.ts'

/** Whose form of which year. */
export interface FormAddress {
  readonly assessmentId: string
  readonly unitId: string
}

export const entryBody = placeBody.extend({
  leaf: text(200),
  marks: enteredMarks.nullable(),
  notApplicable: z.boolean().default(false),
  note: z
    .string()
    .trim()
    .max(2000)
    .nullable()
    .transform((note) => (note === '' ? null : note)),
})
export const leafEvidenceBody = placeBody.extend({ leaf: text(200), evidenceId: id })

/** The unit's window while it may be filled in. Throws `not-found`, what the stage forbids, and `self-locked`. */
async function openFor(
  { trx, visible, today }: DoingBeside,
  actor: Actor,
  unitId: string,
  asked: PlaceQuery,
): Promise<UnitWindowAt> {
  const at = await unitWindowAt(trx, visible, actor, unitId, asked, today)
  requireStep('fill', await standingIn(trx, at.place, unitId), at)
  return at
}

const draftOf = async (db: Source, place: UnitWindowPlace, leaf: string): Promise<DraftRow | undefined> =>
  (await listDrafts(db, place)).find((row) => row.leaf === leaf)

/** Saves what is entered for one leaf. Throws `not-found`, `self-locked`, `claim-above-full`, and what `requireMatch` throws, with the entry in `current`. */
export function saveEntry(
  actor: Actor,
  { assessmentId, unitId }: FormAddress,
  { leaf: key, marks, notApplicable, note, ...asked }: z.infer<typeof entryBody>,
  ifMatch: string | undefined,
): Promise<EntryView> {
  const { db } = actor.deps
  const save = () =>
    draftIn(actor, assessmentId, async (doing) => {
      const { trx, by, at } = doing
      const { areas, unitPlace } = await openFor(doing, actor, unitId, asked)
      const { leaf } = leafIn(areas, key)
      const present = await draftOf(trx, unitPlace, leaf.key)
      requireMatch(ifMatch, draftEtag(present))
      const entered = notApplicable ? null : marks
      requireWithinFull(entered, leaf.full)
      const draft = {
        ...unitPlace,
        leaf: leaf.key,
        marks: entered,
        notApplicable: notApplicable ? 1 : 0,
        note,
      }
      const saved = await saveDraft(trx, { ...draft, updatedBy: by.id, updatedAt: at }, present?.version ?? 0)
      if (!saved) throw new Problem('stale')
      return draftView(saved, by.name)
    })
  return withCurrent(save, async () => {
    const place = { assessmentId, unitId, component: asked.component, windowKey: asked.window }
    const draft = await draftOf(db, place, key)
    const names = await namesOf(db, [draft?.updatedBy ?? null])
    return draftView(draft, names.get(draft?.updatedBy ?? '')?.name ?? null)
  })
}

/** Means evidence that the actor staged for a leaf. Throws `not-found`, `self-locked`, and `evidence-not-staged`. */
export const meanEvidence = (
  actor: Actor,
  { assessmentId, unitId }: FormAddress,
  { leaf: key, evidenceId, ...asked }: z.infer<typeof leafEvidenceBody>,
): Promise<EvidenceView> =>
  draftIn(actor, assessmentId, async (doing) => {
    const { trx, by, visible } = doing
    const { areas, unitPlace } = await openFor(doing, actor, unitId, asked)
    const { leaf } = leafIn(areas, key)
    const row = await findEvidence(trx, evidenceId)
    const isStaged = row?.factId === null && row.claimId === null
    if (!row || !isStaged || row.uploadedBy !== by.id || row.assessmentId !== assessmentId)
      throw new Problem('evidence-not-staged')
    await insertDraftEvidence(trx, { evidenceId: row.id, ...unitPlace, leaf: leaf.key })
    return evidenceView(row, visible.assessment)
  })

/** Takes evidence out of a form. What an earlier claim rests on stays with that claim. Throws `not-found` and `self-locked`. */
export async function dropEvidence(
  actor: Actor & { readonly deps: Pick<Deps, 'dataDir'> },
  { assessmentId, unitId }: FormAddress,
  evidenceId: string,
): Promise<void> {
  const gone = await draftIn(actor, assessmentId, async (doing) => {
    const meant = await findDraftEvidence(doing.trx, evidenceId)
    if (meant?.assessmentId !== assessmentId || meant.unitId !== unitId) throw new Problem('not-found')
    await openFor(doing, actor, unitId, { component: meant.component, window: meant.windowKey })
    await deleteDraftEvidence(doing.trx, meant.evidenceId)
    return deleteStaged(doing.trx, meant.evidenceId)
  })
  if (gone?.storedName) await removeStored(actor.deps.dataDir, gone.storedName)
}
