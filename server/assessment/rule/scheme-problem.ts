import { compare, decimal, isDecimal, zero } from '../rational.ts'
import type { RuleDay } from './scheme.ts'

export const schemeProblemCodes = [
  'no-components',
  'name-missing',
  'key-repeated',
  'name-repeated',
  'weight-negative',
  'weights-all-zero',
  'weights-not-100',
  'group-weights-zero',
  'points-negative',
  'severity-missing',
  'area-unknown',
  'floor-above-base',
  'ceiling-below-floor',
  'ledger-fixed',
  'cap-negative',
  'area-unused',
  'rectify-days-invalid',
  'no-kinds',
  'no-windows',
  'missing-without-windows',
  'window-without-end',
  'windows-end-alike',
  'window-weights-partly',
  'window-weight-not-positive',
  'scale-not-positive',
  'leaf-scale-above-full',
  'leaf-scale-repeated',
  'group-repeated',
  'full-not-positive',
  'dimensions-not-full',
  'branch-empty',
  'no-grades',
  'grades-not-to-zero',
  'grades-not-descending',
  'grade-without-line',
  'grade-share-and-count',
  'veto-unknown-grade',
  'decimals-out-of-range',
  'quota-out-of-range',
  'clause-repeated',
  'milestone-invalid',
  'milestones-out-of-order',
] as const
export type SchemeProblemCode = (typeof schemeProblemCodes)[number]

/** What is wrong in a scheme and where: `path` walks the JSON, e.g. `components.0.kinds.2.points`. */
export interface SchemeProblem {
  readonly path: string
  readonly code: SchemeProblemCode
  /** A warning does not keep the scheme from being used. */
  readonly warning: boolean
}

export type Report = (path: string, code: SchemeProblemCode, warning?: boolean) => void

export const isPositive = (text: string): boolean => isDecimal(text) && compare(decimal(text), zero) > 0

/** Values of a list that stand in it twice. */
export function reportRepeats(
  values: readonly string[],
  path: (index: number) => string,
  code: SchemeProblemCode,
  report: Report,
) {
  values.forEach((value, index) => {
    if (values.indexOf(value) !== index) report(path(index), code)
  })
}

/** Names of a list: none blank, none twice. */
export function checkNames(items: readonly { readonly name: string }[], path: string, report: Report) {
  const names = items.map(({ name }) => name.trim())
  names.forEach((name, index) => {
    if (name === '') report(`${path}.${index}.name`, 'name-missing')
    else if (names.indexOf(name) !== index) report(`${path}.${index}.name`, 'name-repeated')
  })
}

/** A day of a year that is no leap year: 29 February would be missing in most. */
export const isRealDay = ({ month, day }: RuleDay): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(2023, month, 0)).getUTCDate()

/** Due days of the rule come in order; of windows, which stand by their ends, that is only odd. */
export function checkOrder(
  items: readonly { readonly due: RuleDay | null }[],
  path: string,
  report: Report,
  warning = false,
) {
  let before = -Infinity
  items.forEach(({ due }, index) => {
    if (due === null) return
    const place = due.yearOffset * 10_000 + due.month * 100 + due.day
    if (place < before) report(`${path}.${index}.due`, 'milestones-out-of-order', warning)
    before = place
  })
}

/** Rows of groups: each named, none twice. */
export function checkGroups(rows: readonly { readonly group: string }[], path: string, report: Report) {
  rows.forEach(({ group }, index) => {
    if (group.trim() === '') report(`${path}.${index}.group`, 'name-missing')
  })
  reportRepeats(
    rows.map(({ group }) => group.trim()),
    (index) => `${path}.${index}.group`,
    'group-repeated',
    report,
  )
}
