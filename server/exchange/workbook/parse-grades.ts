import type { Grade } from '../../assessment/rule/scheme.ts'
import type { Report } from '../spreadsheet/report.ts'
import { gradeColumns } from './sheet-columns.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import { asHundredths, asText, openTable } from '../spreadsheet/table.ts'

/** Reads 等次 into bands, best first. Undefined when problems were reported. */
export function readGrades(sheet: Sheet, report: Report): Grade[] | undefined {
  const table = openTable(sheet, gradeColumns, report)
  if (!table) return undefined
  const before = report.problemCount()
  const names = new Map<string, number>()
  const bounds = new Map<number, number>()
  const grades: Grade[] = []
  for (const row of table.rows) {
    const name = row.needed('等次', asText)
    const from = row.needed('下限分', asHundredths)
    if (name === undefined || from === undefined) continue
    const sameName = names.get(name)
    const sameBound = bounds.get(from)
    if (sameName !== undefined) row.problem('duplicate-grade', '等次', { value: name, first: sameName })
    if (sameBound !== undefined)
      row.problem('duplicate-bound', '下限分', { value: from / 100, first: sameBound })
    names.set(name, row.number)
    bounds.set(from, row.number)
    grades.push({ name, from })
  }
  grades.sort((a, b) => b.from - a.from)
  const lowest = grades.at(-1)
  if (report.problemCount() === before && (lowest === undefined || lowest.from > 0)) {
    report.problem(
      'bands-do-not-reach-zero',
      sheet.name,
      lowest ? (bounds.get(lowest.from) ?? null) : 2,
      '下限分',
    )
  }
  return report.problemCount() > before ? undefined : grades
}
