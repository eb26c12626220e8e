import { chargingOf } from './charging.ts'
import { bonusOf, compositeOf, shareOf } from './composite.ts'
import type { Day } from '../day.ts'
import { scoreDeductions, type TracedFinding } from './deductions.ts'
import { scoreExternalMarks } from './external-marks.ts'
import { closedFor } from './due-day.ts'
import { unitNamed, type Facts, type Participant } from './facts.ts'
import { traceFinding } from './finding-status.ts'
import { gradesOf, type Gradable, type Graded } from './grades.ts'
import { rankings, type Ranked } from './ranking.ts'
import { add, exactly, format, hundred, multiply, round, subtract, type Rational } from '../rational.ts'
import type { Component, DeductionKind, Scheme } from '../rule/scheme.ts'
import type { Assessed, ComponentScore, PendingReason, Scorecard, Standing } from './scorecard.ts'
import { scoreVerifiedMarks } from './verified-marks.ts'
import type { WorkCalendar } from '../working-days.ts'

/** Everything about one unit, before ranking. */
interface Scored extends Gradable {
  readonly unit: string
  readonly components: readonly ComponentScore[]
  readonly bonus: Rational | null
  readonly exact: Rational | null
}

type Part = { score: Rational | null; steps: ComponentScore['steps']; pending: readonly PendingReason[] }

/** Groups values by a key, keeping their order. */
function groupBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>()
  for (const value of values) {
    const key = keyOf(value)
    const group = groups.get(key)
    if (group) group.push(value)
    else groups.set(key, [value])
  }
  return groups
}

const pair = (unitId: string, component: string): string => `${component}\n${unitId}`

/** Two digits where they suffice (0.30), four where not (0.3333). */
const shareText = (share: Rational): string => format(share, (share.n * 100n) % share.d === 0n ? 2 : 4)

/** Every finding under each deduction component, traced to the day and charged to a participant. */
function chargedFindings(
  scheme: Scheme,
  facts: Facts,
  asOf: Day,
  calendar: WorkCalendar,
): Map<string, TracedFinding[]> {
  const kinds = new Map<string, DeductionKind>()
  const componentOf = new Map<string, string>()
  for (const component of scheme.components) {
    if (component.method !== 'deductions') continue
    for (const kind of component.kinds) {
      kinds.set(kind.key, kind)
      componentOf.set(kind.key, component.key)
    }
  }
  const charging = chargingOf(facts.units, facts.participants)
  const traced = facts.findings.flatMap((finding) => {
    const trace = traceFinding(finding, kinds, asOf, calendar)
    const charged = charging.charged(trace.unitId, trace.kind.chargedUpward)
    if (charged === null) return []
    const component = componentOf.get(trace.kind.key) as string
    return [
      { key: pair(charged, component), id: finding.id, number: finding.number, what: finding.what, trace },
    ]
  })
  return groupBy(traced, (finding) => finding.key)
}

