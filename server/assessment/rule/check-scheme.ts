import { compare, decimal, isDecimal, sum, zero } from '../rational.ts'
import { leavesOf, type Component, type Indicator, type RuleDay, type Scheme } from './scheme.ts'

export const schemeProblemCodes = [
  'no-components',
  'name-missing',
  'key-repeated',
  'name-repeated',
  'weight-not-positive',
  'weights-not-100',
  'points-not-positive',
  'floor-above-base',
  'cap-not-positive',
  'rectify-days-invalid',
  'no-kinds',
  'no-windows',
  'full-not-positive',
  'dimensions-not-full',
  'branch-empty',
  'no-grades',
  'grades-not-to-zero',
  'grades-not-descending',
  'veto-unknown-grade',
  'decimals-out-of-range',
  'quota-out-of-range',
  'bonus-cap-not-positive',
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

type Report = (path: string, code: SchemeProblemCode, warning?: boolean) => void

const isPositive = (text: string): boolean => isDecimal(text) && compare(decimal(text), zero) > 0

function reportRepeats(
  values: readonly string[],
  path: (index: number) => string,
  code: SchemeProblemCode,
  report: Report,
) {
  values.forEach((value, index) => {
    if (values.indexOf(value) !== index) report(path(index), code)
  })
}

function checkIndicators(nodes: readonly Indicator[], path: string, report: Report) {
  checkNames(nodes, path, report)
  nodes.forEach((node, index) => {
    const at = `${path}.${index}`
    if (node.children.length > 0) checkIndicators(node.children, `${at}.children`, report)
    else if (node.full === null) report(`${at}.children`, 'branch-empty')
    else if (!isPositive(node.full)) report(`${at}.full`, 'full-not-positive')
  })
}

const checkMethod: {
  readonly [Method in Component['method']]: (
    component: Extract<Component, { method: Method }>,
    at: string,
    scheme: Scheme,
    report: Report,
  ) => void
} = {
  deductions: (component, at, scheme, report) => {
    if (component.floor > component.base) report(`${at}.floor`, 'floor-above-base')
    if (component.kinds.length === 0) report(`${at}.kinds`, 'no-kinds')
    reportRepeats(
      component.kinds.map((kind) => kind.name),
      (index) => `${at}.kinds.${index}.name`,
      'name-repeated',
      report,
    )
    component.kinds.forEach((kind, index) => {
      const path = `${at}.kinds.${index}`
      if (kind.name.trim() === '') report(`${path}.name`, 'name-missing')
      if (!Number.isSafeInteger(kind.points) || kind.points <= 0)
        report(`${path}.points`, 'points-not-positive')
      if (kind.cap !== null && kind.cap <= 0) report(`${path}.cap`, 'cap-not-positive')
      const { days } = kind.rectifyWithin
      if (!Number.isSafeInteger(days) || days < 0 || days > 366)
        report(`${path}.rectifyWithin.days`, 'rectify-days-invalid')
      if (kind.veto !== null && !scheme.grades.some(({ name }) => name === kind.veto))
        report(`${path}.veto`, 'veto-unknown-grade')
    })
  },
  'verified-marks': (component, at, _, report) => {
    if (component.windows.length === 0) report(`${at}.windows`, 'no-windows')
    reportRepeats(
      component.windows.map(({ key }) => key),
      (index) => `${at}.windows.${index}.key`,
      'key-repeated',
      report,
    )
    checkNames(component.windows, `${at}.windows`, report)
    checkDays(component.windows, `${at}.windows`, report)
    checkIndicators(component.indicators, `${at}.indicators`, report)
    const leaves = leavesOf(component.indicators)
    reportRepeats(
      leaves.map(({ key }) => key),
      () => `${at}.indicators`,
      'key-repeated',
      report,
    )
  },
  external: (component, at, _, report) => {
    if (!isPositive(component.full)) report(`${at}.full`, 'full-not-positive')
    checkNames(component.dimensions, `${at}.dimensions`, report)
    component.dimensions.forEach((dimension, index) => {
      if (!isPositive(dimension.full)) report(`${at}.dimensions.${index}.full`, 'full-not-positive')
    })
    const fulls = component.dimensions.filter(({ full }) => isPositive(full)).map(({ full }) => decimal(full))
    const adds = isPositive(component.full) && compare(sum(fulls), decimal(component.full)) === 0
    if (fulls.length > 0 && !adds) report(`${at}.dimensions`, 'dimensions-not-full')
  },
}

function checkGrades(scheme: Scheme, report: Report) {
  if (scheme.grades.length === 0) return report('grades', 'no-grades')
  reportRepeats(
    scheme.grades.map(({ name }) => name),
    (index) => `grades.${index}.name`,
    'name-repeated',
    report,
  )
  scheme.grades.forEach((grade, index) => {
    const better = scheme.grades[index - 1]
    if (grade.name.trim() === '') report(`grades.${index}.name`, 'name-missing')
    if (better && grade.from >= better.from) report(`grades.${index}.from`, 'grades-not-descending')
  })
  if (scheme.grades.every(({ from }) => from > 0)) {
    report(`grades.${scheme.grades.length - 1}.from`, 'grades-not-to-zero')
  }
}

/** Names of a list: none blank, none twice. */
function checkNames(items: readonly { readonly name: string }[], path: string, report: Report) {
  const names = items.map(({ name }) => name.trim())
  names.forEach((name, index) => {
    if (name === '') report(`${path}.${index}.name`, 'name-missing')
    else if (names.indexOf(name) !== index) report(`${path}.${index}.name`, 'name-repeated')
  })
}

/** Days of the rule, in a year that is no leap year: 29 February would be missing in most. */
function checkDays(items: readonly { readonly due: RuleDay }[], path: string, report: Report) {
  const order = items.map(({ due }) => due.yearOffset * 10_000 + due.month * 100 + due.day)
  items.forEach(({ due }, index) => {
    const real =
      due.month >= 1 &&
      due.month <= 12 &&
      due.day >= 1 &&
      due.day <= new Date(Date.UTC(2023, due.month, 0)).getUTCDate()
    if (!real) report(`${path}.${index}.due`, 'milestone-invalid')
    const before = order[index - 1]
    if (before !== undefined && (order[index] as number) < before)
      report(`${path}.${index}.due`, 'milestones-out-of-order')
  })
}

/**
 * Everything that keeps a scheme from being used, in the order of its parts, and warnings (weights that do not add up to
 * 100: shares are still weight ÷ Σ). An empty list means that `assess` accepts it.
 */
export function checkScheme(scheme: Scheme): SchemeProblem[] {
  const problems: SchemeProblem[] = []
  const report: Report = (path, code, warning = false) => problems.push({ path, code, warning })

  if (scheme.components.length === 0) report('components', 'no-components')
  scheme.components.forEach((component, index) => {
    const at = `components.${index}`
    if (component.name.trim() === '') report(`${at}.name`, 'name-missing')
    if (!Number.isSafeInteger(component.weight) || component.weight <= 0)
      report(`${at}.weight`, 'weight-not-positive')
    ;(checkMethod[component.method] as (...args: [Component, string, Scheme, Report]) => void)(
      component,
      at,
      scheme,
      report,
    )
  })
  reportRepeats(
    scheme.components.map(({ key }) => key),
    (index) => `components.${index}.key`,
    'key-repeated',
    report,
  )
  reportRepeats(
    scheme.components.map(({ name }) => name),
    (index) => `components.${index}.name`,
    'name-repeated',
    report,
  )
  const kinds = scheme.components.flatMap((component, index) =>
    component.method === 'deductions'
      ? component.kinds.map(({ key }) => ({ key, path: `components.${index}.kinds` }))
      : [],
  )
  reportRepeats(
    kinds.map(({ key }) => key),
    (index) => (kinds[index] as { path: string }).path,
    'key-repeated',
    report,
  )
  if (scheme.components.reduce((total, { weight }) => total + weight, 0) !== 10_000)
    report('components', 'weights-not-100', true)

  checkGrades(scheme, report)
  if (!Number.isInteger(scheme.decimals) || scheme.decimals < 0 || scheme.decimals > 6)
    report('decimals', 'decimals-out-of-range')
  const quota = scheme.excellenceQuota
  if (quota && (quota.percent < 0 || quota.percent > 10_000))
    report('excellenceQuota.percent', 'quota-out-of-range')
  if (scheme.bonus && scheme.bonus.cap <= 0) report('bonus.cap', 'bonus-cap-not-positive')
  checkNames(scheme.milestones, 'milestones', report)
  checkDays(scheme.milestones, 'milestones', report)
  return problems
}
