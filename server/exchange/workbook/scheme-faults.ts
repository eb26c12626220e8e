import { checkScheme } from '../../assessment/rule/check-scheme.ts'
import type { SchemePart } from '../../assessment/rule/scheme-fields.ts'
import { entriesOf, isBelow, isField, partOf, type AnyEntry } from '../../assessment/rule/scheme-nodes.ts'
import { placeNames } from '../../assessment/rule/scheme-place.ts'
import type { Scheme } from '../../assessment/rule/scheme.ts'
import { schemeSheets, type SchemeSheet } from '../../assessment/rule/scheme-words.ts'
import type { Report } from '../spreadsheet/report.ts'

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

/**
 * What the one check of schemes finds in a workbook's, told at the sheet and column that hold it, if nothing is wrong yet; that weights do
 * not add up to 100 is told where they are read.
 */
export function reportFaults(scheme: Scheme, report: Report): void {
  if (report.problemCount() > 0) return
  for (const { path, code, warning } of checkScheme(scheme)) {
    if (code === 'weights-not-100') continue
    const { sheet, cell } = cellAt(scheme, path)
    // 计算规则 holds each field in a row of its own.
    const isRow = sheet === 'rules'
    const value = [...placeNames(scheme, path), ...(isRow && cell !== null ? [cell] : [])].join('·')
    const tell = warning ? report.warn : report.problem
    tell(`scheme:${code}`, schemeSheets[sheet], null, isRow ? null : cell, { value })
  }
}
