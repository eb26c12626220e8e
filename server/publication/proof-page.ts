import { readFile } from 'node:fs/promises'
import { pageWith } from '#assessment/publication/proof/proof-text'
import { whereaboutsOf } from '../../db/dialect.ts'
import { resultsSight } from '../access/sight.ts'
import type { Visible } from '../access/visibility.ts'
import type { SignedInEnv } from '../http/context.ts'
import { Problem } from '../http/problem.ts'
import { entryOf } from './view.ts'

/**
 * The page that checks a publication without us, with as much in it as the account may know: to those who see every result and where the
 * whole table is public everything, else the unit's own result or grade. Throws `not-found`, `not-published`, `proof-none` for one of an
 * earlier release, and `proof-unsound`.
 */
export async function proofPage(
  { deps, account, inThread }: SignedInEnv['Variables'],
  visible: Visible,
  publicationId: string,
): Promise<{ readonly html: string; readonly name: string }> {
  const { kind, state } = await entryOf(deps.db, visible, account, publicationId)
  const sight = resultsSight(account, visible, kind)
  if (sight === null || state !== 'approved') throw new Problem('not-published')
  const shows = sight === 'live' ? 'full-table' : sight
  const file = await inThread('publication-proof', {
    whereabouts: whereaboutsOf(deps.db),
    publicationId,
    shows,
    unitId: shows === 'full-table' ? null : (account.unit?.id ?? null),
  })
  if (typeof file === 'string') throw new Problem(file)
  const whose = shows === 'full-table' ? '' : `（${account.unit?.name ?? ''}）`
  return {
    html: pageWith(await readFile(deps.proofPage, 'utf8'), file),
    name: `${visible.assessment.name}公开核验${whose}`,
  }
}
