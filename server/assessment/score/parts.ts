import { chargingOf } from './charging.ts'
import { shareOf, totalWeight } from './composite.ts'
import type { Day } from '../day.ts'
import { closedFor } from './due-day.ts'
import { scoreExternalMarks } from './external-marks.ts'
import { unitNamed, yearOf, type Facts, type Participant, type Unit } from './facts.ts'
import { numberBeside } from './finding-number.ts'
import { traceFinding } from './finding-status.ts'
import { scoreLedger, sumLedger, type TracedFinding } from './ledger.ts'
import { hundredths, multiply, type Rational } from '../rational.ts'
import {
  componentFor,
  kindsOf,
  ledgersOf,
  scaleFor,
  type Component,
  type DeductionsComponent,
  type ExternalComponent,
  type LedgerKind,
  type Scheme,
  type VerifiedMarksComponent,
  type Veto,
} from '../rule/scheme.ts'
import type { ComponentScore, LedgerSums } from './scorecard.ts'
import { scoreVerifiedMarks, type WindowScore } from './verified-marks.ts'
import type { WorkCalendar } from '../working-days.ts'

/** A part of a unit with its windows, before it is known which of them count. */
export interface Part {
  readonly component: Component
  readonly windows: readonly WindowScore[]
  readonly steps: ComponentScore['steps']
}

/** A unit with its parts. */
export interface UnitParts {
  readonly participant: Participant
  readonly parts: readonly Part[]
  readonly notApplicable: readonly string[]
  readonly adjustments: LedgerSums | null
  /** Those that stand, kind by kind. */
  readonly vetoes: readonly { readonly kind: string; readonly veto: Veto }[]
}

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

const pair = (unitId: string, component: string | null): string => `${component ?? ''}\n${unitId}`

/** Every finding under each ledger, traced to the day and charged to a participant. */
function chargedFindings(
  scheme: Scheme,
  kinds: ReadonlyMap<string, LedgerKind>,
  facts: Facts,
  units: ReadonlyMap<string, Unit>,
  asOf: Day,
  calendar: WorkCalendar,
): Map<string, TracedFinding[]> {
  const ledgerOf = new Map(
    ledgersOf(scheme).flatMap(({ key, ledger }) => ledger.kinds.map((kind) => [kind.key, key] as const)),
  )
  const charging = chargingOf(facts.units, facts.participants)
  const nameOf = (unitId: string) => unitNamed(units, unitId)
  const traced = facts.findings.flatMap((finding) => {
    const trace = traceFinding(finding, kinds, asOf, calendar)
    const charged = charging.charged(trace.unitId, trace.kind.chargedUpward)
    if (charged === null) return []
    const key = pair(charged, ledgerOf.get(trace.kind.key) ?? null)
    const { id, what } = finding
    return [{ key, id, number: numberBeside(finding, charged, nameOf), what, trace }]
  })
  return groupBy(traced, (finding) => finding.key)
}

/** A function that gives one participant's parts on one day; no unit's parts need another's facts. */
export function partsOf(
  scheme: Scheme,
  facts: Facts,
  asOf: Day,
  calendar: WorkCalendar,
): (participant: Participant) => UnitParts {
  const year = yearOf(facts, asOf)
  const units = new Map(facts.units.map((unit) => [unit.id, unit]))
  const kindsByKey = kindsOf(scheme)
  const kinds = [...kindsByKey.values()].filter(({ vetoes }) => vetoes.length > 0)
  const ledgerKeys = ledgersOf(scheme).map(({ key }) => key)
  const findings = chargedFindings(scheme, kindsByKey, facts, units, asOf, calendar)
  const verified = groupBy(facts.verified, (mark) => pair(mark.unitId, mark.component))
  const external = groupBy(facts.external, (mark) => pair(mark.unitId, mark.component))
  const submissions = groupBy(facts.submissions, (each) => pair(each.unitId, each.component))
  const closed = groupBy(facts.closed, (each) => each.component)
  const extensions = facts.extensions ?? []

  function ledger(component: DeductionsComponent, unitId: string, share: Rational): Part {
    const charged = findings.get(pair(unitId, component.key)) ?? []
    const { windows, steps } = scoreLedger(component, charged, units, year, share)
    return { component, steps, windows: windows.map((window) => ({ ...window, applies: true, pending: [] })) }
  }
  function marked(component: VerifiedMarksComponent | ExternalComponent, unitId: string): Part {
    const key = pair(unitId, component.key)
    const closings = closed.get(component.key) ?? []
    if (component.method === 'external') {
      const marks = external.get(key) ?? []
      return { component, ...scoreExternalMarks(component, marks, closings, year, asOf) }
    }
    const over = closedFor(closings, unitId, extensions, asOf)
    const [marks, handedIn] = [verified.get(key) ?? [], submissions.get(key) ?? []]
    return { component, ...scoreVerifiedMarks(component, marks, over, handedIn, year, asOf) }
  }

  return (participant) => {
    const { unitId, group } = participant
    const applying = scheme.components.flatMap((component) => componentFor(component, group) ?? [])
    const scale = hundredths(scaleFor(scheme, group))
    // A part whose windows all turn out not to apply leaves its weight to the others; a ledger always applies.
    const marks = new Map(
      applying.flatMap((component) =>
        component.method === 'deductions' ? [] : [[component.key, marked(component, unitId)] as const],
      ),
    )
    const present = applying.filter(
      ({ key }) => marks.get(key)?.windows.some(({ applies }) => applies) !== false,
    )
    const total = totalWeight(present)
    const shareFor = ({ weight }: Component) =>
      multiply(shareOf(weight, total), { n: scale.n, d: scale.d * 100n })
    const ofUnit = ledgerKeys.flatMap((key) => findings.get(pair(unitId, key)) ?? [])
    const standing = new Set(ofUnit.flatMap(({ trace }) => (trace.countsOn === null ? [] : [trace.kind.key])))
    return {
      participant,
      parts: present.flatMap((component) =>
        component.method === 'deductions'
          ? [ledger(component, unitId, shareFor(component))]
          : [marks.get(component.key) as Part],
      ),
      notApplicable: scheme.components
        .filter(({ key }) => !present.some((component) => component.key === key))
        .map(({ name }) => name),
      adjustments:
        scheme.adjustments && sumLedger(scheme.adjustments, findings.get(pair(unitId, null)) ?? [], units),
      vetoes: kinds.flatMap((kind) =>
        standing.has(kind.key) ? kind.vetoes.map((veto) => ({ kind: kind.name, veto })) : [],
      ),
    }
  }
}
