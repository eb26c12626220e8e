import { createHash } from 'node:crypto'
import type { SuspicionRow } from '../db/tables.ts'
import type { Observation } from './monitors/report/observation.ts'

/** What a monitor suspects of one record. */
export type Suspected = Pick<
  SuspicionRow,
  'rule' | 'severity' | 'excerpt' | 'place' | 'message' | 'source'
> & {
  readonly params: Readonly<Record<string, string>>
}

/** A record watched by a monitor. */
export interface Watched {
  readonly monitor: string
  readonly unitId: string
  /** What the record is about beside its unit, alike in every version of it, as the year of a report. */
  readonly about: string
}

const squeezed = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '')

/**
 * The keys of what is suspected of a record, in the order given: the same whenever the same words are suspected under the same rule, wherever they
 * stand; words that stand there several times are several.
 */
export function keysOf(
  { monitor, unitId, about }: Watched,
  suspected: readonly Pick<Suspected, 'rule' | 'message' | 'excerpt'>[],
): string[] {
  const seen = new Map<string, number>()
  return suspected.map(({ rule, message, excerpt }) => {
    const same = JSON.stringify([monitor, unitId, about, rule, message, squeezed(excerpt)])
    const nth = (seen.get(same) ?? 0) + 1
    seen.set(same, nth)
    return createHash('sha256').update(`${same}${nth}`).digest('hex')
  })
}

/** The longest words of a report that are told by themselves; longer ones are read in the report. */
const longestExcerpt = 2000

/** What of the observations on a report a person has to look at: what fails, and what is doubtful. */
export const suspectedBy = (observations: readonly Observation[]): Suspected[] =>
  observations.flatMap(({ severity, offset, excerpt, ...one }) =>
    severity === 'fail' || severity === 'warn'
      ? [{ ...one, severity, excerpt: excerpt.slice(0, longestExcerpt), place: offset }]
      : [],
  )
