import { latestOf, ledgerEntry } from './ledger-entry.ts'
import type { Day } from '../../assessment/day.ts'
import type { Finding, FindingFact, Submission, WindowExtension } from '../../assessment/score/facts.ts'
import { kindsIn, type LedgerKind, type Scheme } from '../../assessment/rule/scheme.ts'
import type { Origin } from '../spreadsheet/place.ts'
import { word } from '../spreadsheet/cell.ts'
import {
  extensionColumns,
  factWords,
  findingCourseColumns,
  outcomeWords,
  submissionColumns,
} from './course-columns.ts'
import { canonicalJson } from '../../assessment/canonical-json.ts'
import { grouped } from '../../grouped.ts'
import { nameMap, type NameMap } from '../spreadsheet/name-map.ts'
import { severityIn } from './parse-ledger.ts'
import type { Report } from '../spreadsheet/report.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import { asDay, asText, asWord, openTable, type TableRow } from '../spreadsheet/table.ts'

/** What courses need to know of the units. */
export interface KnownUnits {
  /** The unit of that name, as first written. */
  named(name: string): string | undefined
}

type CourseName = keyof typeof findingCourseColumns

/** The unit that a row names; undefined when a problem was reported. */
export function unitOf<Name extends string>(
  row: TableRow<Name | '单位'>,
  units: KnownUnits,
): string | undefined {
  const name = row.needed('单位', asText)
  const unit = name === undefined ? undefined : units.named(name)
  if (name !== undefined && unit === undefined) row.problem('unknown-unit', '单位', { value: name })
  return unit
}

type Named = Pick<Finding, 'kind' | 'severity' | 'unitId'>

/** The kind, severity and unit that a row names; undefined when a problem was reported. */
function namedIn(
  row: TableRow<CourseName>,
  kinds: NameMap<LedgerKind>,
  units: KnownUnits,
): Named | undefined {
  const name = row.needed('扣分类别', asText)
  const kind = name === undefined ? undefined : kinds.get(name)
  if (name !== undefined && !kind)
    row.problem('unknown-kind', '扣分类别', { value: name, words: kinds.words() })
  const severity = severityIn(row, kind)
  const unitId = unitOf(row, units)
  if (!kind || severity === undefined || unitId === undefined) return undefined
  return { kind: kind.key, severity, unitId }
}

function factFrom(
  row: TableRow<CourseName>,
  kinds: NameMap<LedgerKind>,
  units: KnownUnits,
): FindingFact | undefined {
  const on = row.needed('日期', asDay)
  const type = row.needed('事项', asWord(factWords))
  if (on === undefined || type === undefined) return undefined
  switch (type) {
    case 'notified': {
      const deadline = row.optional('期限', asDay)
      return deadline === undefined ? undefined : { type, on, deadline }
    }
    case 'extended': {
      const deadline = row.needed('期限', asDay)
      return deadline === undefined ? undefined : { type, on, deadline }
    }
    case 'decided': {
      const outcome = row.needed('决定', asWord(outcomeWords))
      if (outcome === undefined) return undefined
      if (outcome !== 'amended') return { type, on, outcome }
      const named = namedIn(row, kinds, units)
      if (!named) return undefined
      const { kind, severity, unitId } = named
      const deadline = row.optional('期限', asDay)
      if (deadline === undefined) return undefined
      return {
        type,
        on,
        outcome,
        kind,
        unitId,
        ...(severity !== null && { severity }),
        ...(deadline !== null && { deadline }),
      }
    }
    default:
      return { type, on }
  }
}

/** What 问题经过 tells of one finding, from the kind and unit that it had when it was noted. */
interface Course extends Named {
  readonly number: string
  /** Blank where the sheet does not say. */
  readonly what: string
  readonly facts: FindingFact[]
}

const keyOf = (number: string, unitId: string): string => JSON.stringify([number, unitId])

/**
 * The courses of 问题经过, and the latest day among them. A row goes on with the course of its number begun at the unit that it names, or with the
 * last one where it names none; the decision that moves a finding names the unit charged from then on.
 */
