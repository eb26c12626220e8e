import type ExcelJS from 'exceljs'
import type { Facts } from '../../assessment/score/facts.ts'
import type { Scheme } from '../../assessment/rule/scheme.ts'
import { bookSheets, type BookSheet } from './book-sheets.ts'
import { courseBooks } from './course-sheets.ts'
import { schemeDetailSheets } from './scheme-detail-sheets.ts'
import { type Column } from '../spreadsheet/column.ts'
import { addSheet, bytesOf, newWorkbook, type SheetColumn } from '../spreadsheet/sheet-writer.ts'

const widths: Readonly<Record<string, number>> = {
  事由: 48,
  单位: 26,
  上级单位: 26,
  提供单位: 20,
  类别: 24,
  扣分类别: 24,
  部分: 20,
  指标: 28,
}

function sheetColumn([name, { content, needed }]: readonly [string, Column]): SheetColumn {
  const format = content === 'number' || content === 'marks' ? 'number' : content === 'day' ? 'day' : 'text'
  return { name, needed, format, width: widths[name] ?? 14 }
}

/** Adds a sheet of the exchange format. */
export const addBookSheet = (
  workbook: ExcelJS.Workbook,
  { name, columns, rows }: BookSheet,
): ExcelJS.Worksheet => addSheet(workbook, name, columns.map(sheetColumn), rows)

/**
 * Writes scheme and facts as a workbook 考核工作簿 that reads back as the same. The sheets that everybody knows tell what became
 * of a finding in the end and the marks in force; the sheets after them the scheme's details and how it came about.
 */
export async function writeBook({
  scheme,
  facts,
}: {
  readonly scheme: Scheme
  readonly facts: Facts
}): Promise<Buffer> {
  const workbook = newWorkbook()
  const sheets = [
    ...bookSheets(scheme, facts),
    ...schemeDetailSheets(scheme, facts.closed, facts.year ?? null),
    ...courseBooks(scheme, facts),
  ]
  for (const sheet of sheets) addBookSheet(workbook, sheet)
  return bytesOf(workbook)
}
