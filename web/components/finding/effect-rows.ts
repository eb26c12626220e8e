import type { MessageKey } from '../../i18n.ts'
import type { FindingDetail } from '../../api/result.ts'

type Effects = NonNullable<FindingDetail['whatIf']>
export type Effect = Effects['upheld']
type Change = NonNullable<Effect['charged']>

export interface EffectRow {
  readonly label: MessageKey
  /** This is how it stands. */
  readonly present: boolean
  readonly place: Change['to']
  /** The part that moves, by name, with its score; null where none does. */
  readonly part: { readonly name: string; readonly score: string } | null
}

/** What stands to be decided about a finding, and what each way out does to the unit charged. */
export interface Consequences {
  readonly title: MessageKey
  readonly rows: readonly EffectRow[]
  readonly from: Change['from']
  /** Other units that the way out other than the present one moves. */
  readonly moved: Effect['moved']
}

interface Question {
  readonly title: MessageKey
  readonly stays: MessageKey
  readonly other: MessageKey
  readonly effect: Effect | null
}

function questionOf(finding: FindingDetail): Question | null {
  const { whatIf, appealed, status, legal } = finding
  if (!whatIf) return null
  const base = 'finding.casework.effect' as const
  if (appealed)
    return {
      title: `${base}.decide`,
      stays: `${base}.upheld`,
      other: `${base}.revoked`,
      effect: whatIf.revoked,
    }
  if (status === 'pending-review')
    return {
      title: `${base}.review`,
      stays: `${base}.accepted`,
      other: `${base}.rejected`,
      effect: whatIf.lost,
    }
  if (status === 'open')
    return {
      title: `${base}.rectify`,
      stays: `${base}.inTime`,
      other: `${base}.overdue`,
      effect: whatIf.lost,
    }
  if (legal.includes('appealed'))
    return { title: `${base}.appeal`, stays: `${base}.now`, other: `${base}.won`, effect: whatIf.revoked }
  return null
}

/** One way out of a change: as it stands, `from`, or otherwise, `to`. */
export function wayOut(label: MessageKey, change: Change, side: 'from' | 'to'): EffectRow {
  const score = change.part?.[side] ?? null
  const part = change.part === null || score === null ? null : { name: change.part.name, score }
  return { label, present: side === 'from', place: change[side], part }
}

/** Null when nothing is open, or the caller may not see the unit's score. */
export function consequencesOf(finding: FindingDetail): Consequences | null {
  const question = questionOf(finding)
  const change = question?.effect?.charged
  if (!question || !change) return null
  return {
    title: question.title,
    from: change.from,
    rows: [wayOut(question.stays, change, 'from'), wayOut(question.other, change, 'to')],
    moved: question.effect?.moved ?? [],
  }
}
