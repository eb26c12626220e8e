import { latestOf, ledgerEntry } from './ledger-entry.ts'
import type { Day } from '../../assessment/day.ts'
import type {
  ExternalMark,
  Finding,
  FindingFact,
  Submission,
  VerifiedMark,
  WindowExtension,
} from '../../assessment/score/facts.ts'
import { compare, decimal, isDecimal } from '../../assessment/rational.ts'
import { kindsIn, verifiedComponents, type Scheme } from '../../assessment/rule/scheme.ts'
import type { Origin } from '../spreadsheet/place.ts'
import { word } from '../spreadsheet/cell.ts'
import {
  extensionColumns,
  factWords,
  findingCourseColumns,
  markCourseColumns,
  outcomeWords,
  submissionColumns,
} from './course-columns.ts'
import { leafKeys } from './leaf-names.ts'
import { asLeafMarks } from './parse-marks.ts'
import type { Report } from '../spreadsheet/report.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import { asDay, asNumber, asText, asWord, openTable, type TableRow } from '../spreadsheet/table.ts'

/** What courses need to know of the units. */
interface KnownUnits {
  has(name: string): boolean
}

type CourseName = keyof typeof findingCourseColumns

function unitOf<Name extends string>(row: TableRow<Name | '单位'>, units: KnownUnits): string | undefined {
  const unit = row.needed('单位', asText)
  if (unit === undefined || units.has(unit)) return unit
  row.problem('unknown-unit', '单位', { value: unit })
  return undefined
}

/** The key of the kind that a row names; undefined when a problem was reported. */
function kindOf(row: TableRow<CourseName>, kinds: ReadonlyMap<string, string>): string | undefined {
  const name = row.needed('扣分类别', asText)
  const kind = name === undefined ? undefined : kinds.get(name)
  if (name !== undefined && kind === undefined)
    row.problem('unknown-kind', '扣分类别', { value: name, words: [...kinds.keys()].join('、') })
  return kind
}

function factFrom(
  row: TableRow<CourseName>,
  kinds: ReadonlyMap<string, string>,
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
      const [kind, unitId] = [kindOf(row, kinds), unitOf(row, units)]
      return kind === undefined || unitId === undefined ? undefined : { type, on, outcome, kind, unitId }
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
  const kinds = new Map(kindsIn(scheme).map(({ key, name }) => [name, key]))
  const courses = new Map<string, Pick<Finding, 'kind' | 'unitId'> & { facts: FindingFact[] }>()
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
    const [kind, unitId] = [kindOf(row, kinds), unitOf(row, units)]
    if (kind !== undefined && unitId !== undefined) courses.set(number, { kind, unitId, facts: [fact] })
  }
  return {
    latestDay,
    findings: findings.map((finding, index) => {
      const course = courses.get(finding.number)
      if (!course) return finding
      const whole = { ...finding, ...course }
      if (JSON.stringify(ledgerEntry(whole)) === JSON.stringify(ledgerEntry(finding))) return whole
      report.warn('course-differs', origins[index]?.sheet ?? null, origins[index]?.row ?? null)
      return finding
    }),
  }
}

/** Marks of both kinds as 得分记录 has them. */
export interface MarkCourse {
  readonly verified: readonly VerifiedMark[]
  readonly external: readonly ExternalMark[]
  readonly latestDay: Day | null
}

