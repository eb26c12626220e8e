import { ledgersOf, type Ledger, type Scheme } from '#assessment/rule/scheme'
import { chargingIn, type Visible } from '../access/visibility.ts'
import { pastedLedger } from '../exchange/workbook/pasted-table.ts'
import { numberedWithin, parseLedger } from '../exchange/workbook/parse-ledger.ts'
import type { InThread } from '../jobs/jobs.ts'
import { readSheets } from '../jobs/read-workbook.ts'
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
}

/** Pasted text, or a workbook with a ledger sheet. */
export type BatchSource = { readonly text: string } | { readonly file: Uint8Array }

/** The ledger sheets of a source, each with the kinds that may stand in it. */
async function sheetsOf(
  source: BatchSource,
  scheme: Scheme,
  report: Report,
  inThread: InThread,
): Promise<{ sheet: Sheet; ledger: Ledger }[]> {
  const ledgers = ledgersOf(scheme).map(({ key, ledger }) => {
    const component = scheme.components.find((each) => each.key === key)
    return { sheetName: component ? sheetOf(component) : sheetNames.adjustments, ledger }
  })
  const [first] = ledgers
  if (!first) return []
  if ('text' in source) {
    // Pasted rows come from one table, whatever the component of their kinds.
    const kinds = ledgers.flatMap(({ ledger }) => ledger.kinds)
    const names = new Set(kinds.map(({ name }) => name))
    return [{ sheet: pastedLedger(source.text, names, batchLimit), ledger: { areas: [], kinds } }]
  }
  const reading = await readSheets(
    source.file,
    ledgers.map(({ sheetName }) => sheetName),
    { mostRows: batchLimit, inThread },
  )
  if (!reading.ok) {
    for (const { code, sheet, row, column, params } of reading.problems)
      report.problem(code, sheet, row, column, params)
    return []
  }
  const found = ledgers.flatMap(({ sheetName, ledger }) => {
    const sheet = reading.sheets.find(({ name }) => name === sheetName)
    return sheet ? [{ sheet, ledger }] : []
  })
  if (found.length === 0) report.problem('missing-sheet', first.sheetName)
  return found
}

/** Reads a batch: its rows, units named, and what is wrong with those that cannot be read. Throws the signal's reason. */
export async function readBatch(
  source: BatchSource,
  visible: Pick<Visible, 'scheme' | 'units' | 'participants'>,
  inThread: InThread,
): Promise<Batch> {
  const report = startReport()
  const names = nameMap(visible.units.map(({ name }) => [name, name]))
  const idOf = new Map(visible.units.map(({ id, name }) => [name, id]))
  const { numbering } = chargingIn(visible)
  const findings: Case['finding'][] = []
  const origins: Origin[] = []
  const numbered: boolean[] = []
  for (const { sheet, ledger } of await sheetsOf(source, visible.scheme, report, inThread)) {
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
  return { rows, problems: report.problems }
}
