import type { Insertable, Selectable, Transaction } from 'kysely'
import { updateStage } from './assessments.ts'
import { insertRows } from './bulk.ts'
import { newId } from './ids.ts'
import type { Source } from './source.ts'
import type { StageChangeRow, Tables } from './tables.ts'

/** Brings an assessment to a stage and says so in its course 考核进程; its version grows. Which moves are legal is `stage-rules.ts`. */
export async function moveStage(
  trx: Transaction<Tables>,
  change: Omit<Insertable<StageChangeRow>, 'seq' | 'id'>,
): Promise<void> {
  await updateStage(trx, change.assessmentId, change.stage)
  await trx
    .insertInto('stageChanges')
    .values({ ...change, id: newId() })
    .execute()
}

/** In the order they happened. */
export const listStageChanges = (db: Source, assessmentId: string): Promise<Selectable<StageChangeRow>[]> =>
  db.selectFrom('stageChanges').selectAll().where('assessmentId', '=', assessmentId).orderBy('seq').execute()

/** Stages that an assessment came to before, as a restored or fictional year brings them. */
export const insertStageChanges = (
  trx: Transaction<Tables>,
  rows: readonly Insertable<StageChangeRow>[],
): Promise<void> => insertRows(trx, 'stageChanges', rows)
