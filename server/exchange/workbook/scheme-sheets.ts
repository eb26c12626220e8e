import { yearOf, type Facts } from '../../assessment/score/facts.ts'
import type { Scheme } from '../../assessment/rule/scheme.ts'
import type { Problem } from '../spreadsheet/messages.ts'
import { bookSheets } from './book-sheets.ts'
import { detailSheets, mainSheets, schemeSheets } from '../../assessment/rule/scheme-words.ts'
import { withDetails, type DetailSheets } from './parse-scheme-details.ts'
import { parseScheme } from './parse-scheme.ts'
import { oldBonusOf, statedYear } from './rule-rows.ts'
import { readNamedSheets } from './named-sheets.ts'
import { limits } from '../spreadsheet/limits.ts'
import { startReport } from '../spreadsheet/report.ts'
import { dayInChina } from '../../today.ts'
import { schemeDetailSheets } from './scheme-detail-sheets.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import { bytesOf, newWorkbook } from '../spreadsheet/sheet-writer.ts'
import { addBookSheet } from './write-workbook.ts'

const noFacts: Facts = {
  units: [],
  participants: [],
  findings: [],
  verified: [],
  external: [],
  closed: [],
  submissions: [],
}

const carried: readonly string[] = Object.values(mainSheets)

/** A whole scheme as a workbook: 考核办法, 等次 and 扣分类别 as in a year's workbook, and its details. */
export async function writeScheme(scheme: Scheme): Promise<Buffer> {
  const workbook = newWorkbook()
  const sheets = bookSheets(scheme, noFacts).filter(({ name }) => carried.includes(name))
  for (const sheet of [...sheets, ...schemeDetailSheets(scheme)]) addBookSheet(workbook, sheet)
  return bytesOf(workbook)
}

/** The sheets of a scheme put over a base, or what is wrong with them and where. */
export type SchemeSheetsReading =
  | { readonly ok: true; readonly scheme: Scheme }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** The sheets that make a scheme. */
export const schemeSheetNames: readonly string[] = Object.values(schemeSheets)

/** Puts the sheets of a scheme, those that there are, over a base. */
export function schemeFrom(sheets: readonly Sheet[], base: Scheme): SchemeSheetsReading {
  const report = startReport()
  const named = (name: string) => sheets.find((sheet) => sheet.name === name)
  const details = Object.fromEntries(
    Object.entries(detailSheets).map(([key, name]) => [key, named(name)]),
  ) as DetailSheets
  if (sheets.length === 0) report.problem('missing-sheet', detailSheets.indicators)
  const parsed = parseScheme(
    {
      components: named(mainSheets.components),
      grades: named(mainSheets.grades),
      ledgers: {
        kinds: named(mainSheets.kinds),
        details: details.kindDetails,
        severities: details.severities,
        areas: details.areas,
      },
    },
    base,
    false,
    report,
  )
  const year = statedYear(details.rules) ?? yearOf({}, dayInChina(new Date()))
  const bonus = oldBonusOf(parsed?.scheme ?? base, {
    rules: details.rules,
    bonus: undefined,
    kinds: undefined,
  })
  const whole = parsed && withDetails(parsed.scheme, details, year, bonus, report)
  if (!whole || report.problemCount() > 0) return { ok: false, problems: report.problems }
  return { ok: true, scheme: whole.scheme }
}

/**
 * Reads the sheets of a scheme that the workbook has; everything else comes from `base`. Never throws on a hostile file.
 */
export async function readScheme(bytes: Buffer, base: Scheme): Promise<SchemeSheetsReading> {
  const reading = await readNamedSheets(bytes, schemeSheetNames, { unpackedBytes: limits.formBytes })
  return reading.ok ? schemeFrom(reading.sheets, base) : { ok: false, problems: reading.problems }
}
