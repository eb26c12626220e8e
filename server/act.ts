import type { Transaction } from 'kysely'
import type { Day } from '#assessment/day'
import { touchAssessment } from '../db/assessments.ts'
import { appendAudit, type Json } from '../db/audit.ts'
import type { Tables } from '../db/tables.ts'
import type { Deed } from './access/deeds.ts'
import type { Scope } from './access/permissions.ts'
import type { Account } from './access/session.ts'
import { visibleAssessment, type Visible } from './access/visibility.ts'
import type { Deps } from './deps.ts'
import { Problem } from './http/problem.ts'
import { dayInChina } from './today.ts'

/** Who acts, as a route knows it. */
export interface Actor {
  readonly deps: Pick<Deps, 'db' | 'clock'>
  readonly account: Account
  readonly scope: Scope
}

/** The transaction in which somebody acts, and when. */
export interface Doing<By = Account> {
  readonly trx: Transaction<Tables>
  readonly by: By
  /** ISO moment in UTC. */
  readonly at: string
  readonly today: Day
}

/** The same in an assessment that the account may see. */
export interface DoingIn extends Doing {
  readonly visible: Visible
  /** The assessment's version before the act. */
  readonly versionBefore: number
}

/** One entry of the audit log. */
export interface Noted {
  /** Id of what it was done to. */
  readonly subject: string
  readonly detail: Json
  /** When it is not what the act is called. */
  readonly deed?: Deed
}

/** What came of an act, and what the audit log says of it. */
export interface Done<Result> {
  readonly result: Result
  readonly noted: readonly Noted[]
}

/** An act is over only with a note: there is no other way to end one. */
export const done = <Result>(result: Result, ...noted: readonly [Noted, ...Noted[]]): Done<Result> => ({
  result,
  noted,
})
/** It turned out that there was nothing to do. */
export const nothingDone = <Result>(result: Result): Done<Result> => ({ result, noted: [] })

/**
 * Does something in one transaction and writes it into the audit log. Whatever the work throws undoes all of it. `by` is null where nobody is
 * signed in yet.
 */
export async function act<Result, By extends Pick<Account, 'id'> | null>(
  { deps, account }: { readonly deps: Actor['deps']; readonly account: By },
  deed: Deed,
  work: (doing: Doing<By>) => Promise<Done<Result>>,
): Promise<Result> {
  const now = deps.clock()
  const at = now.toISOString()
  return deps.db.transaction().execute(async (trx) => {
    const { result, noted } = await work({ trx, by: account, at, today: dayInChina(now) })
    for (const { subject, detail, deed: other } of noted)
      await appendAudit(trx, { at, accountId: account?.id ?? null, action: other ?? deed, subject, detail })
    return result
  })
}

/**
 * Changes what an assessment's results rest on. Its version grows first of all, so that acts in one assessment queue and read what those before
 * them wrote. Throws `not-found` when the actor may not see the assessment.
 */
export const actIn = <Result>(
  actor: Actor,
  assessmentId: string,
  deed: Deed,
  work: (doing: DoingIn) => Promise<Done<Result>>,
): Promise<Result> =>
  act(actor, deed, async (doing) => {
    const version = await touchAssessment(doing.trx, assessmentId)
    if (version === undefined) throw new Problem('not-found')
    const visible = await visibleAssessment(doing.trx, actor.account, actor.scope, assessmentId)
    return work({ ...doing, visible, versionBefore: version - 1 })
  })
