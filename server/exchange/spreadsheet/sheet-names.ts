import { word } from './cell.ts'
import type { Report } from './report.ts'

const keyOf = (name: string): string => word(name).toLowerCase()

/**
 * The sheet that a name means: the exact one, else the one that is equal to it but for width, blanks and case. Warns of others that are equal so
 * when there is an exact one, and reports them when there is none. Undefined when there is no such sheet.
 */
export function sheetNamed(names: readonly string[], wanted: string, report: Report): string | undefined {
  const alike = names.filter((name) => keyOf(name) === keyOf(wanted))
  const chosen = alike.find((name) => name === wanted) ?? alike[0]
  const other = alike.find((name) => name !== chosen)
  if (other !== undefined && chosen === wanted)
    report.warn('sheet-alike', other, null, null, { name: wanted })
  else if (other !== undefined) report.problem('two-sheets', other, null, null, { other: chosen ?? '' })
  return chosen
}
