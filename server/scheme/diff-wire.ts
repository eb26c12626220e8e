import { z } from 'zod'
import { schemeFields, schemeParts } from '#assessment/rule/scheme-diff'

const value = z.union([z.string(), z.number(), z.boolean()]).nullable()
export const schemeDiffSchema = z
  .object({
    changes: z
      .array(
        z.object({
          change: z.enum(['added', 'removed', 'changed']),
          part: z.enum(schemeParts),
          trail: z.array(z.string()).readonly(),
          field: z.enum(schemeFields).nullable(),
          from: value,
          to: value,
        }),
      )
      .readonly(),
    moved: z
      .array(
        z.object({
          part: z.enum(['component', 'indicator']),
          trail: z.array(z.string()).readonly(),
          from: z.string().nullable(),
          to: z.string().nullable(),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'SchemeDiff' })
