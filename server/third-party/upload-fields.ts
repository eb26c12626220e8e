import { z } from 'zod'
import { decimal, isDecimal } from '#assessment/rational'
import { anySheetLimits } from '../exchange/spreadsheet/any-sheets.ts'
import { jsonField } from '../http/upload.ts'
import { id } from '../http/wire.ts'

const full = z
  .string()
  .trim()
  .max(12)
  .refine((text) => isDecimal(text) && !/^[+-]/.test(text) && decimal(text).n > 0n)
const column = z
  .int()
  .min(0)
  .max(anySheetLimits.columns - 1)

const marks = z
  .string()
  .trim()
  .max(12)
  .refine((text) => isDecimal(text) && !/^[+-]/.test(text))
/** 折算: how what was given becomes marks. */
export const conversionSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('proportion') }),
  z.object({ type: z.literal('best') }),
  z.object({ type: z.literal('rank'), step: marks, floor: marks }),
  z.object({ type: z.literal('efficacy'), base: marks.refine((text) => Number(text) <= 100) }),
])

/** Which columns of an evaluator's file hold what. */
export const mappingSchema = z
  .object({
    sheet: z.string().max(200),
    headerRow: z.int().min(1).max(1_048_576),
    unit: column,
    total: z.object({ column, full }).nullable(),
    dimensions: z.array(z.object({ key: z.string().max(120), column, full })).max(60),
    holds: z.enum(['total', 'dimensions']).nullable(),
    conversion: conversionSchema.optional(),
    names: z.array(z.object({ written: z.string().min(1).max(200), unitId: id.nullable() })).max(2000),
  })
  .meta({ id: 'ColumnMapping' })

/** The mapping of a batch as it was accepted. */
export const storedMapping = (text: string): z.infer<typeof mappingSchema> =>
  mappingSchema.parse(JSON.parse(text))

/** Beside an evaluator's file: the component, and the window, whose marks it holds. */
export const componentField = z.object({
  component: z.string().min(1).max(120),
  /** Needed where the component has windows. */
  window: z.string().min(1).max(120).optional(),
})
/** The same with how the file is to be read, and why it replaces the batch before. */
export const mappedFields = componentField.extend({
  mapping: jsonField(500_000).pipe(mappingSchema),
  reason: z.string().trim().max(1000).optional(),
})
