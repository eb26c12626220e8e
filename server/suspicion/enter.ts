import { createHash } from 'node:crypto'
import { newId } from '../../db/ids.ts'
import { insertSuspicions, suspicionKeys } from '../../db/suspicions.ts'
import type { SuspicionRow } from '../../db/tables.ts'
import { stamp, type DoingBeside } from '../act.ts'

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
  readonly recordId: string
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
  { monitor, unitId, about }: Omit<Watched, 'recordId'>,
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

/** Enters what was never suspected before, also if that was dismissed; gives how many are new. */
export async function enterSuspicions(
  doing: DoingBeside,
  watched: Watched,
  suspected: readonly Suspected[],
): Promise<number> {
  const { trx, today, visible } = doing
  const known = await suspicionKeys(trx, visible.assessment.id)
  const keys = keysOf(watched, suspected)
  const { monitor, recordId, unitId } = watched
  const rows = suspected.flatMap(({ params, ...one }, index) => {
    const key = keys[index] ?? ''
    if (known.has(key)) return []
    return [
      {
        ...one,
        id: newId(),
        assessmentId: visible.assessment.id,
        monitor,
        unitId,
        recordId,
        params: JSON.stringify(params),
        key,
        onDay: today,
        ...stamp(doing),
      },
    ]
  })
  await insertSuspicions(trx, rows)
  return rows.length
}
