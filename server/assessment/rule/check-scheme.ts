import { checkComponent, checkLedger } from './check-components.ts'
import { gradeLineFor, ledgersOf, type Component, type GradeLine, type Scheme } from './scheme.ts'
import {
  checkOrder,
  checkGroups,
  checkNames,
  isRealDay,
  reportRepeats,
  type Report,
  type SchemeProblem,
} from './scheme-problem.ts'

/** One line of a grade that is not the last: a band, a share or a number; not a share and a number. */
function checkLine({ from, share, count }: GradeLine, path: string, report: Report) {
  if (from === null && share === null && count === null) report(`${path}.from`, 'grade-without-line')
  if (share !== null && count !== null) report(`${path}.count`, 'grade-share-and-count')
  if (share !== null && (share < 0 || share > 10_000)) report(`${path}.share`, 'quota-out-of-range')
  if (count !== null && (!Number.isSafeInteger(count) || count < 0))
    report(`${path}.count`, 'quota-out-of-range')
}

const hasPlaces = ({ share, count }: GradeLine): boolean => share !== null || count !== null
/** Whether a better grade begins no higher than a line. */
const isNotAbove =
  (line: GradeLine) =>
  (better: GradeLine): boolean =>
    line.from !== null && better.from !== null && better.from <= line.from

function checkGrades({ grades }: Scheme, report: Report) {
  if (grades.length === 0) return report('grades', 'no-grades')
  checkNames(grades, 'grades', report)
  const last = grades.length - 1
  grades.forEach((grade, index) => {
    const path = `grades.${index}`
    if (index === last) {
      if (grade.from !== null && grade.from !== 0) report(`${path}.from`, 'grades-not-to-zero')
      return
    }
    checkLine(grade, path, report)
    checkGroups(grade.groups, `${path}.groups`, report)
    grade.groups.forEach((line, at) => {
      checkLine(line, `${path}.groups.${at}`, report)
      const better = grades.slice(0, index).map((each) => gradeLineFor(each, line.group))
      if (better.some(isNotAbove(line))) report(`${path}.groups.${at}.from`, 'grades-not-descending', true)
    })
    const notAbove = grades.slice(0, index).filter(isNotAbove(grade))
    // Where places are limited, the next grade may well begin higher up.
    if (notAbove.length > 0)
      report(`${path}.from`, 'grades-not-descending', [grade, ...notAbove].some(hasPlaces))
  })
}

/** Groups of which every part that applies weighs nothing. */
function checkGroupWeights({ components }: Scheme, report: Report) {
  const weightFor = ({ weight, variants }: Component, group: string) =>
    variants.find((variant) => variant.group === group)?.weight ?? weight
  const seen = new Set<string>()
  components.forEach(({ variants }, index) =>
    variants.forEach(({ group, weight }, at) => {
      if (weight !== 0 || seen.has(group)) return
      seen.add(group)
      const applying = components
        .map((each) => weightFor(each, group))
        .filter((each) => each !== 'not-applicable')
      if (applying.every((each) => each === 0))
        report(`components.${index}.variants.${at}.weight`, 'group-weights-zero', true)
    }),
  )
}

/**
 * Everything that keeps a scheme from being used, in the order of its parts, and warnings (weights that do not add up to
 * 100: shares are still weight ÷ Σ). An empty list means that `assess` accepts it.
 */
export function checkScheme(scheme: Scheme): SchemeProblem[] {
  const problems: SchemeProblem[] = []
  const report: Report = (path, code, warning = false) => problems.push({ path, code, warning })

  if (scheme.components.length === 0) report('components', 'no-components')
  scheme.components.forEach((component, index) =>
    checkComponent(component, `components.${index}`, scheme, report),
  )
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
  if (scheme.adjustments) checkLedger(scheme.adjustments, 'adjustments.', scheme, report)
  const kinds = ledgersOf(scheme).flatMap(({ key: owner, ledger }) => {
    const index = scheme.components.findIndex(({ key }) => key === owner)
    return ledger.kinds.map(({ key }) => ({
      key,
      path: owner === null ? 'adjustments.kinds' : `components.${index}.kinds`,
    }))
  })
  reportRepeats(
    kinds.map(({ key }) => key),
    (index) => (kinds[index] as { path: string }).path,
    'key-repeated',
    report,
  )
  const total = scheme.components.reduce((sum, { weight }) => sum + weight, 0)
  if (scheme.components.length > 0 && total <= 0) report('components', 'weights-all-zero')
  else if (total !== 10_000) report('components', 'weights-not-100', true)

  checkGroupWeights(scheme, report)
  checkGrades(scheme, report)
  if (!Number.isInteger(scheme.decimals) || scheme.decimals < 0 || scheme.decimals > 6)
    report('decimals', 'decimals-out-of-range')
  if (scheme.scale <= 0) report('scale', 'scale-not-positive')
  checkGroups(scheme.groupScales, 'groupScales', report)
  scheme.groupScales.forEach(({ scale }, index) => {
    if (scale <= 0) report(`groupScales.${index}.scale`, 'scale-not-positive')
  })
  reportRepeats(
    scheme.clauses.map(({ number }) => number.trim()),
    (index) => `clauses.${index}.number`,
    'clause-repeated',
    report,
  )
  checkNames(scheme.milestones, 'milestones', report)
  scheme.milestones.forEach(({ due }, index) => {
    if (!isRealDay(due)) report(`milestones.${index}.due`, 'milestone-invalid')
  })
  checkOrder(scheme.milestones, 'milestones', report)
  return problems
}
