import { whereaboutsOf } from '../../db/dialect.ts'
import type { Deps } from '../deps.ts'
import { Problem } from '../http/problem.ts'
import type { WithThreads } from '../jobs/jobs.ts'
import type { Verified } from '../publication-verified.ts'
import { todayBy } from '../today.ts'

interface Asking extends WithThreads {
  readonly deps: Pick<Deps, 'db' | 'clock' | 'verified'>
}

/** A publication verified in a thread, or as it was verified before when every byte is as it was then. Throws `not-found`. */
export async function verifiedNow({ deps, inThread }: Asking, publicationId: string): Promise<Verified> {
  const { db, clock, verified } = deps
  const known = verified.get(publicationId)
  const answer = await inThread('verify-publication', {
    whereabouts: whereaboutsOf(db),
    publicationId,
    today: todayBy(deps),
    print: known?.print ?? null,
  })
  if (answer === null) throw new Problem('not-found')
  const { print, told } = answer
  if (told === null) return known as Verified
  const fresh = { print, at: clock().toISOString(), told }
  verified.set(publicationId, fresh)
  return fresh
}
