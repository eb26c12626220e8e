import { chargingOf } from '../assessment/charging.ts'
import type { ExternalMark, Finding, VerifiedMark } from '../assessment/facts.ts'
import type { Day } from '../assessment/day.ts'
import type { Scheme } from '../assessment/scheme.ts'
import type { BookReading, Origin } from './book.ts'
import { word } from './cell.ts'
import { latestOf } from './ledger-entry.ts'
import { parseLedger } from './parse-ledger.ts'
import { parseExternal, parseVerified } from './parse-marks.ts'
import { parseScheme, type SchemeReading } from './parse-scheme.ts'
import { parseUnits, type UnitsReading } from './parse-units.ts'
import { type Report, startReport } from './report.ts'
import { sheetNames, sheetOf } from './sheet-columns.ts'
import type { Sheet } from './sheet.ts'
import { openSpreadsheet, type Spreadsheet } from './spreadsheet.ts'
import { Unreadable } from './unreadable.ts'

/** Finds sheets by name and remembers which were asked for; an entirely empty sheet counts as missing. */
function sheetFinder(spreadsheet: Spreadsheet): {
  find(name: string): Promise<Sheet | undefined>
  unread(): string[]
} {
  const names = new Map(spreadsheet.names.map((name) => [word(name).toLowerCase(), name]))
  const asked = new Set<string>([sheetNames.notes])
  return {
    find: async (wanted) => {
      const name = names.get(word(wanted).toLowerCase())
      if (name === undefined) return undefined
      asked.add(name)
      const sheet = await spreadsheet.sheet(name)
      return sheet.rows.length === 0 ? undefined : sheet
    },
    unread: () => spreadsheet.names.filter((name) => !asked.has(name)),
  }
}

async function parseFacts(
  { scheme, totals }: SchemeReading,
  { units, participants }: UnitsReading,
  find: (name: string) => Promise<Sheet | undefined>,
  report: Report,
) {
  const names = new Set(units.map((unit) => unit.id))
  const taking = new Set(participants.map((participant) => participant.unitId))
  const charging = chargingOf(units, participants)
  const hasCycle = report.problems.some(({ code }) => code === 'cycle-of-parents')
  const known = {
    has: (name: string) => names.has(name),
    takesPart: (name: string) => taking.has(name),
    isCharged: (name: string) => hasCycle || charging.nearest(name) !== null,
  }
  const numbers = new Map<string, number>()
  const findings: Finding[] = []
  const verified: VerifiedMark[] = []
  const external: ExternalMark[] = []
  const numbered: boolean[] = []
  const origins = { findings: [] as Origin[], verified: [] as Origin[], external: [] as Origin[] }
  let latestDay: Day | null = null

  function gather<Value>(into: Value[], values: readonly Value[] | undefined): void {
    for (const value of values ?? []) into.push(value)
  }

  for (const component of scheme.components) {
    const sheet = await find(sheetOf(component))
    if (!sheet) continue
    if (component.method === 'deductions') {
      const read = parseLedger(sheet, component, known, numbers, report)
      gather(findings, read?.findings)
      gather(origins.findings, read?.origins)
      gather(numbered, read?.numbered)
      latestDay = latestOf([latestDay, read?.latestDay])
    } else if (component.method === 'verified-marks') {
      const read = parseVerified(sheet, component, totals.get(component.key) ?? '100', known, report)
      gather(verified, read?.marks)
      gather(origins.verified, read?.origins)
    } else {
      const read = parseExternal(sheet, component, known, report)
      gather(external, read?.marks)
      gather(origins.external, read?.origins)
    }
  }
  return { findings, verified, external, numbered, origins, latestDay }
}

async function parseSheets(spreadsheet: Spreadsheet, base: Scheme, baseIsPreset: boolean, report: Report) {
  const { find, unread } = sheetFinder(spreadsheet)
  const schemeReading = parseScheme(
    {
      components: await find(sheetNames.components),
      grades: await find(sheetNames.grades),
      kinds: await find(sheetNames.kinds),
    },
    base,
    baseIsPreset,
    report,
  )
  const unitSheet = await find(sheetNames.units)
  if (!unitSheet) report.problem('missing-sheet', sheetNames.units)
  const unitReading = unitSheet && parseUnits(unitSheet, report)
  if (!schemeReading || !unitReading) return undefined
  const { origins, numbered, latestDay, ...facts } = await parseFacts(
    schemeReading,
    unitReading,
    find,
    report,
  )
  for (const name of unread()) report.warn('unknown-sheet', name)
  return {
    scheme: schemeReading.scheme,
    schemeSheets: schemeReading.schemeSheets,
    facts: {
      units: unitReading.units,
      participants: unitReading.participants,
      ...facts,
      closed: [],
      submissions: [],
      bonuses: [],
    },
    origins: { units: unitReading.origins, ...origins },
    numbered,
    latestDay,
  }
}

/**
 * Reads a workbook into a Book, or says what is wrong with it and where. What the workbook leaves out of its scheme
 * comes from `base`, which gives keys to components and kinds of the same name.
 */
export async function parseBook(bytes: Buffer, base: Scheme, baseIsPreset: boolean): Promise<BookReading> {
  const report = startReport()
  try {
    const book = await parseSheets(await openSpreadsheet(bytes), base, baseIsPreset, report)
    if (book && report.problemCount() === 0) return { ok: true, book, warnings: report.warnings }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    report.problem(error.code, error.sheet, null, null, error.params)
  }
  return {
    ok: false,
    problems: report.problems,
    problemCount: report.problemCount(),
    warnings: report.warnings,
  }
}
