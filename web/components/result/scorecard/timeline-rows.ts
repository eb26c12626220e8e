import type { ScorecardAnswer } from '../../../api/result.ts'

export type TimelineEntry = ScorecardAnswer['timeline'][number]

export interface TimelineRow {
  readonly entry: TimelineEntry
  /** The year, where it begins. */
  readonly year: string | null
}

/**
 * The timeline as shown: a notification that took its points at once is one row, and each year is announced where it
 * begins. What happened on one day stands in the order recorded, the last on top.
 */
export function timelineRows(recorded: readonly TimelineEntry[]): TimelineRow[] {
  const entries = recorded
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => b.entry.on.localeCompare(a.entry.on) || b.index - a.index)
    .map(({ entry }) => entry)
  const lostAtOnce = new Set(
    entries.filter((entry) => entry.type === 'lost').map((entry) => `${entry.findingId} ${entry.on}`),
  )
  const pointsOf = new Map(
    entries
      .filter((entry) => entry.type === 'lost')
      .map((entry) => [`${entry.findingId} ${entry.on}`, entry.points]),
  )
  const merged = entries.flatMap((entry): TimelineEntry[] => {
    const key = `${entry.findingId} ${entry.on}`
    const notifiedThen = entries.some(
      (other) => other.type === 'notified' && other.findingId === entry.findingId && other.on === entry.on,
    )
    if (entry.type === 'lost' && notifiedThen) return []
    const points = pointsOf.get(key)
    return entry.type === 'notified' && lostAtOnce.has(key) && points !== undefined
      ? [{ ...entry, points }]
      : [entry]
  })
  return merged.map((entry, index) => {
    const year = entry.on.slice(0, 4)
    return { entry, year: merged[index - 1]?.on.slice(0, 4) === year ? null : year }
  })
}
