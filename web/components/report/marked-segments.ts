import type { Observation } from '../../api/report.ts'

/** A stretch of a report's text, and the observations that it belongs to, by their places in the list. */
export interface Segment {
  readonly text: string
  readonly of: readonly number[]
}

/** A text cut where observations begin and end, so that those that overlap are all marked. */
export function segmentsOf(
  text: string,
  observations: readonly Pick<Observation, 'offset' | 'excerpt'>[],
): Segment[] {
  const spans = observations
    .map(({ offset, excerpt }, index) => ({ start: offset, end: offset + excerpt.length, index }))
    .filter(({ start, end }) => end > start)
  const cuts = [...new Set([0, text.length, ...spans.flatMap(({ start, end }) => [start, end])])]
    .filter((cut) => cut <= text.length)
    .sort((a, b) => a - b)
  return cuts.slice(1).map((end, at) => {
    const start = cuts[at] ?? 0
    const of = spans.filter((span) => span.start < end && span.end > start).map(({ index }) => index)
    return { text: text.slice(start, end), of }
  })
}
