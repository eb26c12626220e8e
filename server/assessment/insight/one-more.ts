import type { Day } from '../day.ts'
import type { Facts, Finding } from '../score/facts.ts'
import { gradeAloneOf, gradeNameAlone } from '../score/one-unit.ts'
import { firstWhere } from './problems-to-next.ts'
import { addDays } from '../day.ts'
import { decimal, format, subtract, type Decimal, type Hundredths } from '../rational.ts'
import { isLoss, type LedgerKind, ledgersOf, type Scheme, type Severity } from '../rule/scheme.ts'
import type { Scorecard } from '../score/scorecard.ts'

/** What one more problem of some kinds costs a unit, all counting alike. */
export interface OneMore {
  /** Null = 总分加减. */
  readonly component: string | null
  /** Of the component; empty for 总分加减. */
  readonly name: string
  /** Names of the kinds, with the severity where a kind has several. */
  readonly kinds: readonly string[]
  readonly points: Hundredths
  /** What the composite loses. */
  readonly worth: Decimal
  readonly composite: Decimal
  /** Before any quota; null where only other units can tell. */
  readonly grade: string | null
  /** Whether a veto would stand that did not. */
  readonly vetoes: boolean
  /** How many until the grade falls; null when never. */
  readonly problemsToLower: number | null
}

/** More of one kind than any unit is charged with. */
const many = 400

/** Problems of a kind whose points are lost on the day after `deadline`, beside those that there are. */
export const furtherProblems = (
  kind: LedgerKind,
  severity: Severity,
  unitId: string,
  deadline: Day,
  count: number,
): Finding[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `one more ${index}`,
    number: '',
    kind: kind.key,
    severity: severity.key,
    unitId,
    what: '',
    facts: [{ type: 'notified', on: addDays(deadline, 1), deadline }],
  }))

/**
 * What one more problem costs, kinds that count alike together: the unit is scored again with it. `scored` gives the unit's scorecard with other findings;
 * points are lost from the day after `deadline` on, which is the day looked at.
 */
export function oneMore(
  scheme: Scheme,
  own: Facts,
  card: Scorecard,
  scored: (findings: readonly Finding[]) => Scorecard,
  deadline: Day,
): OneMore[] {
  const alike = new Map<
    string,
    { first: readonly [LedgerKind, Severity]; component: string | null; kinds: string[] }
  >()
  for (const { key, ledger } of ledgersOf(scheme)) {
    if (key !== null && !card.components.some((component) => component.key === key)) continue
    for (const kind of ledger.kinds.filter(isLoss)) {
      const ownCap = kind.cap === null ? null : kind.key
      for (const severity of kind.severities) {
        const at = JSON.stringify([key, severity.points, kind.area, ownCap, kind.vetoes])
        const name = kind.severities.length > 1 ? `${kind.name}·${severity.name}` : kind.name
        const group = alike.get(at)
        if (group) group.kinds.push(name)
        else alike.set(at, { first: [kind, severity], component: key, kinds: [name] })
      }
    }
  }
  const now = decimal(card.composite as Decimal)
  const held = gradeAloneOf(scheme, card, now)
  return [...alike.values()].map(({ first: [kind, severity], component, kinds }): OneMore => {
    const withMore = (count: number): Scorecard =>
      scored([...own.findings, ...furtherProblems(kind, severity, card.unitId, deadline, count)])
    const one = withMore(1)
    const composite = one.composite as Decimal
    const falls =
      held === null
        ? null
        : firstWhere(many, (index) => {
            const told = withMore(index + 1)
            const at = gradeAloneOf(scheme, told, decimal(told.composite as Decimal))
            return at !== null && at > held
          })
    return {
      component,
      name: scheme.components.find(({ key }) => key === component)?.name ?? '',
      kinds,
      points: severity.points,
      worth: format(subtract(now, decimal(composite)), scheme.decimals),
      composite,
      grade: gradeNameAlone(scheme, one),
      vetoes: one.vetoes.length > card.vetoes.length,
      problemsToLower: falls === null ? null : falls + 1,
    }
  })
}
