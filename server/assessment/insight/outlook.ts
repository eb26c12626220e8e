import { assess } from '../score/assess.ts'
import { gradeAt, shareOf } from '../score/composite.ts'
import { addDays, type Day } from '../day.ts'
import type { Facts, Finding } from '../score/facts.ts'
import { lossesOf, ownFacts, revoked } from '../score/one-unit.ts'
import { problemsToNext } from './problems-to-next.ts'
import {
  add,
  compare,
  divide,
  format,
  fromExact,
  hundred,
  hundredths,
  max,
  multiply,
  round,
  subtract,
  whole,
  type Decimal,
  type Hundredths,
  type Rational,
} from '../rational.ts'
import type { DeductionsComponent, Scheme } from '../rule/scheme.ts'
import type { ComponentScore, Scorecard } from '../score/scorecard.ts'
import type { WorkCalendar } from '../working-days.ts'

/** What could happen to a unit's composite; figures are before any excellence quota. */
export interface Outlook {
  /**
   * The next better grade; null for the best. `marks` is how much a component alone would have to gain, null when it cannot;
   * `problems` how many of the problems lost would have to be revoked, null when that alone does not reach it.
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
  /** The line below; null for the last grade. */
  readonly below: { readonly grade: string; readonly line: Decimal; readonly margin: Decimal } | null
  /** What one more problem costs, per distinct number of points; `problemsToLower` = how many until the grade falls, null when never. */
  readonly oneMore: readonly {
    readonly component: string
    readonly name: string
    readonly points: Hundredths
    readonly worth: Decimal
    readonly composite: Decimal
    readonly grade: string
    readonly problemsToLower: number | null
  }[]
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
  readonly component: string
  /** Deadline of the finding. */
  readonly on: Day | null
  /** Signed. */
  readonly change: Decimal
  readonly composite: Decimal
  readonly grade: string
}

interface Position {
  readonly exact: Rational
  readonly composite: Rational
  readonly at: number
}

function positionAt(scheme: Scheme, exact: Rational): Position {
  const composite = round(exact, scheme.decimals, scheme.rounding)
  return { exact, composite, at: gradeAt(scheme.grades, composite) }
}

const shown = (scheme: Scheme, position: Position) => ({
  composite: format(position.composite, scheme.decimals),
  grade: (scheme.grades[position.at] as { name: string }).name,
})

function nextGrade(
  scheme: Scheme,
  now: Position,
  components: readonly ComponentScore[],
  problems: (at: number) => number | null,
): Outlook['next'] {
  const better = now.at === 0 ? undefined : scheme.grades[now.at - 1]
  if (!better) return null
  const missing = max(subtract(hundredths(better.from), now.exact), hundredths(0))
  return {
    grade: better.name,
    from: format(hundredths(better.from)),
    distance: format(subtract(hundredths(better.from), now.composite), scheme.decimals),
    problems: problems(now.at),
    components: scheme.components.map((component, index) => {
      const marks = divide(missing, shareOf(component, scheme.components))
      const score = fromExact(components[index]?.exact as string)
      const ceiling = round(add(marks, hundredths(1)), 2, 'down')
      const needed = compare(round(marks, 2, 'down'), marks) === 0 ? marks : ceiling
      const possible = compare(add(score, needed), hundred) <= 0
      return { key: component.key, name: component.name, marks: possible ? format(needed) : null }
    }),
  }
}

function lowerGrade(scheme: Scheme, now: Position): Outlook['below'] {
  const [current, worse] = scheme.grades.slice(now.at)
  if (!current || !worse) return null
  return {
    grade: worse.name,
    line: format(hundredths(current.from)),
    margin: format(subtract(now.composite, hundredths(current.from)), scheme.decimals),
  }
}