/** A function that scores one participant on one day. */
function scorer(
  scheme: Scheme,
  facts: Facts,
  asOf: Day,
  calendar: WorkCalendar,
): (participant: Participant) => Scored {
  const units = new Map(facts.units.map((unit) => [unit.id, unit]))
  const findings = chargedFindings(scheme, facts, asOf, calendar)
  const verified = groupBy(facts.verified, (mark) => pair(mark.unitId, mark.component))
  const external = groupBy(facts.external, (mark) => pair(mark.unitId, mark.component))
  const submissions = groupBy(facts.submissions, (one) => pair(one.unitId, one.component))
  const closed = groupBy(facts.closed, (one) => one.component)
  const extensions = facts.extensions ?? []
  const bonuses = groupBy(facts.bonuses, (bonus) => bonus.unitId)

  function score(component: Component, unitId: string, share: Rational): Part {
    const key = pair(unitId, component.key)
    switch (component.method) {
      case 'deductions':
        return { ...scoreDeductions(component, findings.get(key) ?? [], units, share), pending: [] }
      case 'verified-marks':
        return scoreVerifiedMarks(
          component,
          verified.get(key) ?? [],
          closedFor(closed.get(component.key) ?? [], unitId, extensions, asOf),
          submissions.get(key) ?? [],
          asOf,
        )
      case 'external':
        return scoreExternalMarks(component, external.get(key) ?? [], closed.get(component.key) ?? [], asOf)
    }
  }

  return ({ unitId, group }) => {
    const parts = scheme.components.map((component) => {
      const share = shareOf(component, scheme.components)
      return { component, share, ...score(component, unitId, share) }
    })
    const sum = compositeOf(parts)
    const points = (bonuses.get(unitId) ?? [])
      .filter(({ on }) => on <= asOf)
      .reduce((total, one) => total + one.points, 0)
    const bonus = scheme.bonus && sum && bonusOf(scheme.bonus, sum, points)
    const exact = sum && bonus ? add(sum, bonus) : sum
    return {
      unitId,
      group,
      unit: unitNamed(units, unitId),
      components: parts.map(({ component, share, score, steps, pending }) => ({
        key: component.key,
        name: component.name,
        method: component.method,
        weight: component.weight,
        share: shareText(share),
        score: score && format(score),
        exact: score && exactly(score),
        contribution: score && format(multiply(share, score)),
        loss: score && format(multiply(share, subtract(hundred, score))),
        pending,
        clause: component.clause,
        steps,
      })),
      bonus,
      exact,
      composite: exact && round(exact, scheme.decimals, scheme.rounding),
      lostUnder: scheme.components.flatMap((component) =>
        component.method !== 'deductions'
          ? []
          : component.kinds.filter((kind) =>
              (findings.get(pair(unitId, component.key)) ?? []).some(
                ({ trace }) => trace.lostOn !== null && trace.kind.key === kind.key,
              ),
            ),
      ),
    }
  }
}

/** The ranking row of a unit. */
function standingOf(scheme: Scheme, { unit, rank }: Ranked<Scored>, graded: Graded | undefined): Standing {
  return {
    unitId: unit.unitId,
    unit: unit.unit,
    group: unit.group,
    rank,
    composite: unit.composite && format(unit.composite, scheme.decimals),
    grade: graded?.grade ?? null,
    components: Object.fromEntries(unit.components.map(({ name, score }) => [name, score])),
    pending: unit.components.filter(({ score }) => score === null).map(({ name }) => name),
  }
}

/**
 * The one door of the engine: scorecards and standings on a day, derived from facts by a scheme (model §1). Pure; the order
 * of units and facts is the order given. A part that is not known is null and makes its composite null (待定, unranked).
 * Throws RangeError on facts that the scheme cannot read (an unknown kind, a cycle of parents, marks that are no number).
 */
export function assess(scheme: Scheme, facts: Facts, asOf: Day, calendar: WorkCalendar): Assessed {
  const scored = facts.participants.map(scorer(scheme, facts, asOf, calendar))
  const standings: Standing[] = []
  const cards = new Map<string, Scorecard>()

  for (const ranking of rankings(scheme, scored)) {
    const grades = gradesOf(scheme, ranking)
    const rankedOf = ranking.filter(({ rank }) => rank !== null).length
    for (const ranked of ranking) {
      const { unit } = ranked
      const graded = grades.get(unit.unitId)
      const standing = standingOf(scheme, ranked, graded)
      standings.push(standing)
      cards.set(unit.unitId, {
        unitId: unit.unitId,
        unit: unit.unit,
        group: unit.group,
        asOf,
        components: unit.components,
        bonus: unit.bonus && format(unit.bonus),
        composite: standing.composite,
        exact: unit.exact && exactly(unit.exact),
        grade: standing.grade,
        adjustments: graded?.adjustments ?? [],
        rank: standing.rank,
        rankedOf,
      })
    }
  }
  return {
    asOf,
    standings,
    scorecards: facts.participants.map(({ unitId }) => cards.get(unitId) as Scorecard),
  }
}
