import { z } from 'zod'
import { anySheetLimits } from '../exchange/spreadsheet/any-sheets.ts'
import { excerptOf } from '../exchange/spreadsheet/excerpt.ts'
import { headerText } from '../exchange/spreadsheet/heading.ts'
import type { MadeTables, Said, Skipped } from '../exchange/spreadsheet/made-table.ts'
import type { Problem as CellProblem } from '../exchange/spreadsheet/messages.ts'
import { offersFor, type Meant } from '../exchange/spreadsheet/offers.ts'
import type { Sheet } from '../exchange/spreadsheet/sheet.ts'
import type { Language } from '#assessment/language'
import { cellError } from './cell-error.ts'
import { jsonField } from './upload.ts'
import { parsedBy } from './validated.ts'

const row = z.int().min(0).max(1_048_576)
const sheetName = z.string().max(200)
const columnName = z.string().max(60)
const column = z
  .int()
  .min(0)
  .max(anySheetLimits.columns - 1)

export const excerptSchema = z.object({
  name: z.string(),
  rowCount: z.int(),
  columnCount: z.int(),
  /** The first rows, as text. */
  rows: z.array(z.object({ number: z.int(), cells: z.array(z.string()) })),
})

const layout = z.object({
  sheet: sheetName,
  headerRow: row.nullable(),
  columns: z.record(columnName, column),
})

const said = z.object({
  layouts: z.array(layout).max(anySheetLimits.sheets).optional(),
  meanings: z
    .array(
      z.object({
        column: columnName,
        written: z.string().max(2000),
        means: z.string().max(2000),
        row: row.nullable(),
      }),
    )
    .max(2000)
    .default([]),
  leftOut: z
    .array(z.object({ sheet: sheetName, row }))
    .max(5000)
    .default([]),
  headings: z
    .array(z.object({ heading: z.string().max(200), column: columnName }))
    .max(200)
    .default([]),
})

/** What a person said of a table that they bring, as JSON beside it. */
const saidField = jsonField(900_000).pipe(said).default({ meanings: [], leftOut: [], headings: [] })

/** What was said among the fields beside a table. Throws `invalid-request`. */
export const saidIn = (fields: unknown): Said =>
  parsedBy(
    saidField,
    typeof fields === 'object' && fields !== null && 'said' in fields ? fields.said : undefined,
  )

export const tablesSchema = z.object({
  /** How each table was read, and the headings by which it was. */
  layouts: z.array(layout.extend({ headings: z.record(columnName, z.string()) })),
  sheets: z.array(excerptSchema),
})

/** The beginning of a sheet, as people see it. */
export function excerptView(sheet: Sheet): z.infer<typeof excerptSchema> {
  const { rows, ...rest } = excerptOf(sheet)
  return { ...rest, rows: rows.map(({ number, cells }) => ({ number, cells: [...cells] })) }
}

/** How tables were read, for the person who brings them to look at and to change. */
export const tablesView = (sheets: readonly Sheet[], { read }: MadeTables): z.infer<typeof tablesSchema> => ({
  layouts: read.map(({ sheet, layout: { sheet: name, headerRow, columns } }) => ({
    sheet: name,
    headerRow,
    columns: { ...columns },
    headings: Object.fromEntries(
      Object.entries(columns).map(([each, at]) => [
        each,
        headerRow === null ? '' : headerText(sheet, headerRow, at).slice(0, 200),
      ]),
    ),
  })),
  sheets: sheets.map(excerptView),
})

/** What a row asks a person: `written` is what stands in the cell in `column`. */
export const questionFields = {
  written: z.string().optional(),
  /** What may have been meant by it; `lasts`: it means the same in the next table. */
  offers: z.array(z.string()).optional(),
  lasts: z.boolean().optional(),
} as const

/** A cell that could not be read, with what may have been meant. */
export function unreadCell(problem: CellProblem, meant: Meant, language: Language) {
  const { texts, lasts } = offersFor(problem, meant)
  return {
    ...cellError(problem, language),
    outcome: 'error' as const,
    written: String(problem.params.value ?? ''),
    ...(texts.length > 0 ? { offers: [...texts], lasts } : {}),
  }
}

const skippedWords: Readonly<Record<Skipped['by'], Readonly<Record<Language, string>>>> = {
  person: { 'zh-CN': '已选择不导入这一行。', en: 'Left out, as you chose.' },
  total: {
    'zh-CN': '像是合计、平均或备注，未读取。',
    en: 'It looks like a sum, an average or a note, and was not read.',
  },
}

/** A row that was not taken, and why. */
export const skippedRow = ({ sheet, row, text, by }: Skipped, language: Language) => ({
  sheet,
  row,
  column: null,
  outcome: 'left-out' as const,
  written: text,
  message: skippedWords[by][language],
})
