import type { z } from 'zod'
import type { Language } from '#assessment/language'
import { saveColumnMapping, type Commission } from '../../db/commissions.ts'
import { insertExternalBatch, listExternalBatches } from '../../db/external-batches.ts'
import { newId } from '../../db/ids.ts'
import { insertExternalMarks } from '../../db/marks.ts'
import { actIn, done, stamp, type Actor, type DoingIn } from '../act.ts'
import type { Deps } from '../deps.ts'
import { keepBrought, recordBrought } from '../evidence/brought-file.ts'
import { removeStored } from '../evidence/storage.ts'
import { rememberMapping, type ColumnMapping } from '../exchange/evaluator/mapping.ts'
import type { EvaluatorReading } from '../exchange/evaluator/marks.ts'
import type { EvaluatorMessage } from '../exchange/evaluator/words.ts'
import type { Sheet } from '../exchange/spreadsheet/sheet.ts'
import { requireMatch } from '../http/if-match.ts'
import { Problem, problemOfParts } from '../http/problem.ts'
import { keptAs, mediaTypeFor, type EvaluatorFile } from './evaluator-file.ts'
import type { mappedFields } from './upload-fields.ts'
import {
  commissionOf,
  externalComponent,
  lastBatch,
  requireTakesMarks,
  windowFor,
  type BatchPlace,
} from './place.ts'
import { marksOfRows, messageView, mostTold, participantNames, previewEtag } from './preview.ts'

/** An evaluator's file, read as it was mapped. */
interface ReadFile {
  readonly file: EvaluatorFile
  readonly sheets: readonly Sheet[]
  readonly reading: EvaluatorReading
  readonly fields: z.infer<typeof mappedFields>
}

/** Throws `marks-invalid` with the places. */
function requireReadable({ errors }: EvaluatorReading): void {
  if (errors.length === 0) return
  const tell = (message: EvaluatorMessage, language: Language) => {
    const { sheet, ...view } = messageView(message, language)
    return { ...view, sheet: sheet ?? '' }
  }
  throw problemOfParts('marks-invalid', errors, tell, mostTold)
}

async function recordMarks(
  doing: DoingIn,
  batchId: string,
  place: BatchPlace,
  { rows }: EvaluatorReading,
): Promise<void> {
  const { trx, today, visible } = doing
  const given = rows.flatMap(({ marks }) => marks)
  await insertExternalMarks(
    trx,
    marksOfRows(rows, place, today).map(({ dimension, unitId, marks, on }, index) => ({
      id: newId(),
      assessmentId: visible.assessment.id,
      component: place.component,
      windowKey: place.window,
      dimension,
      unitId,
      marks: marks === 'not-applicable' ? null : marks,
      notApplicable: marks === 'not-applicable' ? 1 : null,
      onDay: on,
      importId: null,
      batchId,
      givenMarks: given[index]?.given ?? null,
      givenFull: given[index]?.givenFull ?? null,
      ...stamp(doing),
    })),
  )
}

/** Remembers how the evaluator's file was read, for the next one. */
async function remember(
  { trx, at, visible }: DoingIn,
  { evaluator }: Commission,
  sheets: readonly Sheet[],
  mapping: ColumnMapping,
): Promise<void> {
  const sheet = sheets.find(({ name }) => name === mapping.sheet)
  if (!sheet) return
  await saveColumnMapping(trx, {
    assessingUnitId: visible.assessment.unitId,
    evaluator,
    body: JSON.stringify(
      rememberMapping(
        mapping,
        sheet,
        participantNames(visible).map(({ name }) => name),
      ),
    ),
    updatedAt: at,
  })
}

/**
 * Accepts a file as the new batch of its component and gives its id. Throws `marks-invalid`, what the stage forbids, `commission-missing`, what
 * `requireMatch` throws, `batch-reason-required`, and what is wrong with the file as evidence; nothing is left on disk then.
 */
export async function acceptBatch(
  actor: Actor & { readonly deps: Pick<Deps, 'dataDir'> },
  assessmentId: string,
  { file, sheets, reading, fields: { component, window: asked, mapping, reason } }: ReadFile,
  ifMatch: string | undefined,
): Promise<string> {
  requireReadable(reading)
  const { dataDir } = actor.deps
  const storedName = await keepBrought(dataDir, file, keptAs(file))
  try {
    return await actIn(actor, assessmentId, 'batch.accept', async (doing) => {
      const { trx, today, visible } = doing
      requireTakesMarks(visible)
      const commission = await commissionOf(trx, assessmentId, component)
      const place = { component, window: windowFor(externalComponent(visible, component), asked) }
      const last = lastBatch(await listExternalBatches(trx, assessmentId), place)
      requireMatch(ifMatch, previewEtag(visible, place, last))
      if (last && !reason) throw new Problem('batch-reason-required')
      const batch = {
        id: newId(),
        assessmentId,
        component,
        windowKey: place.window,
        commissionId: commission.id,
        fileName: file.name,
        sha256: file.sha256,
        mapping: JSON.stringify(mapping),
        evidenceId: await recordBrought(doing, file, { mediaType: mediaTypeFor(file), storedName }),
        supersedes: last?.id ?? null,
        reason: reason ? reason : null,
        onDay: today,
        ...stamp(doing),
      }
      await insertExternalBatch(trx, batch)
      await recordMarks(doing, batch.id, place, reading)
      await remember(doing, commission, sheets, mapping)
      const { sha256, supersedes, fileName } = batch
      return done(batch.id, {
        subject: batch.id,
        detail: {
          assessment: assessmentId,
          component,
          ...(place.window === null ? {} : { window: place.window }),
          file: fileName,
          sha256,
          supersedes,
          reason: batch.reason,
        },
      })
    })
  } catch (error) {
    await removeStored(dataDir, storedName)
    throw error
  }
}
