import { checkScheme } from '../../assessment/rule/check-scheme.ts'
import type { SchemePart } from '../../assessment/rule/scheme-fields.ts'
import { entriesOf, isBelow, isField, partOf, type AnyEntry } from '../../assessment/rule/scheme-nodes.ts'
import { placeNames } from '../../assessment/rule/scheme-place.ts'
import type { Scheme } from '../../assessment/rule/scheme.ts'
import { schemeSheets, type SchemeSheet } from '../../assessment/rule/scheme-words.ts'
import { textOf, word } from '../spreadsheet/cell.ts'
import type { Report } from '../spreadsheet/report.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'

/** The sheet and the cell's name that hold what stands at a path of a scheme. */
function cellAt(scheme: Scheme, path: string): { readonly sheet: SchemeSheet; readonly cell: string | null } {
  let part: SchemePart = 'scheme'
  let value: unknown = scheme
  for (const step of path.split('.')) {
    const { method } = Object(value) as { readonly method?: unknown }
    const entry: AnyEntry | undefined = entriesOf(part, method)[step]
    value = Object(value)[step] as unknown
    if (entry === undefined || entry === 'key') continue
    if (isField(entry)) return { sheet: entry.sheet ?? partOf(part).sheet, cell: entry.cell }
    if (isBelow(entry)) part = entry.part
  }
  return { sheet: partOf(part).sheet, cell: null }
}

/** The first row that names something, its part beside it where the row names one; null where no row does. */
function rowOf(sheet: Sheet | undefined, names: readonly string[]): number | null {
  const [outer, inner] = [names[0], names.at(-1)].map((name) => word(name ?? ''))
  const holding = (sheet?.rows ?? []).flatMap(({ number, cells }) => {
    const words = cells.map((cell) => (cell === undefined ? '' : word(textOf(cell))))
    return inner !== '' && words.includes(inner ?? '') ? [{ number, words }] : []
  })
  return (holding.find(({ words }) => words.includes(outer ?? '')) ?? holding[0])?.number ?? null
}

/**
 * What the one check of schemes finds in a workbook's, told at the sheet and column that hold it, if nothing is wrong yet; that weights do
 * not add up to 100 is told where they are read.
 */
export async function reportFaults(
  scheme: Scheme,
  sheetNamed: (name: string) => Promise<Sheet | undefined>,
  report: Report,
): Promise<void> {
  if (report.problemCount() > 0) return
  for (const { path, code, warning } of checkScheme(scheme)) {
    if (code === 'weights-not-100') continue
    const { sheet, cell } = cellAt(scheme, path)
    // 计算规则 holds each field in a row of its own.
    const isRow = sheet === 'rules'
    const names = placeNames(scheme, path)
    const value = [...names, ...(isRow && cell !== null ? [cell] : [])].join('·')
    const tell = warning ? report.warn : report.problem
    const row = rowOf(await sheetNamed(schemeSheets[sheet]), isRow && cell !== null ? [cell] : names)
    tell(`scheme:${code}`, schemeSheets[sheet], row, isRow ? null : cell, { value })
  }
}