function readCourses(scheme: Scheme, sheet: Sheet, units: KnownUnits, report: Report) {
  const kinds = nameMap(kindsIn(scheme).map((kind) => [kind.name, kind]))
  const courses: Course[] = []
  const last = new Map<string, Course>()
  const begun = new Map<string, Course>()
  let latestDay: Day | null = null
  for (const row of openTable(sheet, findingCourseColumns, report)?.rows ?? []) {
    const number = row.needed('编号', asText)
    const fact = factFrom(row, kinds, units)
    if (number === undefined || !fact) continue
    latestDay = latestOf([latestDay, fact.on, 'deadline' in fact ? fact.deadline : null])
    const moves = fact.type === 'decided' && fact.outcome === 'amended'
    const unit = row.isBlank('单位') || moves ? null : unitOf(row, units)
    if (unit === undefined) continue
    const course = unit === null ? last.get(number) : begun.get(keyOf(number, unit))
    const named = course ? undefined : namedIn(row, kinds, units)
    const what = row.optional('事由', asText) ?? ''
    const present = course ?? (named && { ...named, number, what, facts: [] })
    if (!present) continue
    present.facts.push(fact)
    last.set(number, present)
    if (course) continue
    begun.set(keyOf(number, present.unitId), present)
    courses.push(present)
  }
  return { courses, latestDay }
}

/** What a row of a ledger tells of a finding, its number with it. */
const rowKey = ({ number, ...finding }: Omit<Finding, 'id'>): string =>
  canonicalJson([number, ledgerEntry({ ...finding, number, id: '' })])

/**
 * Findings with the facts of 问题经过, where these come down to the finding's own row; the latest day among them. Of several courses with the
 * finding's number it is the one that does.
 */
export function withCourses(
  findings: readonly Finding[],
  origins: readonly Origin[],
  scheme: Scheme,
  sheet: Sheet,
  units: KnownUnits,
  report: Report,
): { readonly findings: readonly Finding[]; readonly latestDay: Day | null } {
  const { courses, latestDay } = readCourses(scheme, sheet, units, report)
  // Last first, so that each is taken from the end.
  const fitting = grouped(courses.toReversed(), rowKey)
  const left = new Set(courses)
  const told = (finding: Finding, what: string): Finding => {
    const course = fitting.get(rowKey({ ...finding, what }))?.pop()
    if (!course) return finding
    left.delete(course)
    return { ...finding, ...course, what: finding.what }
  }
  const byWords = findings.map((finding) => told(finding, finding.what))
  const whole = byWords.map((finding, index) => (finding === findings[index] ? told(finding, '') : finding))
  const untold = new Set([...left].flatMap(({ number, unitId }) => [number, keyOf(number, unitId)]))
  const sharing = grouped(findings, ({ number }) => number)
  whole.forEach((finding, index) => {
    const { number, unitId } = finding
    const isShared = (sharing.get(number)?.length ?? 0) > 1
    if (finding === findings[index] && untold.has(isShared ? keyOf(number, unitId) : number))
      report.warn('course-differs', origins[index]?.sheet ?? null, origins[index]?.row ?? null)
  })
  return { findings: whole, latestDay }
}

/** The window that a row names; undefined when a problem was reported. */
function windowIn<Name extends string>(
  row: TableRow<Name | '部分' | '周期'>,
  scheme: Scheme,
): { readonly component: string; readonly window: string } | undefined {
  const name = row.needed('部分', asText)
  const windowName = row.needed('周期', asText)
  const component = scheme.components.find((one) => one.name === name)
  const windows = component?.windows ?? []
  const window = windows.find((one) => word(one.name) === word(windowName ?? ''))
  if (windowName !== undefined && !window)
    row.problem('unknown-window', '周期', {
      value: windowName,
      words: windows.map((one) => one.name).join('、'),
    })
  return component && window && { component: component.key, window: window.key }
}

/** Reads 报送记录. */
export function parseSubmissions(
  scheme: Scheme,
  sheet: Sheet,
  units: KnownUnits,
  report: Report,
): Submission[] {
  const table = openTable(sheet, submissionColumns, report)
  return [...(table?.rows ?? [])].flatMap((row) => {
    const window = windowIn(row, scheme)
    const unitId = unitOf(row, units)
    const on = row.needed('日期', asDay)
    return window && unitId !== undefined && on !== undefined ? [{ unitId, ...window, on }] : []
  })
}

/** Reads 报送延期. */
export function parseExtensions(
  scheme: Scheme,
  sheet: Sheet,
  units: KnownUnits,
  report: Report,
): WindowExtension[] {
  const table = openTable(sheet, extensionColumns, report)
  return [...(table?.rows ?? [])].flatMap((row) => {
    const window = windowIn(row, scheme)
    const unitId = row.isBlank('单位') ? null : unitOf(row, units)
    const due = row.needed('期限', asDay)
    const on = row.needed('日期', asDay)
    if (!window || unitId === undefined || due === undefined || on === undefined) return []
    return [{ ...window, unitId, due, on }]
  })
}
