import { compose, shareOf, totalWeight } from './composite.ts'
import type { Day } from '../day.ts'
import { unitNamed, yearOf, type Facts } from './facts.ts'
import { gradesOf, type Gradable, type Graded } from './grades.ts'
import { basisOf, type Basis } from './interim.ts'
import { partsOf, type Part, type UnitParts } from './parts.ts'
import { rankings, type Ranked } from './ranking.ts'
import {
  exactly,
  format,
  hundred,
  hundredths,
  multiply,
  subtract,
  type Decimal,
  type Rational,
} from '../rational.ts'
import { kindsIn, scaleFor, type Scheme } from '../rule/scheme.ts'
import type { AdjustmentScore, Assessed, ComponentScore, Scorecard, Standing } from './scorecard.ts'
import type { WindowScore } from './verified-marks.ts'
import { weightedMean } from './windows.ts'
import type { WorkCalendar } from '../working-days.ts'

export interface AssessOptions {
  /** 阶段成绩: the result so far, over what is in its basis only (model §3 c). */
  readonly interim?: boolean
}

/** Everything about one unit, before ranking. */
interface Scored extends Gradable {
  readonly unit: string
  readonly components: readonly ComponentScore[]
  readonly notApplicable: readonly string[]
  readonly adjustment: AdjustmentScore | null
  readonly exact: Rational | null
}

/** Two digits where they suffice (0.30), four where not (0.3333). */
const shareText = (share: Rational): string => format(share, (share.n * 100n) % share.d === 0n ? 2 : 4)

/** A decimal with its sign: `+2.00`, `-0.50`, `+0.00`. */
const signed = (value: Rational): Decimal => {
  const text = format(value)
  return text.startsWith('-') ? text : `+${text}`
}

/** The windows of a part that count: all of them, or those in the basis of an interim standing. */
const countingWindows = ({ component, windows }: Part, basis: Basis | null): WindowScore[] =>
  basis === null ? [...windows] : windows.filter(({ key }) => basis.has(component.key, key))

/** What a unit comes to, over all parts or over a basis. */
function scoredOf(scheme: Scheme, unit: UnitParts, name: string, basis: Basis | null): Scored {
  const { group, unitId } = unit.participant
  const counted = unit.parts.flatMap((part) => {
    const windows = countingWindows(part, basis)
    const applying = windows.filter(({ applies }) => applies)
    // A part outside the basis is not named; one without an applying window in it does not apply to the unit.
    if (applying.length === 0) return []
    return [{ ...part, weight: part.component.weight, score: weightedMean(applying), applying }]
  })
  const total = totalWeight(counted)
  const scale = hundredths(scaleFor(scheme, group))
  const onOwnScale = (value: Rational): Rational => multiply(value, { n: scale.n, d: scale.d * 100n })
  const vetoes = unit.vetoes.map(({ veto }) => veto)
  const { exact, composite, adjusted } = compose(scheme, {
    group,
    parts: counted.map(({ weight, score }) => ({ share: shareOf(weight, total), score })),
    adjustments: unit.adjustments,
    vetoes,
  })
  return {
    unitId,
    group,
    unit: name,
    components: counted.map(({ component, score, steps, applying }) => {
      const share = shareOf(component.weight, total)
      return {
        key: component.key,
        name: component.name,
        method: component.method,
        weight: component.weight,
        share: shareText(share),
        score: score && format(score),
        exact: score && exactly(score),
        contribution: score && format(onOwnScale(multiply(share, score))),
        loss: score && format(onOwnScale(multiply(share, subtract(hundred, score)))),
        pending: applying.flatMap(({ pending }) => pending),
        clause: component.clause,
        steps,
      }
    }),
    notApplicable: unit.notApplicable,
    adjustment: unit.adjustments && {
      ...unit.adjustments,
      value: adjusted && signed(subtract(adjusted.gained, adjusted.lost)),
      unlocked: adjusted && adjusted.unlocked,
      counted: adjusted && format(adjusted.gained),
    },
    exact,
    composite,
    last: vetoes.some(({ type }) => type === 'last'),
    vetoes: unit.vetoes,
  }
}

/** The ranking row of a unit. */
function standingOf(
  scheme: Scheme,
  { unit, rank }: Ranked<Scored>,
  graded: Graded | undefined,
  hasVetoes: boolean,
): Standing {
  return {
    unitId: unit.unitId,
    unit: unit.unit,
    group: unit.group,
    rank,
    composite: unit.composite && format(unit.composite, scheme.decimals),
    grade: graded?.grade ?? null,
    components: Object.fromEntries(unit.components.map(({ name, score }) => [name, score])),
    pending: unit.components.filter(({ score }) => score === null).map(({ name }) => name),
    ...(unit.adjustment && { adjustment: unit.adjustment.value }),
    ...(hasVetoes && { vetoes: [...new Set(unit.vetoes.map(({ kind }) => kind))] }),
  }
}

/**
 * The one door of the engine: scorecards and standings on a day, derived from facts by a scheme (model §1, §3). Pure; the order of units and facts is
 * the order given. A part that is not known is null and makes its composite null (待定, unranked). With `interim` the result so far: no
 * grades, over what is in each group's basis. Throws RangeError on facts that the scheme cannot read (an unknown kind, a cycle of parents,
 * marks that are no number).
 */
export function assess(
  scheme: Scheme,
  facts: Facts,
  asOf: Day,
  calendar: WorkCalendar,
  { interim = false }: AssessOptions = {},
): Assessed {
  const units = new Map(facts.units.map((unit) => [unit.id, unit]))
  const parts = facts.participants.map(partsOf(scheme, facts, asOf, calendar))
  const bases = interim ? basisOf(scheme, parts, yearOf(facts, asOf), asOf) : null
  const scored = parts.map((unit) => {
    const { unitId, group } = unit.participant
    return scoredOf(scheme, unit, unitNamed(units, unitId), bases?.get(group) ?? null)
  })
  const hasVetoes = kindsIn(scheme).some(({ vetoes }) => vetoes.length > 0)
  const standings: Standing[] = []
  const cards = new Map<string, Scorecard>()

  for (const ranking of rankings(scheme, scored)) {
    const grades = interim ? new Map<string, Graded>() : gradesOf(scheme, ranking)
    const rankedOf = ranking.filter(({ rank }) => rank !== null).length
    for (const ranked of ranking) {
      const { unit } = ranked
      const graded = grades.get(unit.unitId)
      const standing = standingOf(scheme, ranked, graded, hasVetoes)
      standings.push(standing)
      cards.set(unit.unitId, {
        unitId: unit.unitId,
        unit: unit.unit,
        group: unit.group,
        asOf,
        scale: scaleFor(scheme, unit.group),
        components: unit.components,
        notApplicable: unit.notApplicable,
        adjustment: unit.adjustment,
        composite: standing.composite,
        exact: unit.exact && exactly(unit.exact),
        grade: standing.grade,
        reasons: graded?.reasons ?? [],
        vetoes: unit.vetoes,
        rank: standing.rank,
        rankedOf,
      })
    }
  }
  return {
    asOf,
    standings,
    scorecards: facts.participants.map(({ unitId }) => cards.get(unitId) as Scorecard),
    interim: bases && Object.fromEntries([...bases].map(([group, basis]) => [group, basis.told])),
  }
}
