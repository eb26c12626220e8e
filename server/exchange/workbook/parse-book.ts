import { oldBonusColumns, oldBonusSheetName, parseOldBonuses, withOldBonus } from './old-bonus-sheet.ts'
import { oldBonusOf, statedYear, type OldBonus } from './rule-rows.ts'
import { dayInChina } from '../../today.ts'
import { chargingOf } from '../../assessment/score/charging.ts'
import { yearOf, type ExternalMark, type Finding, type VerifiedMark } from '../../assessment/score/facts.ts'
import type { Day } from '../../assessment/day.ts'
import type { Ledger, Scheme } from '../../assessment/rule/scheme.ts'
import type { BookReading } from './book.ts'
import type { Origin } from '../spreadsheet/place.ts'
import { courseColumns, courseSheets } from './course-columns.ts'
import { detailSheets } from '../../assessment/rule/scheme-words.ts'
import { detailColumns } from './detail-columns.ts'
import { latestOf } from './ledger-entry.ts'
import { parseExtensions, parseSubmissions, withCourses } from './parse-courses.ts'
import { datedMarks, parseMarkCourse } from './parse-mark-courses.ts'
import { findAll, sheetFinder } from './sheet-finder.ts'
import { withDetails } from './parse-scheme-details.ts'
import { externalPlace, verifiedPlace } from './marks-in-force.ts'
import { numberedWithin, parseLedger } from './parse-ledger.ts'
import { parseExternal, parseVerified } from './parse-marks.ts'
import { parseScheme, type SchemeReading } from './parse-scheme.ts'
import { groupNames, groupsTold, withGroupNames } from './scheme-groups.ts'
import { reportFaults } from './scheme-faults.ts'
import { parseUnits, type UnitsReading } from './parse-units.ts'
import { type Report, startReport } from '../spreadsheet/report.ts'
import { sheetNames, sheetOf } from './sheet-columns.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import { openSpreadsheet, type Spreadsheet } from '../spreadsheet/spreadsheet.ts'
import { Unreadable } from '../spreadsheet/unreadable.ts'

type SheetFinder = ReturnType<typeof sheetFinder>

async function parseFacts(
  { scheme, totals }: SchemeReading,
  { units, participants, names }: UnitsReading,
  { find, findWith }: SheetFinder,
  { name: bonusName, sheet: bonusSheet, beside }: OldBonus,
  report: Report,
) {
  const groups = new Map(participants.map(({ unitId, group }) => [unitId, group]))
  const charging = chargingOf(units, participants)
  const hasCycle = report.problems.some(({ code }) => code === 'cycle-of-parents')
  const known = {
    named: names.get,
    takesPart: (unit: string) => groups.has(unit),
    groupOf: (unit: string) => groups.get(unit) ?? '',
    isCharged: (unit: string) => hasCycle || charging.nearest(unit) !== null,
    numbering: (unit: string) => (hasCycle ? unit : charging.numbering(unit)),
  }
  const findings: Finding[] = []
  const verified: VerifiedMark[] = []
  const external: ExternalMark[] = []
  const numbered: boolean[] = []
  const origins = { findings: [] as Origin[], verified: [] as Origin[], external: [] as Origin[] }
  let latestDay: Day | null = null

  function gather<Value>(into: Value[], values: readonly Value[] | undefined): void {
    for (const value of values ?? []) into.push(value)
  }
  function gatherLedger(sheet: Sheet, ledger: Ledger): void {
    const read = parseLedger(sheet, ledger, known, report)
    gather(findings, read?.findings)
    gather(origins.findings, read?.origins)
    gather(numbered, read?.numbered)
    latestDay = latestOf([latestDay, read?.latestDay])
  }

  for (const component of scheme.components) {
    const sheet = await find(sheetOf(component))
    if (!sheet) continue
    if (component.method === 'deductions') gatherLedger(sheet, component)
    else if (component.method === 'verified-marks') {
      const read = parseVerified(sheet, component, totals.get(component.name) ?? '100', known, report)
      gather(verified, read?.marks)
      gather(origins.verified, read?.origins)
    } else {
      const read = parseExternal(sheet, component, known, report)
      gather(external, read?.marks)
      gather(origins.external, read?.origins)
    }
  }
  const adjusting = scheme.adjustments && (await find(sheetNames.adjustments))
  if (adjusting && scheme.adjustments) gatherLedger(adjusting, scheme.adjustments)
  const courses = await findAll(courseSheets, courseColumns, findWith)
  const told =
    courses.findings && withCourses(findings, origins.findings, scheme, courses.findings, known, report)
  const within = numberedWithin(
    { findings: told?.findings ?? findings, origins: origins.findings, numbered },
    known.numbering,
    report,
  )
  const given = courses.marks && parseMarkCourse(scheme, courses.marks, known, report)
  const handed = courses.submissions ? parseSubmissions(scheme, courses.submissions, known, report) : []
  const later = courses.extensions ? parseExtensions(scheme, courses.extensions, known, report) : []
  if (bonusSheet && (adjusting || beside !== null))
    report.problem('old-and-new', bonusSheet.name, null, null, {
      value: oldBonusSheetName,
      other: adjusting ? sheetNames.adjustments : (beside ?? ''),
    })
  const bonuses = bonusSheet && bonusName !== null ? parseOldBonuses(bonusSheet, known, report) : null
  gather(origins.findings, bonuses?.origins)
  const dated = {
    verified: datedMarks(verified, origins.verified, given?.verified ?? [], verifiedPlace, report),
    external: datedMarks(external, origins.external, given?.external ?? [], externalPlace, report),
  }
  return {
    scheme:
      bonusName === null
        ? scheme
        : { ...scheme, adjustments: withOldBonus(scheme.adjustments, bonusName, bonuses?.given ?? []) },
    findings: [...within.findings, ...(bonuses?.findings ?? [])],
    verified: [...dated.verified.superseded, ...dated.verified.marks],
    external: [...dated.external.superseded, ...dated.external.marks],
    superseded: { verified: dated.verified.superseded, external: dated.external.superseded },
    submissions: handed,
    extensions: later,
    numbered: [...within.numbered, ...(bonuses?.findings ?? []).map(() => false)],
    origins,
    latestDay: latestOf([
      latestDay,
      told?.latestDay,
      given?.latestDay,
      ...[...handed, ...later].map(({ on }) => on),
      ...(bonuses?.findings ?? []).flatMap(({ facts }) => facts.map(({ on }) => on)),
    ]),
  }
}

