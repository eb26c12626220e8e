import { z } from 'zod'
import { roles } from '#assessment/vocabulary'
import type { AccountRow } from '../../db/tables.ts'
import { etagOf } from '../http/if-match.ts'
import { asView, reference } from '../http/wire.ts'

const known = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  role: z.enum(roles),
  unit: reference.nullable(),
  mustChangePassword: z.boolean(),
  disabledAt: z.string().nullable(),
  createdAt: z.string(),
})
export const accountRecordSchema = known.extend({ etag: z.string() }).meta({ id: 'AccountRecord' })
export type AccountRecord = z.infer<typeof accountRecordSchema>

/** An account as its administrators see it. */
export function accountRecord(row: AccountRow, unitName: string | undefined): AccountRecord {
  const unit = row.unitId === null ? null : { id: row.unitId, name: unitName ?? '' }
  const view = asView(known, { ...row, unit, mustChangePassword: row.mustChangePassword === 1 })
  return { ...view, etag: etagOf(view) }
}
