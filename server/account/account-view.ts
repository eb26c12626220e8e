import { z } from 'zod'
import { roles } from '#assessment/vocabulary'
import type { AccountRow } from '../../db/tables.ts'
import { etagOf } from '../http/if-match.ts'
import { reference } from '../http/wire.ts'

export const accountRecordSchema = z
  .object({
    id: z.string(),
    username: z.string(),
    name: z.string(),
    role: z.enum(roles),
    unit: reference.nullable(),
    mustChangePassword: z.boolean(),
    disabledAt: z.string().nullable(),
    createdAt: z.string(),
    etag: z.string(),
  })
  .meta({ id: 'AccountRecord' })
export type AccountRecord = z.infer<typeof accountRecordSchema>

/** An account as its administrators see it. */
export function accountRecord(row: AccountRow, unitName: string | undefined): AccountRecord {
  const view = {
    id: row.id,
    username: row.username,
    name: row.name,
    role: row.role,
    unit: row.unitId === null ? null : { id: row.unitId, name: unitName ?? '' },
    mustChangePassword: row.mustChangePassword === 1,
    disabledAt: row.disabledAt,
    createdAt: row.createdAt,
  }
  return { ...view, etag: etagOf(view) }
}
