import type { Decimal } from '../../assessment/rational.ts'
import { deductionComponents, type Component, type Scheme } from '../../assessment/rule/scheme.ts'
import type { SchemeSheets } from './book.ts'
import { readComponents } from './parse-components.ts'
import { readGrades } from './parse-grades.ts'
import { readLedgers, type LedgerSheets } from './parse-kinds.ts'
import type { Report } from '../spreadsheet/report.ts'
import { sheetNames } from './sheet-columns.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'

/** The scheme in force for a workbook, and the full marks of window totals by component name where the workbook sets them. */
export interface SchemeReading {
  readonly scheme: Scheme
  readonly schemeSheets: SchemeSheets
  readonly totals: ReadonlyMap<string, Decimal>
  readonly kindNames: readonly string[]
}

/** Kinds for the components of a workbook that has no 扣分类别: each its own by name, else those of the base scheme. */
function inheritedKinds(components: readonly Component[], base: Scheme, report: Report): Component[] {
  const owners = deductionComponents({ components })
  const without = new Set<Component>(owners.filter(({ kinds }) => kinds.length === 0))
  if (owners.length > 1 && without.size > 0) report.problem('missing-sheet', sheetNames.kinds)
  const kinds = deductionComponents(base).flatMap((component) => component.kinds)
  return components.map((component) => (without.has(component) ? { ...component, kinds } : component))
}

/**
 * Reads 考核办法, 等次 and the sheets of ledgers; what the workbook leaves out comes from the base scheme. Keys of the base are kept for
 * components and kinds of the same name; others take their name. Undefined when problems were reported.
 */
export function parseScheme(
  sheets: Readonly<Record<'components' | 'grades', Sheet | undefined>> & { readonly ledgers: LedgerSheets },
  base: Scheme,
  baseIsPreset: boolean,
  report: Report,
): SchemeReading | undefined {
  const own = sheets.components && readComponents(sheets.components, base, report)
  const grades = sheets.grades ? readGrades(sheets.grades, report) : base.grades
  if ((sheets.components && !own) || !grades) return undefined
  const inherited = own && !sheets.ledgers.kinds ? inheritedKinds(own.components, base, report) : null
  const components = inherited ?? own?.components ?? base.components
  const ledgers = readLedgers(sheets.ledgers, components, base.adjustments, grades, report)
  return {
    scheme: {
      ...base,
      ...(own && baseIsPreset ? { name: '工作簿考核办法', source: '' } : {}),
      components: components.map((component) =>
        component.method === 'deductions'
          ? { ...component, ...ledgers.ofComponents.get(component.key) }
          : component,
      ),
      adjustments: ledgers.adjustments,
      grades,
    },
    schemeSheets: {
      components: sheets.components !== undefined,
      grades: sheets.grades !== undefined,
      kinds: sheets.ledgers.kinds !== undefined,
      details: false,
    },
    totals: own?.totals ?? new Map(),
    kindNames: ledgers.kindNames,
  }
}
