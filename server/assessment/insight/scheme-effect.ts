import type { Facts, VerifiedMark } from '../score/facts.ts'
import { decimal, divide, format, multiply, type Decimal } from '../rational.ts'
import {
  externalComponents,
  kindsOf,
  leavesOf,
  verifiedComponents,
  type Indicator,
  type Scheme,
} from '../rule/scheme.ts'
import type { Standing } from '../score/scorecard.ts'

/** The facts of one scheme read under another, and how many of them it has no place for. */
export interface FittedFacts {
  readonly facts: Facts
  /** Findings of kinds, and marks of components or leaves, that the other scheme does not have. */
  readonly left: { readonly findings: number; readonly marks: number }
}

const fineEnough = 6

/** Full marks by a leaf's key and by its name: marks name either. */
const fullMarksOf = (indicators: readonly Indicator[]): Map<string, Decimal> =>
  new Map(
    leavesOf(indicators).flatMap(({ key, name, full }) =>
      full === null
        ? []
        : [
            [name, full],
            [key, full],
          ],
    ),
  )

/**
 * Facts as they would stand under a draft: a leaf whose full marks changed keeps its share of them; what the draft has no
 * place for is left out and counted.
 */
export function fitFacts(facts: Facts, scheme: Scheme): FittedFacts {
  const kinds = kindsOf(scheme)
  const trees = new Map(
    verifiedComponents(scheme).map(({ key, indicators }) => [key, fullMarksOf(indicators)]),
  )
  const dimensions = new Map(
    externalComponents(scheme).map((component) => [
      component.key,
      new Set(component.dimensions.map(({ key }) => key)),
    ]),
  )
  const hasSeverity = (kind: string, severity: string | null | undefined): boolean =>
    severity == null || kinds.get(kind)?.severities.some(({ key }) => key === severity) === true

  const findings = facts.findings.filter(
    (finding) =>
      kinds.has(finding.kind) &&
      hasSeverity(finding.kind, finding.severity) &&
      finding.facts.every(
        (fact) => !('kind' in fact) || (kinds.has(fact.kind) && hasSeverity(fact.kind, fact.severity)),
      ),
  )
  const verified = facts.verified.flatMap((mark): VerifiedMark[] => {
    const tree = trees.get(mark.component)
    if (!tree) return []
    if (mark.leaf === null || tree.size === 0) return [mark]
    const full = tree.get(mark.leaf)
    if (full === undefined) return []
    if (full === mark.full || mark.marks === null || mark.marks === 'not-applicable')
      return [{ ...mark, full }]
    const share = divide(decimal(mark.marks), decimal(mark.full))
    return [{ ...mark, full, marks: format(multiply(share, decimal(full)), fineEnough) }]
  })
  const external = facts.external.filter(
    ({ component, dimension }) =>
      dimensions.has(component) && (dimension === null || dimensions.get(component)?.has(dimension) === true),
  )
  return {
    facts: { ...facts, findings, verified, external },
    left: {
      findings: facts.findings.length - findings.length,
      marks: facts.verified.length - verified.length + facts.external.length - external.length,
    },
  }
}

/** One unit before and after. */
export interface StandingMove {
  readonly unitId: string
  readonly unit: string
  readonly group: string
  readonly composite: readonly [from: string | null, to: string | null]
  readonly rank: readonly [from: number | null, to: number | null]
  readonly grade: readonly [from: string | null, to: string | null]
}

const distance = ({ rank: [from, to] }: StandingMove): number =>
  from === null || to === null ? 0 : Math.abs(from - to)

/** Units whose composite, rank or grade differs; another grade first, then by places moved. */
export function standingMoves(before: readonly Standing[], after: readonly Standing[]): StandingMove[] {
  const old = new Map(before.map((row) => [row.unitId, row]))
  return after
    .flatMap((row): StandingMove[] => {
      const was = old.get(row.unitId)
      if (!was) return []
      return [
        {
          unitId: row.unitId,
          unit: row.unit,
          group: row.group,
          composite: [was.composite, row.composite],
          rank: [was.rank, row.rank],
          grade: [was.grade, row.grade],
        },
      ]
    })
    .filter(({ composite, rank, grade }) => [composite, rank, grade].some(([from, to]) => from !== to))
    .sort(
      (a, b) =>
        Number(b.grade[0] !== b.grade[1]) - Number(a.grade[0] !== a.grade[1]) || distance(b) - distance(a),
    )
}
