import { whereaboutsOf } from '../../db/dialect.ts'
import type { Deps } from '../deps.ts'
import { Problem } from '../http/problem.ts'
import type { WithThreads } from '../jobs/jobs.ts'
import type { PublicationTold } from '../publication-verified.ts'
import { todayBy } from '../today.ts'

interface Told extends PublicationTold {
  readonly verification: PublicationTold['verification'] & { readonly at: string }
}

interface Asking extends WithThreads {
  readonly deps: Pick<Deps, 'db' | 'clock' | 'verified'>
}

/** A publication verified, in a thread, or as it was verified before while every byte is as it was then. Throws `not-found`. */
export async function verifiedNow({ deps, inThread }: Asking, publicationId: string): Promise<Told> {
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
  if (told === null && known) return known.told
  if (told === null) throw new Error('nothing was verified')
  const fresh = { ...told, verification: { ...told.verification, at: clock().toISOString() } }
  verified.set(publicationId, { print, told: fresh })
  return fresh
}
