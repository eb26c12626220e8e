import { z } from 'zod'
import { namesOf, type AccountNames } from '../../db/accounts.ts'
import type { Source } from '../../db/source.ts'
import type { AccountRow } from '../../db/tables.ts'
import { findUnit } from '../../db/units.ts'
import { etagOf } from '../http/if-match.ts'
import { asView } from '../http/wire.ts'
import { accountSchema } from './session-view.ts'

const recorded = accountSchema.extend({
  disabledAt: z.string().nullable(),
  createdAt: z.string(),
  secondFactor: z.boolean(),
  /** Since when it waits for its role to be granted; it does not work meanwhile. */
  awaitsGrantSince: z.string().nullable(),
  /** Null while it waits, and where it was there before roles were granted. */
  grantedAt: z.string().nullable(),
  /** The name of who granted it; null where the first start did. */
  grantedBy: z.string().nullable(),
})
export const accountRecordSchema = recorded
  .extend({ lastSignInAt: z.string().nullable(), etag: z.string() })
  .meta({ id: 'AccountRecord' })
export type AccountRecord = z.infer<typeof accountRecordSchema>

/** An account as its administrators see it. That somebody signed in does not make it another one. */
export function accountRecord(
  row: AccountRow,
  unitName: string | undefined,
  names: AccountNames,
): AccountRecord {
  const view = asView(recorded, {
    ...row,
    unit: row.unitId === null ? null : { id: row.unitId, name: unitName ?? '' },
    mustChangePassword: row.mustChangePassword === 1,
    secondFactor: Boolean(row.secondFactor),
    awaitsGrantSince: row.awaitsGrantSince ?? null,
    grantedAt: row.grantedAt ?? null,
    grantedBy: names.get(row.grantedBy ?? '')?.name ?? null,
  })
  return { ...view, lastSignInAt: row.lastSignInAt ?? null, etag: etagOf(view) }
}

/** The same of one account, with the names it takes. */
export async function recordOf(db: Source, row: AccountRow): Promise<AccountRecord> {
  const unit = row.unitId === null ? undefined : await findUnit(db, row.unitId)
  return accountRecord(row, unit?.name, await namesOf(db, [row.grantedBy ?? null]))
}
