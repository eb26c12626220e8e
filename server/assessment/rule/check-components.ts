import { compare, decimal, exactly, sum } from '../rational.ts'
import { typedText } from '../typed.ts'
import {
  leavesOf,
  windowEnd,
  type Component,
  type Indicator,
  type LeafScale,
  type Ledger,
  type Scheme,
  type Window,
} from './scheme.ts'
import {
  checkOrder,
  checkGroups,
  checkNames,
  isPositive,
  isRealDay,
  reportRepeats,
  type Report,
} from './scheme-problem.ts'

function checkIndicators(nodes: readonly Indicator[], path: string, report: Report) {
  checkNames(nodes, path, report)
  nodes.forEach((node, index) => {
    const at = `${path}.${index}`
    if (node.children.length > 0) checkIndicators(node.children, `${at}.children`, report)
    else if (node.full === null) report(`${at}.children`, 'branch-empty')
    else if (!isPositive(node.full)) report(`${at}.full`, 'full-not-positive')
    else if (hasRepeats(node.scale)) report(`${at}.scale`, 'leaf-scale-repeated')
    else if (mostBy(node.scale).some((marks) => compare(decimal(marks), decimal(node.full as string)) > 0))
      report(`${at}.scale`, 'leaf-scale-above-full', true)
  })
}

/** The most marks that a scale can give; null = no more than the leaf's full marks by its nature. */
const mostBy = (scale: LeafScale): readonly string[] =>
  scale.type === 'levels'
    ? scale.levels.map(({ marks }) => marks)
    : scale.type === 'steps'
      ? scale.steps.map(({ marks }) => marks)
      : []

/** Whether one observation could mean two marks. */
function hasRepeats(scale: LeafScale): boolean {
  const told =
    scale.type === 'levels'
      ? scale.levels.map(({ word }) => typedText(word))
      : scale.type === 'steps'
        ? scale.steps.map(({ atLeast }) => exactly(decimal(atLeast)))
        : []
  return new Set(told).size < told.length
}

/** Kinds and areas of a ledger, at a path with its point. */
export function checkLedger({ kinds, areas }: Ledger, at: string, scheme: Scheme, report: Report) {
  checkNames(areas, `${at}areas`, report)
  areas.forEach(({ key, cap }, index) => {
    if (cap !== null && cap < 0) report(`${at}areas.${index}.cap`, 'cap-negative')
    if (kinds.every(({ area }) => area !== key)) report(`${at}areas.${index}.cap`, 'area-unused', true)
  })
  checkNames(kinds, `${at}kinds`, report)
  kinds.forEach((kind, index) => {
    const path = `${at}kinds.${index}`
    if (kind.severities.length === 0) report(`${path}.severities`, 'severity-missing')
    if (kind.severities.length > 1) checkNames(kind.severities, `${path}.severities`, report)
    kind.severities.forEach(({ points }, level) => {
      if (!Number.isSafeInteger(points) || points < 0)
        report(`${path}.severities.${level}.points`, 'points-negative')
    })
    if (kind.cap !== null && kind.cap < 0) report(`${path}.cap`, 'cap-negative')
    if (kind.area !== null && !areas.some(({ key }) => key === kind.area))
      report(`${path}.area`, 'area-unknown')
    const { days } = kind.rectifyWithin
    if (!Number.isSafeInteger(days) || days < 0 || days > 366)
      report(`${path}.rectifyWithin.days`, 'rectify-days-invalid')
    for (const veto of kind.vetoes)
      if (veto.type === 'grade' && !scheme.grades.some(({ name }) => name === veto.grade))
        report(`${path}.vetoes`, 'veto-unknown-grade')
  })
}

/** Windows of a part: each ends on a day of its own; all of them have a weight, or none. */
function checkWindows(windows: readonly Window[], at: string, report: Report) {
  reportRepeats(
    windows.map(({ key }) => key),
    (index) => `${at}.${index}.key`,
    'key-repeated',
    report,
  )
  checkNames(windows, at, report)
  const ends = windows.map((window) => windowEnd(window, 2023))
  windows.forEach(({ due, ends: end, weight }, index) => {
    if (due === null && end === null) report(`${at}.${index}.ends`, 'window-without-end')
    else if (ends.indexOf(ends[index] as string) !== index) report(`${at}.${index}.ends`, 'windows-end-alike')
    for (const [name, day] of [['due', due] as const, ['ends', end] as const])
      if (day !== null && !isRealDay(day)) report(`${at}.${index}.${name}`, 'milestone-invalid')
    if (weight !== null && weight <= 0) report(`${at}.${index}.weight`, 'window-weight-not-positive')
  })
  const weighed = windows.filter(({ weight }) => weight !== null).length
  if (weighed > 0 && weighed < windows.length) report(at, 'window-weights-partly')
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
    const { base, floor, full, ceiling, kinds } = component
    const most = ceiling === 'none' ? Infinity : ceiling === 'full' ? (full ?? base) : ceiling
    if (floor > base) report(`${at}.floor`, 'floor-above-base')
    if (full !== null && full <= 0) report(`${at}.full`, 'full-not-positive')
    if (most < floor) report(`${at}.ceiling`, 'ceiling-below-floor')
    if (most === floor) report(`${at}.base`, 'ledger-fixed', true)
    if (kinds.length === 0) report(`${at}.kinds`, 'no-kinds')
    checkLedger(component, `${at}.`, scheme, report)
  },
  'verified-marks': (component, at, _, report) => {
    if (component.windows.length === 0) report(`${at}.windows`, 'no-windows')
    checkOrder(component.windows, `${at}.windows`, report, true)
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
    if (component.missing === 'zero' && component.windows.length === 0)
      report(`${at}.missing`, 'missing-without-windows', true)
    checkNames(component.dimensions, `${at}.dimensions`, report)
    component.dimensions.forEach((dimension, index) => {
      if (!isPositive(dimension.full)) report(`${at}.dimensions.${index}.full`, 'full-not-positive')
    })
    const fulls = component.dimensions.filter(({ full }) => isPositive(full)).map(({ full }) => decimal(full))
    const adds = isPositive(component.full) && compare(sum(fulls), decimal(component.full)) === 0
    if (fulls.length > 0 && !adds) report(`${at}.dimensions`, 'dimensions-not-full')
  },
}

/** What keeps a part of a scheme from being used. */
export function checkComponent(component: Component, at: string, scheme: Scheme, report: Report): void {
  if (component.name.trim() === '') report(`${at}.name`, 'name-missing')
  if (!Number.isSafeInteger(component.weight) || component.weight < 0)
    report(`${at}.weight`, 'weight-negative')
  checkWindows(component.windows, `${at}.windows`, report)
  checkGroups(component.variants, `${at}.variants`, report)
  component.variants.forEach(({ weight, full }, variant) => {
    if (typeof weight === 'number' && weight < 0)
      report(`${at}.variants.${variant}.weight`, 'weight-negative')
    if (full !== null && !isPositive(full)) report(`${at}.variants.${variant}.full`, 'full-not-positive')
  })
  ;(checkMethod[component.method] as (...args: [Component, string, Scheme, Report]) => void)(
    component,
    at,
    scheme,
    report,
  )
}
