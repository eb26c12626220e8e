import { bonusColumns, bonusSheetName, parseBonuses } from './bonus-sheet.ts'
import { chargingOf } from '../../assessment/score/charging.ts'
import type { ExternalMark, Finding, VerifiedMark } from '../../assessment/score/facts.ts'
import type { Day } from '../../assessment/day.ts'
import type { Scheme } from '../../assessment/rule/scheme.ts'
import type { BookReading } from './book.ts'
import type { Origin } from '../spreadsheet/place.ts'
import { sheetNamed } from '../spreadsheet/sheet-names.ts'
import { courseColumns, courseSheets } from './course-columns.ts'
import { detailSheets } from '../../assessment/rule/scheme-words.ts'
import { detailColumns } from './detail-columns.ts'
import { latestOf } from './ledger-entry.ts'
import {
  datedMarks,
  parseExtensions,
  parseMarkCourse,
  parseSubmissions,
  withCourses,
} from './parse-courses.ts'
import { withDetails } from './parse-scheme-details.ts'
import { headerOf } from '../spreadsheet/table.ts'
import { externalPlace, verifiedPlace } from './marks-in-force.ts'
import { parseLedger } from './parse-ledger.ts'
import { parseExternal, parseVerified } from './parse-marks.ts'
import { parseScheme, type SchemeReading } from './parse-scheme.ts'
import { parseUnits, type UnitsReading } from './parse-units.ts'
import { type Report, startReport } from '../spreadsheet/report.ts'
import { sheetNames, sheetOf } from './sheet-columns.ts'
import { type Column } from '../spreadsheet/column.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import { openSpreadsheet, type Spreadsheet } from '../spreadsheet/spreadsheet.ts'
import { Unreadable } from '../spreadsheet/unreadable.ts'

/** Finds sheets by name and remembers which were asked for; an entirely empty sheet counts as missing. */
function sheetFinder(
  spreadsheet: Spreadsheet,
  report: Report,
): {
  find(name: string): Promise<Sheet | undefined>
  /** A sheet that only counts when it has the headers it needs: others may have a sheet of that name for themselves. */
  findWith(name: string, columns: Readonly<Record<string, Column>>): Promise<Sheet | undefined>
  unread(): string[]
} {
  const named = new Map<string, string | undefined>()
  const nameOf = (wanted: string): string | undefined => {
    if (!named.has(wanted)) named.set(wanted, sheetNamed(spreadsheet.names, wanted, report))
    return named.get(wanted)
  }
  const asked = new Set<string>([sheetNames.notes])
  const open = async (name: string): Promise<Sheet | undefined> => {
    const sheet = await spreadsheet.sheet(name)
    return sheet.rows.length === 0 ? undefined : sheet
  }
  return {
    find: async (wanted) => {
      const name = nameOf(wanted)
      if (name === undefined) return undefined
      asked.add(name)
      return open(name)
    },
    findWith: async (wanted, columns) => {
      const name = nameOf(wanted)
      const sheet = name === undefined || asked.has(name) ? undefined : await open(name)
      if (name === undefined || !sheet || !hasNeeded(sheet, columns)) return undefined
      asked.add(name)
      return sheet
    },
    unread: () => spreadsheet.names.filter((name) => !asked.has(name)),
  }
}

/** The sheets of a registry that the workbook has, by their keys. */
async function findAll<Key extends string>(
  names: Readonly<Record<Key, string>>,
  columns: Readonly<Record<Key, Readonly<Record<string, Column>>>>,
  findWith: ReturnType<typeof sheetFinder>['findWith'],
): Promise<Partial<Record<Key, Sheet>>> {
  const found: Partial<Record<Key, Sheet>> = {}
  for (const key of Object.keys(names) as Key[]) {
    const sheet = await findWith(names[key], columns[key])
    if (sheet) found[key] = sheet
  }
  return found
}

