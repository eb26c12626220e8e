import type { Insertable } from 'kysely'
import type { Day } from '#assessment/day'
import type { FindingFactRow, FindingRow } from '../tables.ts'
import { momentOn } from './days.ts'
import type { Step } from './courses.ts'
import type { Story } from './ledger.ts'
import { sourceFor } from './wording.ts'

export interface LedgerRows {
  readonly findings: Insertable<FindingRow>[]
  readonly facts: Insertable<FindingFactRow>[]
}

export interface LedgerContext {
  readonly assessmentId: string
  readonly year: number
  readonly today: Day
  readonly newId: () => string
  /** Id of a unit by name. */
  readonly unitId: (name: string) => string
  /** The unit charged with what happens at a place, by name, where numbers count within it; null in years in which they counted across units. */
  readonly numberedWithin: ((place: string) => string) | null
  /** Account that records a step of a story; null when there is none. */
  readonly accountOf: (by: Step['by'], story: Story) => string | null
}

const notifiedOn = (story: Story): Day => story.steps[0]?.on ?? story.foundOn
const by =
  <T>(key: (value: T) => string) =>
  (a: T, b: T): number =>
    key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0

/** Rows of everything recorded up to today, in the order recorded; problems of one kind notified on one day share a document. */
export function ledgerRows(stories: readonly Story[], context: LedgerContext): LedgerRows {
  const { today, newId, unitId, accountOf } = context
  const given = new Map<string, number>()
  const numbered = (place: string, index: number): Pick<FindingRow, 'number' | 'numberedUnitId'> => {
    const unit = context.numberedWithin?.(place)
    if (unit === undefined)
      return { number: `${context.year}-${String(index + 1).padStart(3, '0')}`, numberedUnitId: null }
    given.set(unit, (given.get(unit) ?? 0) + 1)
    return { number: `${context.year}-${given.get(unit)}`, numberedUnitId: unitId(unit) }
  }
  const documents = new Map<string, { day: Day; count: number }>()
  const rows: LedgerRows = { findings: [], facts: [] }
  const known = stories.filter((story) => notifiedOn(story) <= today).toSorted(by(notifiedOn))

  known.forEach((story, index) => {
    const id = newId()
    const day = notifiedOn(story)
    const yearOfDay = day.slice(0, 4)
    const series = `${story.kind.key} ${yearOfDay}`
    const last = documents.get(series) ?? { day: '', count: 0 }
    const document = last.day === day ? last : { day, count: last.count + 1 }
    documents.set(series, document)
    rows.findings.push({
      id,
      assessmentId: context.assessmentId,
      ...numbered(story.place, index),
      kind: story.kind.key,
      unitId: unitId(story.place),
      what: story.what,
      source: sourceFor(story.kind.key, yearOfDay, document.count),
      foundOn: story.foundOn,
      importId: null,
      recordedBy: accountOf('provider', story),
      recordedAt: momentOn(day, 10),
    })
    story.steps.forEach((step, order) => {
      if (step.on > today) return
      const isAmended = step.outcome === 'amended'
      rows.facts.push({
        id: newId(),
        findingId: id,
        type: step.type,
        onDay: step.on,
        deadline: step.deadline ?? null,
        outcome: step.outcome ?? null,
        kind: isAmended ? story.kind.key : null,
        unitId: isAmended ? unitId(story.movedTo ?? story.place) : null,
        reason: step.reason ?? null,
        recordedBy: accountOf(step.by, story),
        recordedAt: momentOn(step.on, 10 + order * 45),
      })
    })
  })
  return { findings: rows.findings, facts: rows.facts.toSorted(by((fact) => fact.recordedAt)) }
}
