import { ledgersOf, type Ledger, type Scheme } from '#assessment/rule/scheme'
import { chargingIn, type Visible } from '../access/visibility.ts'
import { textAt } from '../exchange/spreadsheet/heading.ts'
import { madeTables, type Said, type Skipped } from '../exchange/spreadsheet/made-table.ts'
import { pastedSheet } from '../exchange/spreadsheet/pasted-sheet.ts'
import { madeLedger } from '../exchange/workbook/made-ledger.ts'
import { numberedWithin, parseLedger } from '../exchange/workbook/parse-ledger.ts'
import type { InThread } from '../jobs/jobs.ts'
import { tablesView } from '../http/made-table.ts'
import { readAnyFile, readSheets } from '../jobs/read-workbook.ts'
import { startReport, type Report } from '../exchange/spreadsheet/report.ts'
import { nameMap } from '../exchange/spreadsheet/name-map.ts'
import { sheetNames, sheetOf } from '../exchange/workbook/sheet-columns.ts'
import type { Sheet } from '../exchange/spreadsheet/sheet.ts'
import type { Problem as CellProblem } from '../exchange/spreadsheet/messages.ts'
import type { Origin } from '../exchange/spreadsheet/place.ts'
import type { Case } from './case.ts'

/** The most findings recorded at within. */
const batchLimit = 2000

/** A row of a batch that can be read. */
export interface BatchRow {
  readonly sheet: string
  readonly row: number
  readonly finding: Case['finding']
  readonly numbered: boolean
}

export interface Batch {
  readonly rows: readonly BatchRow[]
  readonly problems: readonly CellProblem[]
  readonly skipped: readonly Skipped[]
  /** How the tables were read. */
  readonly tables: ReturnType<typeof tablesView>
  /** The unit as a row of the table has it. */
  readonly writtenUnit: (origin: Origin) => string
}

/** Pasted text, or a file with ledger sheets. */
export type BatchSource = { readonly text: string } | { readonly file: Uint8Array; readonly fileName: string }

/** The sheet of each ledger with the kinds that may stand in it. */
const ledgerSheets = (scheme: Scheme): { readonly sheetName: string; readonly ledger: Ledger }[] =>
  ledgersOf(scheme).map(({ key, ledger }) => {
    const component = scheme.components.find((each) => each.key === key)
    return { sheetName: component ? sheetOf(component) : sheetNames.adjustments, ledger }
  })

/** Every sheet of a source; of a file too large for that, its ledger sheets. */
async function sheetsIn(
  source: BatchSource,
  names: readonly string[],
  report: Report,
  inThread: InThread,
): Promise<readonly Sheet[]> {
  if ('text' in source) return [pastedSheet(source.text)]
  const reading = await readAnyFile(source.file, source.fileName, { inThread })
  if (reading.ok) return reading.sheets
  const named = await readSheets(source.file, names, { mostRows: batchLimit, inThread })
  if (named.ok && named.sheets.length > 0) return named.sheets
  for (const { code, sheet, row, column, params } of reading.problems)
    report.problem(code, sheet, row, column, params)
  return []
}

/** Reads a batch: its rows, units named, and what is wrong with those that cannot be read. Throws the signal's reason. */
export async function readBatch(
  source: BatchSource,
  visible: Pick<Visible, 'scheme' | 'units' | 'participants'>,
  said: Said,
  inThread: InThread,
): Promise<Batch> {
  const report = startReport()
  const ledgers = ledgerSheets(visible.scheme)
  const kinds = ledgers.flatMap(({ ledger }) => ledger.kinds)
  const sheetsOfLedgers = ledgers.map(({ sheetName }) => sheetName)
  const sheets = await sheetsIn(source, sheetsOfLedgers, report, inThread)
  const subject = madeLedger({
    units: visible.units.map(({ name }) => name),
    kinds: kinds.map(({ name }) => name),
    sheetNames: sheetsOfLedgers,
    most: batchLimit,
  })
  const tables = madeTables(sheets, subject, said)
  if (sheets.length > 0 && !tables.isSure && !('text' in source))
    report.problem('missing-sheet', ledgers[0]?.sheetName ?? null)
  // Sheets that are none of the ledgers' hold rows of any of them.
  const any: Ledger = { areas: [], kinds }
  const wanted = tables.isSure || 'text' in source ? tables.read : []
  const names = nameMap(visible.units.map(({ name }) => [name, name]))
  const idOf = new Map(visible.units.map(({ id, name }) => [name, id]))
  const { numbering } = chargingIn(visible)
  const findings: Case['finding'][] = []
  const origins: Origin[] = []
  const numbered: boolean[] = []
  for (const { laidOut: sheet } of wanted) {
    const ledger = ledgers.find(({ sheetName }) => sheetName === sheet.name)?.ledger ?? any
    // Whether somebody can be charged is said by the recording itself, kind by kind.
    const read = parseLedger(sheet, ledger, { named: names.get, isCharged: () => true }, report)
    findings.push(...(read?.findings ?? []))
    origins.push(...(read?.origins ?? []))
    numbered.push(...(read?.numbered ?? []))
  }
  const within = numberedWithin(
    { findings, origins, numbered },
    (unit) => numbering(idOf.get(unit) ?? unit),
    report,
  )
  const wrong = new Set(report.problems.map(({ sheet, row }) => `${sheet} ${row}`))
  const rows = origins.flatMap((origin, index): BatchRow[] => {
    const finding = within.findings[index]
    return finding && !wrong.has(`${origin.sheet} ${origin.row}`)
      ? [{ ...origin, finding, numbered: within.numbered[index] ?? false }]
      : []
  })
  const written = new Map(
    wanted.flatMap(({ sheet, layout }) =>
      sheet.rows.map(
        (row) => [`${sheet.name} ${row.number}`, textAt(row, layout.columns.单位 ?? -1)] as const,
      ),
    ),
  )
  return {
    rows,
    problems: report.problems,
    skipped: tables.skipped,
    tables: tablesView(sheets, tables),
    writtenUnit: ({ sheet, row }) => written.get(`${sheet} ${row}`) ?? '',
  }
}
