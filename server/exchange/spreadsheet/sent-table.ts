import { z } from 'zod'
import { writeShownTable } from './shown-table.ts'

const mostColumns = 60
const mostRows = 50_000
const cell = z.union([z.string().max(30_000), z.number(), z.null()])

/** A table as it stands on somebody's screen. */
export const sentTable = z
  .strictObject({
    title: z.string().trim().min(1).max(200),
    /** Where the figures come from, e.g. the assessment and its day, and how they were filtered. */
    source: z.string().trim().max(2000),
    columns: z
      .array(
        z.strictObject({ label: z.string().max(300), format: z.enum(['text', 'number', 'points', 'day']) }),
      )
      .min(1)
      .max(mostColumns),
    rows: z.array(z.array(cell).max(mostColumns)).max(mostRows),
  })
  .meta({ id: 'ShownTable' })

/** What is wrong with what was sent, by its place. */
interface Issue {
  readonly path: readonly PropertyKey[]
  readonly code: string
}

/** Writes the table that the text of a request spells, with a note of when it was taken; or says what is wrong with it. */
export async function writeSentTable(
  json: string,
  note: string,
): Promise<{ readonly title: string; readonly book: Uint8Array } | { readonly issues: readonly Issue[] }> {
  const parsed = sentTable.safeParse(parsedJson(json))
  if (!parsed.success) {
    const issues = parsed.error.issues.slice(0, mostIssues)
    return { issues: issues.map(({ path, code }) => ({ path: path.map(String), code })) }
  }
  const { title, source, columns, rows } = parsed.data
  const book = await writeShownTable({
    title,
    notes: [...(source === '' ? [] : [source]), note],
    columns: columns.map(({ label, format }) => ({ name: label, format })),
    rows,
  })
  return { title, book }
}

const mostIssues = 100

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
