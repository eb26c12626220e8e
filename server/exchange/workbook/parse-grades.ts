import type { Grade, GradeLine } from '../../assessment/rule/scheme.ts'
import { nameMap } from '../spreadsheet/name-map.ts'
import type { Report } from '../spreadsheet/report.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import { asCount, asHundredths, asPoints, asText, openTable, type TableRow } from '../spreadsheet/table.ts'
import { gradeColumns, sheetNames } from './sheet-columns.ts'

interface GradeRow {
  readonly row: number
  readonly name: string
  readonly group: string | null
  readonly line: GradeLine
}

function readRow(row: TableRow<keyof typeof gradeColumns>): GradeRow | undefined {
  const name = row.needed('等次', asText)
  const group = row.optional('分组', asText)
  const from = row.optional('下限分', asHundredths)
  const share = row.optional('比例', asPoints)
  const count = row.optional('名额', asCount)
  if (name === undefined || group === undefined || from === undefined) return undefined
  if (share === undefined || count === undefined) return undefined
  return { row: row.number, name, group, line: { from, share, count } }
}

/** What is wrong with a line, whoever it is for (contract, reading 3). */
function checkLine({ row, line }: GradeRow, isLast: boolean, report: Report): void {
  const { from, share, count } = line
  const problem = (code: Parameters<Report['problem']>[0], column: string) =>
    report.problem(code, sheetNames.grades, row, column)
  if (isLast) {
    if (from !== null && from !== 0) problem('last-grade-edge', '下限分')
    return
  }
  if (share !== null && count !== null) problem('share-and-count', '名额')
  if (from === null && share === null && count === null) problem('grade-without-line', '下限分')
}

const takesAll: GradeLine = { from: 0, share: null, count: null }

/** Reads 等次, best first; the last takes all others. Undefined when problems were reported. */
export function readGrades(sheet: Sheet, report: Report): Grade[] | undefined {
  const table = openTable(sheet, gradeColumns, report)
  if (!table) return undefined
  const before = report.problemCount()
  const rows = [...table.rows].flatMap((row) => readRow(row) ?? [])
  const usual = rows.filter(({ group }) => group === null)
  const names = nameMap<GradeRow>()
  const edges = new Map<number, GradeRow>()
  for (const grade of usual) {
    const sameName = names.add(grade.name, grade)
    if (sameName)
      report.problem('duplicate-grade', sheet.name, grade.row, '等次', {
        value: grade.name,
        first: sameName.row,
      })
    const { from } = grade.line
    const sameEdge = from === null ? undefined : edges.get(from)
    if (from !== null && sameEdge)
      report.problem('duplicate-bound', sheet.name, grade.row, '下限分', {
        value: from / 100,
        first: sameEdge.row,
      })
    if (from !== null) edges.set(from, grade)
  }
  const last = usual.at(-1)
  if (last === undefined) report.problem('no-grades', sheet.name, 2, '等次')
  for (const grade of usual) checkLine(grade, grade === last, report)

  const ofGroups = new Map<string, (GradeLine & { group: string })[]>()
  const firstOf = nameMap<number>()
  for (const grade of rows) {
    if (grade.group === null) continue
    const of = names.get(grade.name)
    if (!of) {
      report.problem('unknown-group', sheet.name, grade.row, '等次', { value: grade.name })
      continue
    }
    const repeated = firstOf.add(`${of.name}\u0000${grade.group}`, grade.row)
    if (repeated !== undefined)
      report.problem('duplicate-row', sheet.name, grade.row, '分组', { first: repeated })
    checkLine(grade, of === last, report)
    const line = of === last ? takesAll : grade.line
    ofGroups.set(of.name, [...(ofGroups.get(of.name) ?? []), { ...line, group: grade.group }])
  }
  if (report.problemCount() > before) return undefined
  return usual.map(({ name, line }, at) => ({
    name,
    ...(at === usual.length - 1 ? takesAll : line),
    groups: ofGroups.get(name) ?? [],
  }))
}
