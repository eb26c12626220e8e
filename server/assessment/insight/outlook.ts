import { assess } from '../score/assess.ts'
import { addDays, type Day } from '../day.ts'
import type { Facts, Finding } from '../score/facts.ts'
import {
  composedWith,
  gradeAloneOf,
  gradeNameAlone,
  ownFacts,
  placedEntries,
  revoked,
  whenLost,
  withFacts,
} from '../score/one-unit.ts'
import { oneMore, type OneMore } from './one-more.ts'
import { firstWhere, plansOn } from './problems-to-next.ts'
import {
  add,
  compare,
  decimal,
  format,
  fromExact,
  hundred,
  hundredths,
  subtract,
  whole,
  zero,
  type Decimal,
  type Rational,
} from '../rational.ts'
import { gradeLineFor, kindsOf, type Component, type Grade, type Scheme, type Veto } from '../rule/scheme.ts'
import type { ComponentScore, Scorecard } from '../score/scorecard.ts'
import type { WorkCalendar } from '../working-days.ts'

/*
 * Every figure here comes from the engine on changed facts, or from its composition on a changed score: caps, vetoes, adjustments, scales and
 * bounds are in it. Quotas are not: they depend on other units.
 */

/** What could happen to a unit's composite; grades are before any quota, null where only other units can tell. */
export interface Outlook {
  /**
   * The next better grade; null for the best, and where it has no band. `marks` is how much a component alone would have to gain, null when it
   * cannot; `problems` how many of the problems lost would have to be revoked, null when that alone does not reach it.
   */
  readonly next: {
    readonly grade: string
    readonly from: Decimal
    readonly distance: Decimal
    readonly problems: number | null
    readonly components: readonly {
      readonly key: string
      readonly name: string
      readonly marks: Decimal | null
    }[]
  } | null
  /** The line below: of the grade held, and the grade under it; null for the last. */
  readonly below: {
    readonly of: string
    readonly grade: string
    readonly line: Decimal
    readonly margin: Decimal
  } | null
  readonly oneMore: readonly OneMore[]
  /** Each open case decided one way. */
  readonly cases: readonly OutlookCase[]
}

/** What is supposed: a finding lost or revoked, a component up or down. */
export const outlookTypes = ['if-lost', 'if-revoked', 'component-up', 'component-down'] as const

export interface OutlookCase {
  readonly type: (typeof outlookTypes)[number]
  readonly findingId: string | null
  readonly number: string | null
  readonly what: string | null
  /** Null = 总分加减. */
  readonly component: string | null
  /** Deadline of the finding. */
  readonly on: Day | null
  /** Signed. */
  readonly change: Decimal
  readonly composite: Decimal
  readonly grade: string | null
}

const lineOf = (scheme: Scheme, at: number, group: string) =>
  gradeLineFor(scheme.grades[at] as Grade, group).from

/** The most that a part can score. */
const mostOf = (component: Component, { steps }: ComponentScore): Rational | null => {
  if (component.method !== 'deductions' || steps.method !== 'deductions') return hundred
  if (steps.ceiling === null) return null
  return steps.full === null
    ? hundredths(steps.ceiling)
    : { n: BigInt(steps.ceiling) * 100n, d: BigInt(steps.full) }
}

/** The fewest hundredths of a mark by which one part alone reaches a better grade; null when it cannot. */
function marksToReach(
  scheme: Scheme,
  card: Scorecard,
  component: Component,
  isReached: (composite: Rational) => boolean,
): Decimal | null {
  const scored = card.components.find(({ key }) => key === component.key)
  if (!scored || scored.weight === 0) return null
  const score = fromExact(scored.exact as string)
  const most = mostOf(component, scored)
  const room = most === null ? 100_000 : Math.floor(Number(format(subtract(most, score), 4)) * 100)
  const steps = firstWhere(Math.max(0, room) + 1, (step) => {
    const { composite } = composedWith(scheme, card, { [component.key]: add(score, hundredths(step)) })
    return composite !== null && isReached(composite)
  })
  return steps === null ? null : format(hundredths(steps))
}

