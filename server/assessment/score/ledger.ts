import type { Day } from '../day.ts'
import { unitNamed, type Unit } from './facts.ts'
import type { FindingTrace } from './finding-status.ts'
import { divide, format, hundred, hundredths, multiply, type Hundredths, type Rational } from '../rational.ts'
import type { DeductionsComponent, Effect, Ledger, LedgerKind } from '../rule/scheme.ts'
import type { LedgerEntry, LedgerSums, LedgerSteps, LedgerWindowStep } from './scorecard.ts'
import { datedWindows, weightedMean, windowOn, type DatedWindow } from './windows.ts'

/** A finding with where it stands on the day in question. */
export interface TracedFinding {
  readonly id: string
  /** As shown at the unit charged. */
  readonly number: string
  readonly what: string
  readonly trace: FindingTrace
}

/** What an entry comes to once caps have cut it. */
interface Counted {
  readonly points: Hundredths
  readonly cutBy: 'kind' | 'area' | null
}

type Counting = TracedFinding & { readonly trace: FindingTrace & { readonly countsOn: Day } }

const isCounting = (finding: TracedFinding): finding is Counting => finding.trace.countsOn !== null

/** Entries whose points count, in order of the day they take effect; those of one day as recorded. */
const counting = (findings: readonly TracedFinding[]): Counting[] =>
  findings
    .filter(isCounting)
    .sort((a, b) => (a.trace.countsOn < b.trace.countsOn ? -1 : Number(a.trace.countsOn > b.trace.countsOn)))

/** Points of each entry, cut by its kind's cap, then by its area's ("扣完为止"); an area's losses and gains are cut apart. */
function cutByCaps({ areas }: Ledger, entries: readonly Counting[]): Map<string, Counted> {
  const spent = new Map<string, Hundredths>()
  const room = (key: string, cap: Hundredths | null): Hundredths =>
    cap === null ? Infinity : Math.max(0, cap - (spent.get(key) ?? 0))
  const capOf = new Map(areas.map(({ key, cap }) => [key, cap]))
  return new Map(
    entries.map(({ id, trace: { kind, severity } }) => {
      const [ofKind, ofArea] = [`kind ${kind.key}`, `${kind.effect} ${kind.area}`]
      const inKind = Math.min(severity.points, room(ofKind, kind.cap))
      const points = Math.min(
        inKind,
        room(ofArea, kind.area === null ? null : (capOf.get(kind.area) ?? null)),
      )
      spent.set(ofKind, (spent.get(ofKind) ?? 0) + points)
      spent.set(ofArea, (spent.get(ofArea) ?? 0) + points)
      const cutBy = points < inKind ? 'area' : inKind < severity.points ? 'kind' : null
      return [id, { points, cutBy }] as const
    }),
  )
}

/** Each window of a ledger is a ledger of its own: its caps start anew. A null window is the year as one. */
function entriesByWindow(
  findings: readonly TracedFinding[],
  windows: readonly DatedWindow[],
): Map<DatedWindow | null, Counting[]> {
  const entries = counting(findings)
  if (windows.length === 0) return new Map([[null, entries]])
  const byWindow = new Map<DatedWindow | null, Counting[]>(windows.map((window) => [window, []]))
  for (const entry of entries) {
    const own = byWindow.get(windowOn(windows, entry.trace.countsOn) as DatedWindow) as Counting[]
    own.push(entry)
  }
  return byWindow
}

const sumOf = (
  entries: readonly Counting[],
  counted: ReadonlyMap<string, Counted>,
  effect: Effect,
): Hundredths =>
  entries.reduce(
    (total, { id, trace }) =>
      total + (trace.kind.effect === effect ? (counted.get(id) as Counted).points : 0),
    0,
  )

function kindSums(ledger: Ledger, entries: readonly LedgerEntry[]): Pick<LedgerSums, 'kinds' | 'areas'> {
  const moved = (some: readonly LedgerEntry[]) => some.reduce((total, { points }) => total + points, 0)
  const counted = entries.filter(({ countsOn }) => countsOn !== null)
  return {
    kinds: ledger.kinds.map(({ key, name, effect, cap }: LedgerKind) => {
      const ofKind = counted.filter((entry) => entry.kind === key)
      return { key, name, effect, count: ofKind.length, points: moved(ofKind), cap }
    }),
    areas: ledger.areas.map(({ key, name, cap }) => {
      const kinds = new Set(ledger.kinds.filter(({ area }) => area === key).map((kind) => kind.key))
      const ofArea = counted.filter((entry) => kinds.has(entry.kind))
      const of = (effect: Effect) => moved(ofArea.filter((entry) => entry.effect === effect))
      return { key, name, cap, lost: of('loss'), gained: of('gain') }
    }),
  }
}

