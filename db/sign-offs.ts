import type { Selectable, Transaction } from 'kysely'
import type { UnitWindowPlace } from './drafts.ts'
import { newId } from './ids.ts'
import type { Source } from './source.ts'
import type { SignOffRow, Tables } from './tables.ts'

export type SignOff = Selectable<SignOffRow>

/** The last word on 审定 in a unit's window since a moment; undefined when there is none. */
export const lastSignOff = (
  db: Source,
  place: UnitWindowPlace,
  since: string | null,
): Promise<SignOff | undefined> =>
  db
    .selectFrom('signOffs')
    .selectAll()
    .where('assessmentId', '=', place.assessmentId)
    .where('component', '=', place.component)
    .where('windowKey', '=', place.windowKey)
    .where('unitId', '=', place.unitId)
    .where('recordedAt', '>', since ?? '')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()

export async function insertSignOff(
  trx: Transaction<Tables>,
  row: Omit<SignOffRow, 'id' | 'seq'>,
): Promise<void> {
  await trx
    .insertInto('signOffs')
    .values({ id: newId(), ...row })
    .execute()
}
