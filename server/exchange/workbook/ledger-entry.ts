import type { Day } from '../../assessment/day.ts'
import type { Finding, FindingFact } from '../../assessment/score/facts.ts'
import type { Review } from './sheet-columns.ts'

/** A row of a 台账: a finding and what became of it, as far as the workbook tells. */
export interface LedgerEntry {
  readonly kind: string
  /** Key of its severity; null = the usual one. */
  readonly severity: string | null
  readonly unitId: string
  readonly what: string
  /** Null while it is not notified. */
  readonly notifiedOn: Day | null
  readonly deadline: Day | null
  readonly rectifiedOn: Day | null
  readonly review: Review | null
  readonly revokedOn: Day | null
}

/** The dated facts that a row stands for. The row gives a review no day of its own: it bears the rectification's. */
export function factsOf(entry: LedgerEntry): FindingFact[] {
  const { notifiedOn, deadline, rectifiedOn, review, revokedOn } = entry
  const revoked: FindingFact[] =
    revokedOn === null ? [] : [{ type: 'decided', on: revokedOn, outcome: 'revoked' }]
  if (notifiedOn === null) return revoked
  const facts: FindingFact[] = [{ type: 'notified', on: notifiedOn, deadline }]
  if (rectifiedOn !== null) facts.push({ type: 'submitted', on: rectifiedOn })
  if (rectifiedOn !== null && review !== null) facts.push({ type: review, on: rectifiedOn })
  return [...facts, ...revoked]
}

interface Rectification {
  on: Day
  review: Review | null
}

/** The rectification that decides: an accepted one in time, else one in time still waiting, else the last. */
function decisive(rectifications: readonly Rectification[], deadline: Day | null): Rectification | undefined {
  const inTime = rectifications.filter(({ on }) => deadline === null || on <= deadline)
  return (
    inTime.find(({ review }) => review === 'accepted') ??
    inTime.find(({ review }) => review === null) ??
    rectifications.at(-1)
  )
}

/**
 * The row of a 台账 that a finding comes down to with everything recorded about it: the deadline in force, the
 * rectification that decides, the kind, severity and unit as amended, the day it was revoked or reversed; without a day of
 * notification for one never notified.
 */
export function ledgerEntry(finding: Finding): LedgerEntry {
  const state: { notifiedOn: Day | null; deadline: Day | null; revokedOn: Day | null } = {
    notifiedOn: null,
    deadline: null,
    revokedOn: null,
  }
  let { kind, severity, unitId } = finding
  let rectifications: Rectification[] = []
  for (const fact of finding.facts) {
    const last = rectifications.at(-1)
    if (fact.type === 'notified') [state.notifiedOn, state.deadline] = [fact.on, fact.deadline]
    else if (fact.type === 'extended') state.deadline = fact.deadline
    else if (fact.type === 'submitted') rectifications.push({ on: fact.on, review: null })
    else if (fact.type === 'withdrawn') rectifications.pop()
    else if (fact.type === 'accepted' || fact.type === 'rejected') {
      if (last) last.review = fact.type
    } else if (fact.type === 'reversed' || (fact.type === 'decided' && fact.outcome === 'revoked')) {
      state.revokedOn = state.revokedOn !== null && state.revokedOn < fact.on ? state.revokedOn : fact.on
    } else if (fact.type === 'decided' && fact.outcome === 'amended') {
      ;({ kind, severity = null, unitId } = fact)
      if (fact.deadline === undefined) continue
      ;[state.notifiedOn, state.deadline] = [fact.on, fact.deadline]
      rectifications = []
    }
  }
  const { notifiedOn, deadline, revokedOn } = state
  const rectification = decisive(rectifications, deadline)
  return {
    kind,
    severity,
    unitId,
    what: finding.what,
    notifiedOn,
    deadline,
    rectifiedOn: rectification?.on ?? null,
    review: rectification?.review ?? null,
    revokedOn,
  }
}

/** The latest of some days; null when there is none. */
export function latestOf(days: Iterable<Day | null | undefined>): Day | null {
  let latest: Day | null = null
  for (const day of days) if (day && (latest === null || day > latest)) latest = day
  return latest
}
