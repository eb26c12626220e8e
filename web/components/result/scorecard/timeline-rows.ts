import type { ScorecardAnswer } from '../../../api/result.ts'

export type TimelineEntry = ScorecardAnswer['timeline'][number]

export interface TimelineRow {
  readonly entry: TimelineEntry
  /** The year, where it begins. */
  readonly year: string | null
  /** Its points were given, not lost. */
  readonly gained: boolean
}

/** Whether an entry is that points begin to count. */
const countsPoints = ({ type }: TimelineEntry): boolean => type === 'lost' || type === 'gained'

/**
 * The timeline as shown: a notification that took its points at once is one row, and each year is announced where it
 * begins. What happened on one day stands in the order recorded, the last on top.
 */
export function timelineRows(recorded: readonly TimelineEntry[]): TimelineRow[] {
  const entries = recorded
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => b.entry.on.localeCompare(a.entry.on) || b.index - a.index)
    .map(({ entry }) => entry)
  const counted = entries.filter(countsPoints)
  const pointsOf = new Map(counted.map((entry) => [`${entry.findingId} ${entry.on}`, entry.points]))
  const given = new Set(counted.filter(({ type }) => type === 'gained').map(({ findingId }) => findingId))
  const merged = entries.flatMap((entry): TimelineEntry[] => {
    const key = `${entry.findingId} ${entry.on}`
    const notifiedThen = entries.some(
      (other) => other.type === 'notified' && other.findingId === entry.findingId && other.on === entry.on,
    )
    if (countsPoints(entry) && notifiedThen) return []
    const points = pointsOf.get(key)
    return entry.type === 'notified' && points !== undefined ? [{ ...entry, points }] : [entry]
  })
  return merged.map((entry, index) => {
    const year = entry.on.slice(0, 4)
    return {
      entry,
      year: merged[index - 1]?.on.slice(0, 4) === year ? null : year,
      gained: entry.findingId !== undefined && given.has(entry.findingId),
    }
  })
}
