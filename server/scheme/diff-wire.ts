import { z } from 'zod'
import {
  schemeFields,
  schemeParts,
  type PointsMoved,
  type SchemeChange,
  type SchemeDiff,
} from '#assessment/rule/scheme-diff'
import { schemaOf } from '../http/schema-of.ts'

const value = z.union([z.string(), z.number(), z.boolean()]).nullable()
export const schemeChangeSchema = schemaOf<SchemeChange>()(
  z.object({
    change: z.enum(['added', 'removed', 'changed']),
    part: z.enum(schemeParts),
    trail: z.array(z.string()),
    field: z.enum(schemeFields).nullable(),
    from: value,
    to: value,
  }),
)
const pointsMoved = schemaOf<PointsMoved>()(
  z.object({
    part: z.enum(['component', 'indicator']),
    trail: z.array(z.string()),
    from: z.string().nullable(),
    to: z.string().nullable(),
  }),
)
export const schemeDiffSchema = schemaOf<SchemeDiff>()(
  z.object({ changes: z.array(schemeChangeSchema), moved: z.array(pointsMoved) }).meta({ id: 'SchemeDiff' }),
)
