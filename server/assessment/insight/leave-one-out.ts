import { assess } from '../score/assess.ts'
import type { Day } from '../day.ts'
import type { Facts } from '../score/facts.ts'
import { gradeNameAlone, ownFacts, placedEntries, rankable, revoked } from '../score/one-unit.ts'
import { rank } from '../score/ranking.ts'
import { decimal, format, subtract, type Decimal } from '../rational.ts'
import { leavesOf, verifiedComponents, type Scheme } from '../rule/scheme.ts'
import { partOn, type Assessed, type Place, type Scorecard } from '../score/scorecard.ts'
import type { WorkCalendar } from '../working-days.ts'

/** What is left out: an entry of a ledger, one whose appeal is undecided, or an indicator that would not apply. */
export const leftOut = ['finding', 'appeal', 'indicator'] as const
export type LeftOut = (typeof leftOut)[number]

/** What one finding, appeal or indicator does to a unit: its place without it, the grade before any quota. */
export interface Effect extends Place {
  readonly type: LeftOut
  /** Key of the component; null = 总分加减. */
  readonly component: string | null
  readonly findingId: string | null
  readonly number: string | null
  /** The leaf as the marks name it. */
  readonly leaf: string | null
  /** What the finding was about, or the indicator's name. */
  readonly what: string
  /** Composite without it − composite now, signed; null when the unit would be pending. */
  readonly change: Decimal | null
  /** Places gained, negative when lost; null when the unit would be pending. */
  readonly placesGained: number | null
}

export interface LeaveOneOut {
  readonly now: Place
  /** In scorecard order. */
  readonly effects: readonly Effect[]
  /** How many were not looked at because there are more than asked for. */
  readonly omitted: number
}

const signedChange = (from: Decimal, to: Decimal, decimals: number): Decimal =>
  format(subtract(decimal(to), decimal(from)), decimals)

type Change = Omit<Effect, keyof Place | 'change' | 'placesGained'> & { readonly facts: Facts }

/** Each entry that counts, and each appealed one, revoked. */
function withoutFindings(own: Facts, card: Scorecard, asOf: Day): Change[] {
  return placedEntries(card).flatMap(({ entry, component }): Change[] => {
    if (entry.countsOn === null && !entry.appealed) return []
    const { findingId, number, what } = entry
    const findings = own.findings.map((finding) =>
      finding.id === findingId ? revoked(finding, asOf) : finding,
    )
    const type = entry.appealed ? 'appeal' : 'finding'
    return [{ type, component, findingId, number, leaf: null, what, facts: { ...own, findings } }]
  })
}

/** Each leaf that has marks, not applicable in every window. */
function withoutIndicators(scheme: Scheme, own: Facts, card: Scorecard): Change[] {
  return verifiedComponents(scheme).flatMap(({ key, indicators }): Change[] => {
    const steps = partOn(card, key)?.steps
    if (steps?.method !== 'verified-marks') return []
    const names = new Map(leavesOf(indicators).map((leaf) => [leaf.key, leaf.name]))
    const applicable = steps.windows.flatMap((window) =>
      window.marks.flatMap(({ leaf, marks }) => (leaf === null || marks === 'not-applicable' ? [] : [leaf])),
    )
    return [...new Set(applicable)].map((leaf) => ({
      type: 'indicator',
      component: key,
      findingId: null,
      number: null,
      leaf,
      what: names.get(leaf) ?? leaf,
      facts: {
        ...own,
        verified: own.verified.map((mark) =>
          mark.component === key && mark.leaf === leaf ? { ...mark, marks: 'not-applicable' } : mark,
        ),
      },
    }))
  })
}

/**
 * What each entry that counts, each undecided appeal and each indicator does to a unit's composite, grade and rank on the day of
 * `assessed` (which `assess` gave for the same scheme, facts and calendar): the unit is scored again without it by the same
 * engine and ranked against the others as they are; the first `most` of them, findings first. Null while the unit is pending or no participant.
 */
export function leaveOneOut(
  scheme: Scheme,
  facts: Facts,
  assessed: Assessed,
  calendar: WorkCalendar,
  unitId: string,
  most = Infinity,
): LeaveOneOut | null {
  const { asOf } = assessed
  const present = assessed.scorecards.find((card) => card.unitId === unitId)
  if (!present || present.composite === null) return null
  const own = ownFacts(facts, unitId)
  const others = assessed.scorecards
    .filter((card) => card.unitId !== unitId && (scheme.rankAcrossGroups || card.group === present.group))
    .map(rankable)

  const placeWith = (changed: Facts): Place => {
    const card = assess(scheme, changed, asOf, calendar).scorecards[0] as Scorecard
    const ranked = rank([...others, rankable(card)], scheme.ties).find(({ unit }) => unit.unitId === unitId)
    return { composite: card.composite, grade: gradeNameAlone(scheme, card), rank: ranked?.rank ?? null }
  }
  const now = placeWith(own)

  const effectOf = ({ facts: changed, ...about }: Change): Effect => {
    const place = placeWith(changed)
    return {
      ...about,
      ...place,
      change: place.composite && signedChange(now.composite as Decimal, place.composite, scheme.decimals),
      placesGained: place.rank === null ? null : (now.rank as number) - place.rank,
    }
  }
  const changes = [...withoutFindings(own, present, asOf), ...withoutIndicators(scheme, own, present)]
  const looked = changes.slice(0, most)
  return { now, effects: looked.map(effectOf), omitted: changes.length - looked.length }
}
