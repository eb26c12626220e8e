import type { Source } from '../../db/source.ts'
import { kindOf, listPublications, type PublicationEntry } from '../../db/publications.ts'
import { namesOf } from '../../db/accounts.ts'
import type { Account } from '../access/session.ts'
import type { Visible } from '../access/visibility.ts'
import { Problem } from '../http/problem.ts'
import type { SignedInEnv } from '../http/context.ts'
import { publicationStepsFor, requireEntry } from './steps.ts'
import { asView } from '../http/wire.ts'
import { verifiedNow } from './verified.ts'
import { publicationSchema, type PublicationDetail, type PublicationView } from './wire.ts'
import { gradeCounts, ownResult } from '../result/published.ts'
import { resultsSight, seesPersons } from '../access/sight.ts'

/** Publications as far as the account may know of them: units learn of those that were approved, and of no persons. */
async function seen(
  db: Source,
  visible: Visible,
  account: Account,
): Promise<{ readonly entry: PublicationEntry; readonly view: PublicationView }[]> {
  const all = await listPublications(db, visible.assessment.id)
  const live = resultsSight(account, visible) === 'live'
  const entries = all.filter(({ state }) => live || state === 'approved')
  const ids = entries.flatMap(({ preparedBy, step }) => [preparedBy, ...(step ? [step.recordedBy] : [])])
  const names = seesPersons(account) ? await namesOf(db, ids) : new Map<string, { name: string }>()
  const person = (id: string) => {
    const known = names.get(id)
    return known ? { id, name: known.name } : null
  }
  return entries.map((entry) => ({
    entry,
    view: asView(publicationSchema, {
      ...entry,
      kind: kindOf(entry),
      current: entry.id === (kindOf(entry) === 'interim' ? visible.interim : visible.publication)?.id,
      preparedBy: person(entry.preparedBy),
      step: entry.step && {
        ...entry.step,
        by: person(entry.step.recordedBy),
        at: entry.step.recordedAt,
      },
      steps: publicationStepsFor(account, entry),
    }),
  }))
}

export const entriesSeen = async (
  db: Source,
  visible: Visible,
  account: Account,
): Promise<PublicationView[]> => (await seen(db, visible, account)).map(({ view }) => view)

/** Throws `not-found` unless the publication is one of the assessment's that the account may know of. */
export async function entryOf(
  db: Source,
  visible: Visible,
  account: Account,
  id: string,
): Promise<PublicationView> {
  const found = (await seen(db, visible, account)).find(({ entry }) => entry.id === id)
  if (!found) throw new Problem('not-found')
  return found.view
}

type Variables = SignedInEnv['Variables']

/** One publication as the account may know it: to units what the scheme makes known, to the others everything, verified. */
export async function detailOf(
  variables: Variables,
  visible: Visible,
  publicationId: string,
): Promise<PublicationDetail> {
  const { deps, account, assessed } = variables
  const { db } = deps
  const view = await entryOf(db, visible, account, publicationId)
  const sight = resultsSight(account, visible, view.kind)
  if (sight !== 'live') {
    const body = await assessed.published(publicationId)
    const wholeTable = sight === 'full-table'
    return {
      ...view,
      standings: wholeTable ? body.standings : null,
      grades: wholeTable ? gradeCounts(body.standings, body.scheme.grades) : null,
      root: body.proof?.root ?? null,
      own: ownResult(account, visible, body),
      against: null,
      verification: null,
      drift: null,
    }
  }
  const { at, told } = await verifiedNow(variables, publicationId)
  const { standings, grades, moved, root, verification, drift } = told
  const before =
    view.supersedes === null ? null : await requireEntry(db, visible.assessment.id, view.supersedes)
  return {
    ...view,
    root,
    standings,
    grades: gradeCounts(standings, grades),
    own: null,
    against: before && moved && { number: before.number, units: moved },
    verification: { at, ...verification },
    drift: view.current || view.state === 'prepared' ? drift : null,
  }
}