function oneMore(
  scheme: Scheme,
  now: Position,
  component: DeductionsComponent,
  score: Rational,
): Outlook['oneMore'] {
  const share = shareOf(component, scheme.components)
  const after = (lost: Rational): Position => {
    const left = max(subtract(score, lost), hundredths(component.floor))
    return positionAt(scheme, subtract(now.exact, multiply(share, subtract(score, left))))
  }
  const distinct = [...new Set(component.kinds.map((kind) => kind.points))]
  return distinct.map((points) => {
    const each = hundredths(points)
    const possible = Math.ceil((Number(format(score)) * 100 - component.floor) / points)
    const steps = Array.from({ length: Math.max(0, possible) }, (_, index) => index + 1)
    const falls = steps.find((count) => after(multiply(each, whole(count))).at > now.at)
    const next = after(each)
    return {
      component: component.key,
      name: component.name,
      points,
      worth: format(subtract(now.exact, next.exact)),
      ...shown(scheme, next),
      problemsToLower: falls ?? null,
    }
  })
}

const lost = (finding: Finding, asOf: Day): Finding => ({
  ...finding,
  facts: [
    ...finding.facts,
    { type: 'rejected', on: asOf },
    { type: 'extended', on: asOf, deadline: addDays(asOf, -1) },
  ],
})

/** What would change a unit's composite and grade, from the same engine that scored it; null while it is pending or no participant. */
export function outlookOf(
  scheme: Scheme,
  facts: Facts,
  asOf: Day,
  calendar: WorkCalendar,
  unitId: string,
): Outlook | null {
  const ownScheme: Scheme = { ...scheme, excellenceQuota: null }
  const own = ownFacts(facts, unitId)
  const scored = (changed: Facts): Scorecard | undefined =>
    assess(ownScheme, changed, asOf, calendar).scorecards[0]
  const card = scored(own)
  if (!card?.exact) return null
  const now = positionAt(scheme, fromExact(card.exact))

  const caseFrom = (
    position: Position,
    about: Pick<OutlookCase, 'type' | 'component'> & Partial<OutlookCase>,
  ): OutlookCase => ({
    findingId: null,
    number: null,
    what: null,
    on: null,
    ...about,
    change: format(subtract(position.composite, now.composite), scheme.decimals),
    ...shown(scheme, position),
  })

  const findingCases = lossesOf(card).flatMap(({ loss, component }): OutlookCase[] => {
    const change = loss.atRisk > 0 ? lost : loss.points > 0 && loss.appealed ? revoked : null
    if (!change) return []
    const changed = own.findings.map((finding) =>
      finding.id === loss.findingId ? change(finding, asOf) : finding,
    )
    const exact = scored({ ...own, findings: changed })?.exact as string
    const { findingId, number, what, deadline } = loss
    const type = change === lost ? 'if-lost' : 'if-revoked'
    return [
      caseFrom(positionAt(scheme, fromExact(exact)), {
        type,
        component,
        findingId,
        number,
        what,
        on: deadline,
      }),
    ]
  })

  const componentCases = scheme.components.flatMap((component, index) => {
    const score = fromExact(card.components[index]?.exact as string)
    const share = shareOf(component, scheme.components)
    if (component.method === 'deductions') return []
    const up = compare(add(score, whole(1)), hundred) <= 0
    return [
      ...(up
        ? [
            caseFrom(positionAt(scheme, add(now.exact, share)), {
              type: 'component-up',
              component: component.key,
            }),
          ]
        : []),
      caseFrom(positionAt(scheme, subtract(now.exact, share)), {
        type: 'component-down',
        component: component.key,
      }),
    ]
  })

  return {
    next: nextGrade(scheme, now, card.components, (at) =>
      problemsToNext(scheme, card, own.bonuses, asOf, at),
    ),
    below: lowerGrade(scheme, now),
    oneMore: scheme.components.flatMap((component, index) =>
      component.method === 'deductions'
        ? oneMore(scheme, now, component, fromExact(card.components[index]?.exact as string))
        : [],
    ),
    cases: [...findingCases, ...componentCases],
  }
}
