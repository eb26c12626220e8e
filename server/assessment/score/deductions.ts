import { unitNamed, type Unit } from './facts.ts'
import type { FindingTrace } from './finding-status.ts'
import { format, hundredths, multiply, type Hundredths, type Rational } from '../rational.ts'
import type { DeductionKind, DeductionsComponent } from '../rule/scheme.ts'
import type { DeductionSteps, Loss } from './scorecard.ts'

/** A finding with where it stands on the day in question. */
export interface TracedFinding {
  readonly id: string
  readonly number: string
  readonly what: string
  readonly trace: FindingTrace
}

/** What points are worth in the composite: points × share of the component (1.5 × 30% = 0.45). */
export const worthOf = (points: Hundredths, share: Rational): Rational => multiply(hundredths(points), share)

/** Points that each finding costs, so that no kind costs more than its cap; earlier losses are counted first. */
function pointsLost(findings: readonly TracedFinding[]): Map<string, Hundredths> {
  const lost = findings.flatMap(({ id, trace: { kind, lostOn } }) =>
    lostOn === null ? [] : [{ id, kind, lostOn }],
  )
  lost.sort((a, b) => (a.lostOn < b.lostOn ? -1 : Number(a.lostOn > b.lostOn)))
  const spent = new Map<string, Hundredths>()
  const points = new Map<string, Hundredths>()
  for (const { id, kind } of lost) {
    const before = spent.get(kind.key) ?? 0
    const costs = kind.cap === null ? kind.points : Math.max(0, Math.min(kind.points, kind.cap - before))
    spent.set(kind.key, before + costs)
    points.set(id, costs)
  }
  return points
}

function kindStep(kind: DeductionKind, findings: readonly Loss[]): DeductionSteps['kinds'][number] {
  const lost = findings.filter((finding) => finding.kind === kind.key && finding.lostOn !== null)
  return {
    key: kind.key,
    name: kind.name,
    count: lost.length,
    points: lost.reduce((total, finding) => total + finding.points, 0),
    cap: kind.cap,
  }
}

/**
 * 扣分制: base − Σ points lost, not below the floor (考核办法 四(一): 预置100分，每个问题扣1.5分).
 * `findings` are those charged to the unit; the score is exact.
 */
export function scoreDeductions(
  component: DeductionsComponent,
  findings: readonly TracedFinding[],
  units: ReadonlyMap<string, Unit>,
  share: Rational,
): { score: Rational; steps: DeductionSteps } {
  const costs = pointsLost(findings)
  const losses = findings.map(({ id, number, what, trace }): Loss => {
    const points = costs.get(id) ?? 0
    const atRisk = trace.atRisk ? trace.kind.points : 0
    return {
      findingId: id,
      number,
      kind: trace.kind.key,
      kindName: trace.kind.name,
      unitId: trace.unitId,
      unit: unitNamed(units, trace.unitId),
      what,
      status: trace.status,
      notifiedOn: trace.notifiedOn,
      deadline: trace.deadline,
      lostOn: trace.lostOn,
      points,
      atRisk,
      worth: format(worthOf(points + atRisk, share)),
      appealed: trace.appealed,
      clause: trace.kind.clause,
    }
  })
  const lost = losses.reduce((total, loss) => total + loss.points, 0)
  const raw = component.base - lost
  return {
    score: hundredths(Math.max(raw, component.floor)),
    steps: {
      method: 'deductions',
      base: component.base,
      floor: component.floor,
      lost,
      raw,
      kinds: component.kinds.map((kind) => kindStep(kind, losses)),
      findings: losses,
    },
  }
}
