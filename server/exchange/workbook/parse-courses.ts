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
      return { type, on, outcome, kind, unitId, ...(severity !== null && { severity }) }
    }
    default:
      return { type, on }
  }
}

/** Findings with the facts of 问题经过, where these come down to the finding's own row; the latest day among them. */
export function withCourses(
  findings: readonly Finding[],
  origins: readonly Origin[],
  scheme: Scheme,
  sheet: Sheet,
  units: KnownUnits,
  report: Report,
): { readonly findings: readonly Finding[]; readonly latestDay: Day | null } {
  const table = openTable(sheet, findingCourseColumns, report)
  if (!table) return { findings, latestDay: null }
  const kinds = nameMap(kindsIn(scheme).map((kind) => [kind.name, kind]))
  const courses = new Map<string, Named & { facts: FindingFact[] }>()
  let latestDay: Day | null = null
  for (const row of table.rows) {
    const number = row.needed('编号', asText)
    const fact = factFrom(row, kinds, units)
    if (number === undefined || !fact) continue
    latestDay = latestOf([latestDay, fact.on, 'deadline' in fact ? fact.deadline : null])
    const course = courses.get(number)
    if (course) {
      course.facts.push(fact)
      continue
    }
    const named = namedIn(row, kinds, units)
    if (named) courses.set(number, { ...named, facts: [fact] })
  }
  return {
    latestDay,
    findings: findings.map((finding, index) => {
      const course = courses.get(finding.number)
      if (!course) return finding
      const whole = { ...finding, ...course }
      if (canonicalJson(ledgerEntry(whole)) === canonicalJson(ledgerEntry(finding))) return whole
      report.warn('course-differs', origins[index]?.sheet ?? null, origins[index]?.row ?? null)
      return finding
    }),
  }
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
