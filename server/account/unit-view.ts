import { z } from 'zod'
import { unitKinds } from '#assessment/vocabulary'
import type { UnitRow } from '../../db/tables.ts'
import { etagOf } from '../http/if-match.ts'

export const unitSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(unitKinds),
    parentId: z.string().nullable(),
    position: z.int(),
    etag: z.string(),
  })
  .meta({ id: 'Unit' })
export type UnitView = z.infer<typeof unitSchema>

export function unitView({ id, name, kind, parentId, position }: UnitRow): UnitView {
  const view = { id, name, kind, parentId, position }
  return { ...view, etag: etagOf(view) }
}