/** What would change a unit's composite and grade, from the same engine that scored it; null while it is pending or no participant. */
export function outlookOf(
  scheme: Scheme,
  facts: Facts,
  asOf: Day,
  calendar: WorkCalendar,
  unitId: string,
): Outlook | null {
  const own = ownFacts(facts, unitId)
  const scored = (findings: readonly Finding[]): Scorecard | undefined =>
    assess(scheme, { ...own, findings: [...findings] }, asOf, calendar).scorecards[0]
  const card = scored(own.findings)
  if (!card || card.composite === null) return null
  const now = decimal(card.composite)
  const at = gradeAloneOf(scheme, card, now)
  const without = (ids: ReadonlySet<string>) =>
    scored(
      own.findings.map((finding) => (ids.has(finding.id) ? revoked(finding, asOf) : finding)),
    ) as Scorecard

  const isBetter = (told: Scorecard, composite: Rational): boolean => {
    const reached = gradeAloneOf(scheme, told, composite)
    return at !== null && reached !== null && reached < at
  }

  /** The fewest problems lost without which the composite would reach a better grade: those whose vetoes stand in the way first. */
  function problemsToNext(): number | null {
    const grades = scheme.grades.map(({ name }) => name)
    const wanted = (at as number) - 1
    const line = lineOf(scheme, wanted, (card as Scorecard).group)
    const isInTheWay = (veto: Veto): boolean =>
      (veto.type === 'grade' && grades.indexOf(veto.grade) > wanted) ||
      (veto.type === 'at-most' && line !== null && veto.composite < line)
    const kinds = kindsOf(scheme)
    const lifted = placedEntries(card as Scorecard).flatMap(({ entry }) =>
      entry.countsOn !== null && kinds.get(entry.kind)?.vetoes.some(isInTheWay) ? [entry.findingId] : [],
    )
    const free = lifted.length === 0 ? (card as Scorecard) : without(new Set(lifted))
    const plans = plansOn(scheme, free)
    const more = firstWhere(plans.length, (count) => {
      const told = without(new Set([...lifted, ...(plans[count] as readonly string[])]))
      return isBetter(told, decimal(told.composite as Decimal))
    })
    return more === null ? null : lifted.length + more
  }

  function next(told: Scorecard): Outlook['next'] {
    const from = at === null || at === 0 ? null : lineOf(scheme, at - 1, told.group)
    if (from === null) return null
    return {
      grade: (scheme.grades[(at as number) - 1] as Grade).name,
      from: format(hundredths(from)),
      distance: format(subtract(hundredths(from), now), scheme.decimals),
      problems: problemsToNext(),
      components: scheme.components.flatMap((component) =>
        told.components.some(({ key }) => key === component.key)
          ? [
              {
                key: component.key,
                name: component.name,
                marks: marksToReach(scheme, told, component, (composite) => isBetter(told, composite)),
              },
            ]
          : [],
      ),
    }
  }

  function below(told: Scorecard): Outlook['below'] {
    const [held, worse] = at === null ? [] : scheme.grades.slice(at)
    const line = held && gradeLineFor(held, told.group).from
    if (!held || !worse || line == null) return null
    return {
      of: held.name,
      grade: worse.name,
      line: format(hundredths(line)),
      margin: format(subtract(now, hundredths(line)), scheme.decimals),
    }
  }

  const caseOf = (
    about: Pick<OutlookCase, 'type' | 'component'> & Partial<OutlookCase>,
    composite: Rational,
    grade: string | null,
  ): OutlookCase => ({
    findingId: null,
    number: null,
    what: null,
    on: null,
    ...about,
    change: format(subtract(composite, now), scheme.decimals),
    composite: format(composite, scheme.decimals),
    grade,
  })

  const findingCases = placedEntries(card).flatMap(({ entry, component }): OutlookCase[] => {
    const { findingId, number, what, deadline, atRisk, countsOn, appealed } = entry
    const type = atRisk > 0 ? 'if-lost' : countsOn !== null && appealed ? 'if-revoked' : null
    if (type === null) return []
    const told = scored(
      own.findings.map((finding) => {
        if (finding.id !== findingId) return finding
        return type === 'if-lost' ? withFacts(finding, whenLost(asOf)) : revoked(finding, asOf)
      }),
    ) as Scorecard
    const about = { type, component, findingId, number, what, on: deadline } as const
    return [caseOf(about, decimal(told.composite as Decimal), gradeNameAlone(scheme, told))]
  })

  const componentCases = scheme.components.flatMap((component) => {
    const part = card.components.find(({ key }) => key === component.key)
    if (component.method === 'deductions' || !part || part.weight === 0) return []
    const score = fromExact(part.exact as string)
    return ([1, -1] as const).flatMap((step): OutlookCase[] => {
      const moved = add(score, whole(step))
      if (compare(moved, hundred) > 0 || compare(moved, zero) < 0) return []
      const composite = composedWith(scheme, card, { [component.key]: moved }).composite as Rational
      const reached = gradeAloneOf(scheme, card, composite)
      const grade = reached === null ? null : (scheme.grades[reached] as Grade).name
      const type = step > 0 ? 'component-up' : 'component-down'
      return [caseOf({ type, component: component.key }, composite, grade)]
    })
  })

  return {
    next: next(card),
    below: below(card),
    oneMore: oneMore(scheme, own, card, (findings) => scored(findings) as Scorecard, addDays(asOf, -1)),
    cases: [...findingCases, ...componentCases],
  }
}
