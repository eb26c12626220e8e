import { z } from 'zod'
import { decimal, isDecimal } from '#assessment/rational'
import { batchChanges } from '#assessment/score/batch-differences'
import { anySheetLimits } from '../exchange/spreadsheet/any-sheets.ts'
import { id, reference } from '../http/wire.ts'

/* What the pages of the third party send and are told. */

const full = z
  .string()
  .trim()
  .max(12)
  .refine((text) => isDecimal(text) && !/^[+-]/.test(text) && decimal(text).n > 0n)
const column = z
  .int()
  .min(0)
  .max(anySheetLimits.columns - 1)

export const mappingSchema = z
  .object({
    sheet: z.string().max(200),
    headerRow: z.int().min(1).max(1_048_576),
    unit: column,
    total: z.object({ column, full }).nullable(),
    dimensions: z.array(z.object({ key: z.string().max(120), column, full })).max(60),
    holds: z.enum(['total', 'dimensions']).nullable(),
    names: z.array(z.object({ written: z.string().min(1).max(200), unitId: id.nullable() })).max(2000),
  })
  .meta({ id: 'ColumnMapping' })

export const fileReading = z
  .object({
    fileName: z.string(),
    sheets: z.array(
      z.object({
        name: z.string(),
        rowCount: z.int(),
        columnCount: z.int(),
        /** The first rows, as text. */
        rows: z.array(z.object({ number: z.int(), cells: z.array(z.string()) })),
      }),
    ),
    /** How the file is probably to be read; null when nothing in it looks like units. */
    mapping: mappingSchema.nullable(),
    /** Whether the mapping is that of the evaluator's last file. */
    remembered: z.boolean(),
  })
  .meta({ id: 'EvaluatorFile' })

const change = z.object({ from: z.string().nullable(), to: z.string().nullable() })
const rankChange = z.object({ from: z.int().nullable(), to: z.int().nullable() })
/** Of one unit, with everything else as it is today. */
const effect = { score: change, composite: change, grade: change, rank: rankChange }

const message = z.object({
  sheet: z.string().nullable(),
  row: z.int().nullable(),
  column: z.string().nullable(),
  code: z.string(),
  message: z.string(),
})

export const previewSchema = z
  .object({
    rows: z.array(
      z.object({
        unit: reference,
        group: z.string(),
        row: z.int().nullable(),
        written: z.string().nullable(),
        marks: z.array(
          z.object({
            dimension: z.string().nullable(),
            given: z.string().nullable(),
            givenFull: z.string(),
            marks: z.string().nullable(),
          }),
        ),
        ...effect,
      }),
    ),
    errors: z.array(message),
    errorCount: z.int(),
    warnings: z.array(message),
    unmatched: z.array(z.object({ row: z.int(), written: z.string(), suggestions: z.array(reference) })),
    /** Of the scores out of 100, two decimals; null when there are none. */
    distribution: z
      .object({
        count: z.int(),
        least: z.string(),
        median: z.string(),
        mean: z.string(),
        most: z.string(),
      })
      .nullable(),
    supersedes: reference.nullable(),
    /** The state that was looked at; accept with it as If-Match. */
    etag: z.string(),
    /** The stored batch; null in a preview. */
    batchId: z.string().nullable(),
  })
  .meta({ id: 'MarksPreview' })

export const batchView = z
  .object({
    id: z.string(),
    component: z.string(),
    fileName: z.string(),
    sha256: z.string(),
    onDay: z.string(),
    recordedBy: z.string().nullable(),
    recordedAt: z.string(),
    /** Units in the batch, and how many of them have a mark. */
    units: z.int(),
    marked: z.int(),
    evidenceId: z.string().nullable(),
    supersedes: z.string().nullable(),
    reason: z.string().nullable(),
    /** Whether it is the last of its component. */
    counts: z.boolean(),
  })
  .meta({ id: 'MarksBatch' })

export const differencesSchema = z
  .object({
    from: reference,
    to: reference,
    counts: z.object({ added: z.int(), removed: z.int(), changed: z.int() }),
    items: z.array(
      z.object({
        unit: reference,
        group: z.string(),
        dimension: z.string().nullable(),
        change: z.enum(batchChanges),
        marks: change,
        ...effect,
      }),
    ),
    /** Units whose rank moves though their own marks are the same. */
    moved: z.array(z.object({ unit: reference, group: z.string(), ...effect })),
  })
  .meta({ id: 'BatchDifferences' })
