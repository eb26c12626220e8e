import type { Transaction } from 'kysely'
import { canonicalJson } from '#assessment/canonical-json'
import type { Day } from '#assessment/day'
import { listAssessments, touchAssessment, type AssessmentFilter } from '../db/assessments.ts'
import { appendAudit, type Json } from '../db/audit.ts'
import { isSigned } from '../db/dialect.ts'
import { holdAssessment } from '../db/drafts.ts'
import { touchedDigests } from '../db/row-digests.ts'
import type { Tables } from '../db/tables.ts'
import { watchTouched, type Touched } from '../db/vouched.ts'
import type { Deed } from './access/deeds.ts'
import type { Account } from './access/session.ts'
import { visibleAssessment, type Viewer, type Visible } from './access/visibility.ts'
import type { Deps } from './deps.ts'
import { Problem } from './http/problem.ts'
import { dayInChina } from './today.ts'

/** Who acts, as a route knows it. */
export interface Actor extends Viewer {
  readonly deps: Pick<Deps, 'db' | 'clock'>
  /** From where; left out where nobody knows, as at the console. */
  readonly address?: string
}

/** The transaction in which somebody acts, and when. */
export interface Doing<By = Account> {
  readonly trx: Transaction<Tables>
  readonly by: By
  /** ISO moment in UTC. */
  readonly at: string
  readonly today: Day
}

/** Who records a fact and when, as its row says it. */
export const stamp = ({ by, at }: Doing) => ({ recordedBy: by.id, recordedAt: at })

/** The same in an assessment that the account may see. */
export interface DoingBeside extends Doing {
  readonly visible: Visible
}

/** The same where the act changes what the assessment's results rest on. */
export interface DoingIn extends DoingBeside {
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
  /** Id of the account in whose name it was done, when that is not who acts. */
  readonly by?: string | null
}

/** What came of an act, and what the audit log says of it. */
export interface Done<Result> {
  readonly result: Result
  readonly noted: readonly Noted[]
}

/** What an act changed, as it was and as it became: of all that could have changed only what did. */
export function changeOf<Values extends { readonly [name: string]: Json }>(
  before: Values,
  after: { readonly [Name in keyof Values]: Json },
): { readonly from: Json; readonly to: Json } {
  const names = Object.keys(after).filter(
    (name) => canonicalJson(before[name] ?? null) !== canonicalJson(after[name] ?? null),
  )
  const of = (values: { readonly [name: string]: Json }) =>
    Object.fromEntries(names.map((name) => [name, values[name] ?? null]))
  return { from: of(before), to: of(after) }
}

/** An act is over only with a note: there is no other way to end one. */
export const done = <Result>(result: Result, ...noted: readonly [Noted, ...Noted[]]): Done<Result> => ({
  result,
  noted,
})
/** It turned out that there was nothing to do: the transaction leaves nothing behind, not even an assessment's new version. */
export const nothingDone = <Result>(result: Result): Done<Result> => ({ result, noted: [] })

/** Takes the result of an act that did nothing out of its transaction. */
class NothingDone extends Error {
  readonly result: unknown

  constructor(result: unknown) {
    super('nothing done')
    this.result = result
  }
}

/** One transaction, and which rows it writes that the audit log vouches for. */
function watched<Result, By>(
  { deps, account }: { readonly deps: Actor['deps']; readonly account: By },
  work: (doing: Doing<By>, touched: Touched) => Promise<Result>,
): Promise<Result> {
  const now = deps.clock()
  return deps.db.transaction().execute((plain) => {
    const touched = watchTouched()
    const trx = plain.withPlugin(touched.plugin)
    return work({ trx, by: account, at: now.toISOString(), today: dayInChina(now) }, touched)
  })
}

/**
 * What acts, without an entry in the log: only what is no deed, as an attempt that may fail. Whatever the work throws undoes all of it, and so does
 * a row that the log would have to vouch for.
 */
export const unrecorded = <Result, By>(
  actor: { readonly deps: Actor['deps']; readonly account: By },
  work: (doing: Doing<By>) => Promise<Result>,
): Promise<Result> =>
  watched(actor, async (doing, { keys }) => {
    const result = await work(doing)
    if (keys.size > 0) throw new Error(`${[...keys.keys()].join(', ')} written without an audit entry`)
    return result
  })

/**
 * Does something in one transaction and writes it into the audit log, whose first entry of it vouches for every row written. Whatever the work
 * throws undoes all of it. `by` is null where nobody is signed in yet.
 */
export async function act<Result, By extends Pick<Account, 'id'> | null>(
  actor: { readonly deps: Actor['deps']; readonly account: By; readonly address?: string },
  deed: Deed,
  work: (doing: Doing<By>) => Promise<Done<Result>>,
): Promise<Result> {
  try {
    return await watched(actor, async (doing, touched) => {
      const { result, noted } = await work(doing)
      if (noted.length === 0) throw new NothingDone(result)
      const { trx, at } = doing
      const address = actor.address || null
      let facts = isSigned(trx) ? await touchedDigests(trx, touched) : null
      for (const { subject, detail, deed: other, by = doing.by?.id ?? null } of noted) {
        await appendAudit(trx, { accountId: by, address, at, action: other ?? deed, subject, detail, facts })
        facts = null
      }
      return result
    })
  } catch (reason) {
    if (reason instanceof NothingDone) return reason.result as Result
    throw reason
  }
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

/** Changes what several assessments rest on, as a unit's name or a scheme: the versions of all of them grow first of all. */
export const actAcross = <Result>(
  actor: Actor,
  which: AssessmentFilter,
  deed: Deed,
  work: (doing: Doing) => Promise<Done<Result>>,
): Promise<Result> =>
  act(actor, deed, async (doing) => {
    for (const { id } of await listAssessments(doing.trx, which)) await touchAssessment(doing.trx, id)
    return work(doing)
  })

/** What is done beside others: acts on what the results rest on wait for it and it for them, but not its like. */
async function beside(doing: Doing, { account, scope }: Actor, assessmentId: string): Promise<DoingBeside> {
  await holdAssessment(doing.trx, assessmentId)
  return { ...doing, visible: await visibleAssessment(doing.trx, account, scope, assessmentId) }
}

/** Does something in an assessment that its results do not rest on. Throws `not-found` when the actor may not see the assessment. */
export const actBeside = <Result>(
  actor: Actor,
  assessmentId: string,
  deed: Deed,
  work: (doing: DoingBeside) => Promise<Done<Result>>,
): Promise<Result> => act(actor, deed, async (doing) => work(await beside(doing, actor, assessmentId)))

/** The same for what is only filled in so far: a draft is no deed yet, so the log says nothing of it. */
export const draftIn = <Result>(
  actor: Actor,
  assessmentId: string,
  work: (doing: DoingBeside) => Promise<Result>,
): Promise<Result> => unrecorded(actor, async (doing) => work(await beside(doing, actor, assessmentId)))