/** Reads 得分记录 in its order. */
export function parseMarkCourse(
  scheme: Scheme,
  sheet: Sheet,
  units: KnownUnits,
  report: Report,
): MarkCourse | undefined {
  const table = openTable(sheet, markCourseColumns, report)
  if (!table) return undefined
  const parts = new Map(
    scheme.components.map((component) => [
      component.name,
      {
        component,
        leafKey: component.method === 'verified-marks' ? leafKeys(component) : (name: string) => name,
      },
    ]),
  )
  const verified: VerifiedMark[] = []
  const external: ExternalMark[] = []
  let latestDay: Day | null = null
  for (const row of table.rows) {
    const name = row.needed('部分', asText)
    const part = parts.get(name ?? '')
    const unitId = unitOf(row, units)
    const marks = row.optional('得分', asLeafMarks)
    const on = row.optional('日期', asDay)
    if (name !== undefined && (!part || part.component.method === 'deductions'))
      row.problem('unknown-component', '部分', { value: name, words: [...parts.keys()].join('、') })
    if (!part || unitId === undefined || marks === undefined || on === undefined) continue
    latestDay = latestOf([latestDay, on])
    const { component, leafKey } = part
    if (component.method === 'external') {
      const dimension = row.optional('维度', asText)
      const known = component.dimensions.find((one) => one.name === dimension)
      if (dimension && !known) {
        row.problem('unknown-dimension', '维度', {
          value: dimension,
          words: component.dimensions.map((one) => one.name).join('、'),
        })
      } else if (marks !== 'not-applicable') {
        external.push({ unitId, component: component.key, dimension: known?.key ?? null, marks, on })
      }
    } else if (component.method === 'verified-marks') {
      const windowName = row.needed('周期', asText)
      const window = component.windows.find((one) => word(one.name) === word(windowName ?? ''))
      const leaf = row.optional('指标', asText)
      const full = row.needed('满分', asNumber)
      if (windowName !== undefined && !window)
        row.problem('unknown-window', '周期', {
          value: windowName,
          words: component.windows.map((one) => one.name).join('、'),
        })
      if (!window || leaf === undefined || full === undefined) continue
      verified.push({
        unitId,
        component: component.key,
        window: window.key,
        leaf: leaf === null ? null : leafKey(leaf),
        full,
        marks,
        claimed: null,
        on,
      })
    }
  }
  return { verified, external, latestDay }
}

const same = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && isDecimal(a) && isDecimal(b) ? compare(decimal(a), decimal(b)) === 0 : a === b

/** The marks of a sheet with the day on which each was given, and those that each replaced. */
export interface DatedMarks<Mark> {
  readonly superseded: readonly Mark[]
  readonly marks: readonly Mark[]
}

/** Dates marks by their course, where its last one is the mark of the row. */
export function datedMarks<Mark extends { readonly marks: string | null; readonly on: Day | null }>(
  marks: readonly Mark[],
  origins: readonly Origin[],
  course: readonly Mark[],
  placeOf: (mark: Mark) => string,
  report: Report,
): DatedMarks<Mark> {
  const courses = new Map<string, Mark[]>()
  for (const mark of course) {
    const known = courses.get(placeOf(mark))
    if (known) known.push(mark)
    else courses.set(placeOf(mark), [mark])
  }
  const superseded: Mark[] = []
  const dated = marks.map((mark, index) => {
    const known = courses.get(placeOf(mark))
    const last = known?.at(-1)
    if (!known || !last) return mark
    if (!same(last.marks, mark.marks)) {
      report.warn('marks-differ', origins[index]?.sheet ?? null, origins[index]?.row ?? null)
      return mark
    }
    for (const earlier of known.slice(0, -1)) superseded.push({ ...mark, ...earlier, ...claimOf(mark) })
    return { ...mark, on: last.on }
  })
  return { superseded, marks: dated }
}

/** A claim belongs to the leaf, not to one of its marks. */
const claimOf = (mark: object): object => ('claimed' in mark ? { claimed: mark.claimed } : {})

/** The window that a row names; undefined when a problem was reported. */
function windowIn<Name extends string>(
  row: TableRow<Name | '部分' | '周期'>,
  scheme: Scheme,
): { readonly component: string; readonly window: string } | undefined {
  const name = row.needed('部分', asText)
  const windowName = row.needed('周期', asText)
  const component = scheme.components.find((one) => one.name === name)
  const windows = verifiedComponents(scheme).find((one) => one === component)?.windows ?? []
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
