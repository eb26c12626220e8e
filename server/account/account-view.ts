import { z } from 'zod'
import type { AccountRow } from '../../db/tables.ts'
import { etagOf } from '../http/if-match.ts'
import { asView } from '../http/wire.ts'
import { accountSchema } from './session-view.ts'

const recorded = accountSchema.extend({
  disabledAt: z.string().nullable(),
  createdAt: z.string(),
  secondFactor: z.boolean(),
})
export const accountRecordSchema = recorded.extend({ etag: z.string() }).meta({ id: 'AccountRecord' })
export type AccountRecord = z.infer<typeof accountRecordSchema>

/** An account as its administrators see it. */
export function accountRecord(row: AccountRow, unitName: string | undefined): AccountRecord {
  const unit = row.unitId === null ? null : { id: row.unitId, name: unitName ?? '' }
  const view = asView(recorded, {
    ...row,
    unit,
    mustChangePassword: row.mustChangePassword === 1,
    secondFactor: Boolean(row.secondFactor),
  })
  return { ...view, etag: etagOf(view) }
}
