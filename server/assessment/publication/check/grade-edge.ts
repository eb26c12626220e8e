import { assess } from '../../score/assess.ts'
import { addDays } from '../../day.ts'
import type { Facts, Finding } from '../../score/facts.ts'
import { furtherProblems } from '../../insight/one-more.ts'
import { gradeAloneOf, ownFacts, placedEntries, revoked } from '../../score/one-unit.ts'
import { decimal, format, hundredths, subtract, type Decimal } from '../../rational.ts'
import { type Grade, gradeLineFor, isLoss, ledgersOf } from '../../rule/scheme.ts'
import type { Scorecard } from '../../score/scorecard.ts'
import type { CheckItem, ToPublish } from './items.ts'

/*
 * Units that one problem more would put below the line of their grade, or one problem less above the next; before any quota. The unit is scored
 * again with it, so that caps, floors and vetoes are in the answer.
 */
function itemsOf({ scheme, facts, calendar }: ToPublish, card: Scorecard): CheckItem[] {
  if (card.composite === null) return []
  const composite = decimal(card.composite)
  const now = gradeAloneOf(scheme, card, composite)
  if (now === null) return []
  const own: Facts = ownFacts(facts, card.unitId)
  const gradeWith = (findings: readonly Finding[]): number | null => {
    const told = assess(scheme, { ...own, findings }, card.asOf, calendar).scorecards[0] as Scorecard
    return gradeAloneOf(scheme, told, decimal(told.composite as Decimal))
  }
  const item = (at: number, line: number): CheckItem[] => {
    const from = gradeLineFor(scheme.grades[line] as Grade, card.group).from
    if (from === null) return []
    return [
      {
        code: 'near-grade-edge',
        unitId: card.unitId,
        unit: card.unit,
        composite: format(composite, scheme.decimals),
        grade: (scheme.grades[now] as Grade).name,
        other: (scheme.grades[at] as Grade).name,
        line: format(hundredths(from)),
        distance: format(subtract(composite, hundredths(from)), scheme.decimals),
      },
    ]
  }
  const more = ledgersOf(scheme)
    .filter(({ key }) => key === null || card.components.some((component) => component.key === key))
    .flatMap(({ ledger }) => ledger.kinds.filter(isLoss))
    .flatMap((kind) => kind.severities.map((severity) => [kind, severity] as const))
    .flatMap(([kind, severity]) => {
      const further = furtherProblems(kind, severity, card.unitId, addDays(card.asOf, -1), 1)
      return gradeWith([...own.findings, ...further]) ?? []
    })
  const less = placedEntries(card)
    .filter(({ entry }) => entry.countsOn !== null && isLoss(entry))
    .flatMap(
      ({ entry }) =>
        gradeWith(
          own.findings.map((finding) =>
            finding.id === entry.findingId ? revoked(finding, card.asOf) : finding,
          ),
        ) ?? [],
    )
  const [down, up] = [Math.max(now, ...more), Math.min(now, ...less)]
  return [...(down > now ? item(down, now) : []), ...(up < now ? item(up, now - 1) : [])]
}

/** Results so far have no grades to be near to. */
export const edgeItems = (about: ToPublish): CheckItem[] =>
  about.assessed.interim === null ? about.assessed.scorecards.flatMap((card) => itemsOf(about, card)) : []