async function parseFacts(
  { scheme, totals }: SchemeReading,
  { units, participants }: UnitsReading,
  { find, findWith }: ReturnType<typeof sheetFinder>,
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
      const read = parseVerified(sheet, component, totals.get(component.name) ?? '100', known, report)
      gather(verified, read?.marks)
      gather(origins.verified, read?.origins)
    } else {
      const read = parseExternal(sheet, component, known, report)
      gather(external, read?.marks)
      gather(origins.external, read?.origins)
    }
  }
  const courses = await findAll(courseSheets, courseColumns, findWith)
  const told =
    courses.findings && withCourses(findings, origins.findings, scheme, courses.findings, known, report)
  const given = courses.marks && parseMarkCourse(scheme, courses.marks, known, report)
  const handed = courses.submissions ? parseSubmissions(scheme, courses.submissions, known, report) : []
  const later = courses.extensions ? parseExtensions(scheme, courses.extensions, known, report) : []
  const bonusSheet =
    scheme.bonus && !scheme.components.some((one) => sheetOf(one) === bonusSheetName)
      ? await findWith(bonusSheetName, bonusColumns)
      : undefined
  const awarded = bonusSheet ? parseBonuses(bonusSheet, known, report) : { bonuses: [], origins: [] }
  const dated = {
    verified: datedMarks(verified, origins.verified, given?.verified ?? [], verifiedPlace, report),
    external: datedMarks(external, origins.external, given?.external ?? [], externalPlace, report),
  }
  return {
    findings: told?.findings ?? findings,
    verified: [...dated.verified.superseded, ...dated.verified.marks],
    external: [...dated.external.superseded, ...dated.external.marks],
    superseded: { verified: dated.verified.superseded, external: dated.external.superseded },
    submissions: handed,
    extensions: later,
    bonuses: awarded.bonuses,
    numbered,
    origins: { ...origins, bonuses: awarded.origins },
    latestDay: latestOf([
      latestDay,
      told?.latestDay,
      given?.latestDay,
      ...[...handed, ...later, ...awarded.bonuses].map(({ on }) => on),
    ]),
  }
}

const hasNeeded = (sheet: Sheet, columns: Readonly<Record<string, Column>>): boolean => {
  const headers = new Set(sheet.rows[0]?.cells.map((cell) => (cell === undefined ? '' : headerOf(cell))))
  return Object.entries(columns).every(([name, { needed }]) => !needed || headers.has(name))
}

async function parseSheets(spreadsheet: Spreadsheet, base: Scheme, baseIsPreset: boolean, report: Report) {
  const finder = sheetFinder(spreadsheet, report)
  const { find, findWith, unread } = finder
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
  const ownSheets = new Set(schemeReading?.scheme.components.map(sheetOf))
  const details = await findAll(detailSheets, detailColumns, (name, columns) =>
    ownSheets.has(name) ? Promise.resolve(undefined) : findWith(name, columns),
  )
  const whole = schemeReading && withDetails(schemeReading.scheme, details, report)
  const unitSheet = await find(sheetNames.units)
  if (!unitSheet) report.problem('missing-sheet', sheetNames.units)
  const unitReading = unitSheet && parseUnits(unitSheet, report)
  if (!schemeReading || !whole || !unitReading) return undefined
  const { origins, numbered, superseded, latestDay, ...facts } = await parseFacts(
    { ...schemeReading, scheme: whole.scheme },
    unitReading,
    finder,
    report,
  )
  for (const name of unread()) report.warn('unknown-sheet', name)
  return {
    scheme: whole.scheme,
    schemeSheets: { ...schemeReading.schemeSheets, details: Object.keys(details).length > 0 },
    facts: {
      units: unitReading.units,
      participants: unitReading.participants,
      ...facts,
      closed: whole.closed,
    },
    origins: { units: unitReading.origins, ...origins },
    superseded,
    numbered,
    latestDay: latestOf([latestDay, ...whole.closed.map(({ on }) => on)]),
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
