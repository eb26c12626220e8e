import type { Day } from '../day.ts'
import type { Facts, Finding } from '../score/facts.ts'
import { divide, format, hundred, multiply, whole, type Decimal } from '../rational.ts'
import { isLoss, kindsIn, type Scheme } from '../rule/scheme.ts'
import { triggerMeaning } from '../rule/trigger.ts'
import { entriesOn, statusMeaning, type Assessed, type LedgerEntry } from '../score/scorecard.ts'
import { workingDaysBetween, type WorkCalendar } from '../working-days.ts'

/** 限期整改 under one kind, or of one unit. */
export interface RectificationFigure {
  readonly key: string
  readonly name: string
  /** Problems notified that ask for rectification by a deadline. */
  readonly notified: number
  /** Handed in by the deadline and accepted 按期销号. */
  readonly inTime: number
  /** Not rectified by the deadline: points are lost. */
  readonly late: number
  /** Neither yet. */
  readonly waiting: number
  /** inTime ÷ (inTime + late) in per cent with one decimal; null while nothing is decided. */
  readonly rate: Decimal | null
  /** Median of working days from notification to acceptance, late ones included; null when nothing was accepted. */
  readonly medianDays: number | null
}

export interface RectificationFigures {
  readonly total: RectificationFigure
  /** In the order of the scheme; kinds without a problem are left out. */
  readonly kinds: readonly RectificationFigure[]
  /** In the order of the participants, those without a problem left out. */
  readonly units: readonly RectificationFigure[]
}

interface Case {
  readonly entry: LedgerEntry
  readonly unitId: string
  readonly unit: string
  /** Working days it took; null while not accepted. */
  readonly days: number | null
}

const acceptedOn = (finding: Finding, asOf: Day): Day | null =>
  finding.facts.findLast((fact) => fact.type === 'accepted' && fact.on <= asOf)?.on ?? null

function median(values: readonly number[]): number | null {
  const ascending = [...values].sort((a, b) => a - b)
  const [low, high] = [ascending[Math.ceil(values.length / 2) - 1], ascending[Math.floor(values.length / 2)]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}

function figureOf(key: string, name: string, cases: readonly Case[]): RectificationFigure {
  const inTime = cases.filter(({ entry }) => entry.status === 'closed').length
  const late = cases.filter(({ entry }) => entry.status === 'lost').length
  return {
    key,
    name,
    notified: cases.length,
    inTime,
    late,
    waiting: cases.length - inTime - late,
    rate:
      inTime + late === 0 ? null : format(multiply(divide(whole(inTime), whole(inTime + late)), hundred), 1),
    medianDays: median(cases.flatMap(({ days }) => days ?? [])),
  }
}

/**
 * How many problems were rectified in time and how long it took, on the assessed day: those whose points rectifying saves. Revoked and reversed ones do not count.
 */
export function rectificationFigures(
  scheme: Scheme,
  facts: Facts,
  assessed: Assessed,
  calendar: WorkCalendar,
): RectificationFigures {
  const kinds = kindsIn(scheme).filter((kind) => isLoss(kind) && triggerMeaning[kind.trigger].rectifyingSaves)
  const rectifiable = new Set(kinds.map(({ key }) => key))
  const findings = new Map(facts.findings.map((finding) => [finding.id, finding]))
  const cases = assessed.scorecards.flatMap((card) =>
    entriesOn(card).flatMap((entry): Case[] => {
      const { kind, status, notifiedOn, findingId } = entry
      if (!rectifiable.has(kind) || !statusMeaning[status].counts || notifiedOn === null) return []
      const on = acceptedOn(findings.get(findingId) as Finding, assessed.asOf)
      const days = on === null ? null : workingDaysBetween(calendar, notifiedOn, on)
      return [{ entry, unitId: card.unitId, unit: card.unit, days }]
    }),
  )
  const held = ({ notified }: RectificationFigure): boolean => notified > 0
  return {
    total: figureOf('', '', cases),
    kinds: kinds
      .map(({ key, name }) =>
        figureOf(
          key,
          name,
          cases.filter(({ entry }) => entry.kind === key),
        ),
      )
      .filter(held),
    units: assessed.scorecards
      .map(({ unitId, unit }) =>
        figureOf(
          unitId,
          unit,
          cases.filter((rectifiable) => rectifiable.unitId === unitId),
        ),
      )
      .filter(held),
  }
}