export interface BookOptions {
  readonly base: Scheme
  readonly baseIsPreset: boolean
  /** The day on which the workbook is scored, where one is asked for: it tells the assessed year of a workbook that does not. */
  readonly asOf: Day | null
}

async function parseSheets(
  spreadsheet: Spreadsheet,
  { base, baseIsPreset, asOf }: BookOptions,
  guessedYear: number,
  report: Report,
) {
  const finder = sheetFinder(spreadsheet, report)
  const { find, findWith, unread } = finder
  const schemeSheet = await find(sheetNames.components)
  const details = await findAll(detailSheets, detailColumns, findWith)
  const schemeReading = parseScheme(
    {
      components: schemeSheet,
      grades: await find(sheetNames.grades),
      ledgers: {
        kinds: await find(sheetNames.kinds),
        ...(details.kindDetails && { details: details.kindDetails }),
        ...(details.severities && { severities: details.severities }),
        ...(details.areas && { areas: details.areas }),
      },
    },
    base,
    baseIsPreset,
    report,
  )
  const stated = statedYear(details.rules)
  const year = stated ?? (asOf === null ? guessedYear : yearOf({}, asOf))
  const written = schemeReading?.scheme ?? base
  const isTaken = written.components.some((component) => sheetOf(component) === oldBonusSheetName)
  const bonus = oldBonusOf(written, {
    rules: details.rules,
    bonus: isTaken ? undefined : await findWith(oldBonusSheetName, oldBonusColumns),
    kinds: details.kindDetails ?? (await find(sheetNames.kinds)),
  })
  const whole = schemeReading && withDetails(schemeReading.scheme, details, year, bonus, report)
  const unitSheet = await find(sheetNames.units)
  if (!unitSheet) report.problem('missing-sheet', sheetNames.units)
  const unitReading = unitSheet && parseUnits(unitSheet, report)
  if (!schemeReading || !whole || !unitReading) return undefined
  const { scheme, origins, numbered, superseded, latestDay, ...facts } = await parseFacts(
    { ...schemeReading, scheme: whole.scheme },
    unitReading,
    finder,
    bonus,
    report,
  )
  for (const name of unread()) report.warn('unknown-sheet', name)
  const schemeSheets = { ...schemeReading.schemeSheets, details: Object.keys(details).length > 0 }
  const groups = groupNames(unitReading.participants)
  const grouped = withGroupNames(scheme, groups)
  if (Object.values(schemeSheets).some(Boolean)) {
    await reportFaults(grouped, find, report)
    for (const group of groupsTold(grouped))
      if (!groups.has(group)) report.warn('unused-group', null, null, null, { value: group })
  }
  return {
    scheme: grouped,
    schemeSheets,
    kindNames: schemeReading.kindNames,
    facts: {
      ...(stated === null ? {} : { year: stated }),
      units: unitReading.units,
      participants: unitReading.participants,
      ...facts,
      closed: whole.closed,
    },
    origins: { units: unitReading.origins, ...origins },
    superseded,
    numbered,
    latestDay: latestOf([latestDay, ...whole.closed.map(({ on }) => on)]),
    isYearGuessed: stated === null && asOf === null,
  }
}

/**
 * Reads a workbook into a Book, or says what is wrong with it and where. What the workbook leaves out of its scheme
 * comes from `base`, which gives keys to components and kinds of the same name.
 */
export async function parseBook(bytes: Buffer, options: BookOptions): Promise<BookReading> {
  let report = startReport()
  try {
    const spreadsheet = await openSpreadsheet(bytes)
    const today = dayInChina(new Date())
    const guess = yearOf({}, today)
    let book = await parseSheets(spreadsheet, options, guess, report)
    // Years written out in the rule need the assessed one, which a workbook without it takes from its latest day.
    const told = book?.isYearGuessed && book.latestDay !== null ? yearOf({}, book.latestDay) : guess
    if (told !== guess) {
      report = startReport()
      book = await parseSheets(spreadsheet, options, told, report)
    }
    if (book && report.problemCount() === 0) {
      const { isYearGuessed: _isYearGuessed, ...rest } = book
      return { ok: true, book: rest, warnings: report.warnings }
    }
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
