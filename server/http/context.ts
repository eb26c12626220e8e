import type { Account, Session } from '../access/session.ts'
import type { Deps } from '../deps.ts'
import type { Language } from '#assessment/language'
import type { AssessedCache } from '../assessed.ts'
import type { InThread } from '../jobs/jobs.ts'
import type { ViewCache } from './view-cache.ts'

/** What every handler finds in its context. */
export interface AppEnv {
  Variables: {
    readonly deps: Deps
    readonly requestId: string
    readonly language: Language
    readonly assessed: AssessedCache
    readonly views: ViewCache
    /** Heavy work for the caller, called off when the caller goes away. */
    readonly inThread: InThread
    /** From where the request comes; empty where nobody knows. */
    readonly address: string
    /** Under which name somebody asks to be let in. */
    readonly claimedName?: string
    /** Who is signed in, once that is known. */
    readonly account?: Account
  }
}

/** What a handler behind `signedIn` or `allow` finds as well. */
export interface SignedInEnv extends AppEnv {
  Variables: AppEnv['Variables'] & { readonly account: Account; readonly session: Session }
}
