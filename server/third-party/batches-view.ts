import { z } from 'zod'
import { batchChanges, batchDifferences } from '#assessment/score/batch-differences'
import type { ExternalMark } from '#assessment/score/facts'
import { namesOf } from '../../db/accounts.ts'
import { listBatchMarks, listExternalBatches, type ExternalBatch } from '../../db/external-batches.ts'
import type { Source } from '../../db/source.ts'
import { unitNamesIn, type Visible } from '../access/visibility.ts'
import type { Actor } from '../act.ts'
import type { AssessedCache } from '../assessed.ts'
import { Problem } from '../http/problem.ts'
import { asView, reference } from '../http/wire.ts'
import { todayBy } from '../today.ts'
import { effectOfMarks, effectSchema, textChange } from './effect.ts'
import { externalComponent, isAt, lastBatch, placeOf } from './place.ts'
import { conversionSchema, storedMapping } from './upload-fields.ts'

export const batchSchema = z
  .object({
    id: z.string(),
    component: z.string(),
    /** Null where the component has no windows. */
    window: z.string().nullable(),
    fileName: z.string(),
    sha256: z.string(),
    onDay: z.string(),
    recordedBy: z.string().nullable(),
    recordedAt: z.string(),
    /** Units in the batch, and how many of them have a mark. */
    units: z.int(),
    marked: z.int(),
    evidenceId: z.string().nullable(),
    supersedes: z.string().nullable(),
    reason: z.string().nullable(),
    /** How what was given became marks. */
    conversion: conversionSchema,
    /** Whether it is the last of its component, or of its window. */
    counts: z.boolean(),
  })
  .meta({ id: 'MarksBatch' })

/** The batches of an assessment, or of one component, newest first. */
export async function batchViews(
  db: Source,
  { assessment }: Visible,
  component: string | undefined,
): Promise<z.infer<typeof batchSchema>[]> {
  const batches = await listExternalBatches(db, assessment.id)
  const names = await namesOf(
    db,
    batches.map(({ recordedBy }) => recordedBy),
  )
  return batches
    .filter((batch) => component === undefined || batch.component === component)
    .map((batch) =>
      asView(batchSchema, {
        ...batch,
        window: batch.windowKey ?? null,
        conversion: storedMapping(batch.mapping).conversion ?? { type: 'proportion' },
        recordedBy: names.get(batch.recordedBy ?? '')?.name ?? null,
        counts: lastBatch(batches, placeOf(batch))?.id === batch.id,
      }),
    )
}

const unitEffect = effectSchema.extend({ unit: reference, group: z.string() })
export const differencesSchema = z
  .object({
    from: reference,
    to: reference,
    counts: z.object({ added: z.int(), removed: z.int(), changed: z.int() }),
    items: z.array(
      unitEffect.extend({
        dimension: z.string().nullable(),
        change: z.enum(batchChanges),
        marks: textChange,
      }),
    ),
    /** Units whose rank moves though their own marks are the same. */
    moved: z.array(unitEffect),
  })
  .meta({ id: 'BatchDifferences' })

/** Each mark of a batch as it was given and as it counts. */
export const batchMarksSchema = z
  .object({
    items: z.array(
      z.object({
        unit: reference,
        group: z.string(),
        dimension: z.string().nullable(),
        /** As the evaluator gave it, and out of what. */
        given: z.string().nullable(),
        givenFull: z.string().nullable(),
        /** On the rule's full marks; null where nothing was given. */
        marks: z.string().nullable(),
        notApplicable: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'BatchMarks' })

/** The marks of one batch, unit by unit. Throws `not-found`. */
export async function batchMarksView(
  db: Source,
  visible: Visible,
  batchId: string,
): Promise<z.infer<typeof batchMarksSchema>> {
  const batches = await listExternalBatches(db, visible.assessment.id)
  if (!batches.some(({ id }) => id === batchId)) throw new Problem('not-found')
  const names = unitNamesIn(visible)
  const groups = new Map(visible.participants.map(({ unitId, groupName }) => [unitId, groupName]))
  return {
    items: (await listBatchMarks(db, batchId)).map((mark) => ({
      unit: { id: mark.unitId, name: names.get(mark.unitId) ?? '' },
      group: groups.get(mark.unitId) ?? '',
      dimension: mark.dimension,
      given: mark.givenMarks ?? null,
      givenFull: mark.givenFull ?? null,
      marks: mark.marks,
      notApplicable: mark.notApplicable === 1,
    })),
  }
}

const marksOf = async (db: Source, { id }: ExternalBatch): Promise<ExternalMark[]> =>
  (await listBatchMarks(db, id)).map(
    ({ unitId, component, windowKey, dimension, marks, notApplicable, onDay }) => ({
      unitId,
      component,
      window: windowKey ?? null,
      dimension,
      marks: notApplicable === 1 ? 'not-applicable' : marks,
      on: onDay,
    }),
  )

/** What a batch changed against another of its component, by default the one it replaced. Throws `not-found`. */
export async function differencesView(
  { deps, assessed }: Actor & { readonly assessed: AssessedCache },
  visible: Visible,
  batchId: string,
  against: string | undefined,
): Promise<z.infer<typeof differencesSchema>> {
  const batches = await listExternalBatches(deps.db, visible.assessment.id)
  const to = batches.find(({ id }) => id === batchId)
  const from = batches.find(
    (batch) =>
      to !== undefined && batch.id === (against ?? to.supersedes) && isAt(placeOf(to), placeOf(batch)),
  )
  if (!to || !from) throw new Problem('not-found')
  const [before, after] = [await marksOf(deps.db, from), await marksOf(deps.db, to)]
  const differences = batchDifferences(before, after)
  const facts = await assessed.load(visible.assessment.id)
  const effect = effectOfMarks(facts, todayBy(deps), placeOf(to), before, after)
  const unitNames = unitNamesIn(visible)
  const groups = new Map(visible.participants.map(({ unitId, groupName }) => [unitId, groupName]))
  const about = (unitId: string) => ({
    unit: { id: unitId, name: unitNames.get(unitId) ?? '' },
    group: groups.get(unitId) ?? '',
    ...effect(unitId),
  })
  const { dimensions } = externalComponent(visible, to.component)
  const changed = new Set(differences.map(({ unitId }) => unitId))
  const counts = { added: 0, removed: 0, changed: 0 }
  for (const { change } of differences) counts[change]++
  return {
    from: { id: from.id, name: from.fileName },
    to: { id: to.id, name: to.fileName },
    counts,
    items: differences.map(({ unitId, dimension, change, from, to }) => ({
      ...about(unitId),
      dimension: dimensions.find(({ key }) => key === dimension)?.name ?? dimension,
      change,
      marks: { from, to },
    })),
    moved: visible.participants
      .filter(({ unitId }) => !changed.has(unitId))
      .map(({ unitId }) => about(unitId))
      .filter(({ rank }) => rank.from !== rank.to),
  }
}
