import type { Transaction } from 'kysely'
import type { Source } from './source.ts'
import type { Tables, UnitReminderRow } from './tables.ts'

/** Puts reminders in the place of those that the units had in the assessment. */
export async function saveUnitReminders(
  trx: Transaction<Tables>,
  rows: readonly UnitReminderRow[],
): Promise<void> {
  for (const row of rows) {
    const { assessmentId, unitId, ...said } = row
    await trx
      .insertInto('unitReminders')
      .values({ assessmentId, unitId, ...said })
      .onConflict((conflict) => conflict.columns(['assessmentId', 'unitId']).doUpdateSet(said))
      .execute()
  }
}

/** What a unit was last reminded of, by assessment. */
export const listUnitReminders = (db: Source, unitId: string): Promise<UnitReminderRow[]> =>
  db.selectFrom('unitReminders').selectAll().where('unitId', '=', unitId).orderBy('recordedAt').execute()
