import type { Day } from '../../assessment/day.ts'
import { compare, decimal, isDecimal } from '../../assessment/rational.ts'
import type { Component, Scheme } from '../../assessment/rule/scheme.ts'
import type { ExternalMark, VerifiedMark } from '../../assessment/score/facts.ts'
import { word } from '../spreadsheet/cell.ts'
import type { Origin } from '../spreadsheet/place.ts'
import type { Report } from '../spreadsheet/report.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import { asDay, asNumber, asText, openTable, type TableRow } from '../spreadsheet/table.ts'
import { markCourseColumns } from './course-columns.ts'
import { leafKeys } from './leaf-names.ts'
import { latestOf } from './ledger-entry.ts'
import { unitOf, type KnownUnits } from './parse-courses.ts'
import { asLeafMarks } from './parse-marks.ts'

/** Marks of both kinds as 得分记录 has them. */
export interface MarkCourse {
  readonly verified: readonly VerifiedMark[]
  readonly external: readonly ExternalMark[]
  readonly latestDay: Day | null
}

/** The key of the window that a row of a part names; null for the year as one, undefined when a problem was reported. */
function windowNamed(
  row: TableRow<keyof typeof markCourseColumns>,
  { windows }: Component,
): string | null | undefined {
  if (windows.length === 0) return null
  const name = row.needed('周期', asText)
  const window = name === undefined ? undefined : windows.find((each) => word(each.name) === word(name))
  if (name !== undefined && !window)
    row.problem('unknown-window', '周期', {
      value: name,
      words: windows.map((each) => each.name).join('、'),
    })
  return window?.key
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
    const window = windowNamed(row, component)
    if (window === undefined) continue
    if (component.method === 'external') {
      const dimension = row.optional('维度', asText)
      const known = component.dimensions.find((one) => one.name === dimension)
      if (dimension && !known) {
        row.problem('unknown-dimension', '维度', {
          value: dimension,
          words: component.dimensions.map((one) => one.name).join('、'),
        })
      } else {
        const given = { unitId, component: component.key, window, dimension: known?.key ?? null }
        external.push({ ...given, marks, on })
      }
    } else if (component.method === 'verified-marks') {
      const leaf = row.optional('指标', asText)
      const full = row.needed('满分', asNumber)
      const observation = row.optional('观测', asText)
      if (window === null || leaf === undefined || full === undefined || observation === undefined) continue
      verified.push({
        unitId,
        component: component.key,
        window,
        leaf: leaf === null ? null : leafKey(leaf),
        full,
        marks,
        observation,
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