function entryOf(
  { id, number, what, trace }: TracedFinding,
  counted: Counted | undefined,
  window: DatedWindow | null,
  units: ReadonlyMap<string, Unit>,
  worth: (points: Hundredths) => Rational,
): LedgerEntry {
  const { kind, severity } = trace
  const points = counted?.points ?? 0
  const atRisk = trace.atRisk ? severity.points : 0
  return {
    findingId: id,
    number,
    kind: kind.key,
    kindName: kind.name,
    effect: kind.effect,
    severity: kind.severities.length > 1 ? severity.name : null,
    area: kind.area,
    unitId: trace.unitId,
    unit: unitNamed(units, trace.unitId),
    what,
    status: trace.status,
    notifiedOn: trace.notifiedOn,
    deadline: trace.deadline,
    countsOn: trace.countsOn,
    window: window?.window.key ?? null,
    points,
    fullPoints: severity.points,
    cutBy: counted?.cutBy ?? null,
    atRisk,
    worth: format(worth(points + atRisk)),
    appealed: trace.appealed,
    clause: kind.clause,
  }
}

/** The number at which a ledger's value stops; null = none. */
export const ceilingOf = ({ ceiling, full, base }: DeductionsComponent): Hundredths | null =>
  ceiling === 'none' ? null : ceiling === 'full' ? (full ?? base) : ceiling

/** What a ledger came to, and which of its windows have begun. */
export interface LedgerScore {
  readonly score: Rational
  readonly steps: LedgerSteps
  readonly windows: readonly {
    readonly key: string | null
    readonly share: Rational
    readonly score: Rational
  }[]
}

/**
 * 扣分制 (model §3 a): per window min(ceiling, max(floor, base − lost + gained)), as it is or out of full marks, then their weighted mean.
 * `findings` are those charged to the unit; `share` is the component's; the score is exact.
 */
export function scoreLedger(
  component: DeductionsComponent,
  findings: readonly TracedFinding[],
  units: ReadonlyMap<string, Unit>,
  year: number,
  share: Rational,
): LedgerScore {
  const { base, floor, full } = component
  const ceiling = ceilingOf(component)
  const windows = datedWindows(component, year)
  const byWindow = entriesByWindow(findings, windows)
  const counted = new Map<string, Counted>()
  const windowOfEntry = new Map<string, DatedWindow | null>()
  for (const [window, entries] of byWindow) {
    for (const [id, count] of cutByCaps(component, entries)) counted.set(id, count)
    for (const { id } of entries) windowOfEntry.set(id, window)
  }
  const one = { n: 1n, d: 1n }
  const perPoint = (window: DatedWindow | null): Rational => {
    // Points at risk are told as if they were lost in the first window.
    const ofWindow = multiply(share, (window ?? windows[0])?.share ?? one)
    return full === null ? ofWindow : multiply(ofWindow, divide(hundred, hundredths(full)))
  }
  const scored = [...byWindow].map(([window, entries]) => {
    const [lost, gained] = [sumOf(entries, counted, 'loss'), sumOf(entries, counted, 'gain')]
    const raw = base - lost + gained
    const floored = Math.max(floor, raw)
    const value = ceiling === null ? floored : Math.min(ceiling, floored)
    const exact =
      full === null ? hundredths(value) : multiply(divide(hundredths(value), hundredths(full)), hundred)
    const step: LedgerWindowStep = {
      key: window?.window.key ?? null,
      name: window?.window.name ?? null,
      share: format(window?.share ?? one, 4),
      end: window?.end ?? null,
      lost,
      gained,
      raw,
      value,
      score: format(exact),
    }
    return { step, exact, part: window?.share ?? one }
  })
  const entries = findings.map((finding) => {
    const window = windowOfEntry.get(finding.id) ?? null
    return entryOf(finding, counted.get(finding.id), window, units, (points) =>
      multiply(hundredths(points), perPoint(window)),
    )
  })
  return {
    score: weightedMean(scored.map(({ part, exact }) => ({ share: part, score: exact }))) as Rational,
    windows: scored.map(({ step, part, exact }) => ({ key: step.key, share: part, score: exact })),
    steps: {
      method: 'deductions',
      base,
      floor,
      full,
      ceiling,
      lost: scored.reduce((total, { step }) => total + step.lost, 0),
      gained: scored.reduce((total, { step }) => total + step.gained, 0),
      windows: scored.map(({ step }) => step),
      ...kindSums(component, entries),
      findings: entries,
    },
  }
}

/** The sums of a ledger without base or windows, its entries worth their points: 总分加减. */
export function sumLedger(
  ledger: Ledger,
  findings: readonly TracedFinding[],
  units: ReadonlyMap<string, Unit>,
): LedgerSums {
  const entries = counting(findings)
  const counted = cutByCaps(ledger, entries)
  const listed = findings.map((finding) => entryOf(finding, counted.get(finding.id), null, units, hundredths))
  return {
    lost: sumOf(entries, counted, 'loss'),
    gained: sumOf(entries, counted, 'gain'),
    ...kindSums(ledger, listed),
    findings: listed,
  }
}
