import { createMiddleware } from 'hono/factory'
import { Problem } from '../http/problem.ts'
import type { AppEnv, SignedInEnv } from '../http/context.ts'
import { scopeOf, type Action, type Scope } from './permissions.ts'
import { visibleAssessment, type Visible } from './visibility.ts'
import { readSession, sessionToken, type Account, type Session } from './session.ts'

/** What a route asks of its caller: nothing, a session, or a session whose role has an action. */
export type Access = 'public' | 'session' | Action

const accessOfHandler = new WeakMap<object, Access>()

/** What a middleware made here asks for; undefined for any other handler. */
export const accessAskedBy = (handler: object): Access | undefined => accessOfHandler.get(handler)

async function requireSession(c: { var: AppEnv['Variables']; token: string | undefined }): Promise<Session> {
  const session = await readSession(c.var.deps.db, c.token, c.var.deps.clock())
  if (!session) throw new Problem('unauthenticated')
  return session
}

const marked = <Handler extends object>(access: Access, handler: Handler): Handler => {
  accessOfHandler.set(handler, access)
  return handler
}

/** For routes that need no session. */
export const open = () =>
  marked(
    'public',
    createMiddleware<AppEnv>((_, next) => next()),
  )

/** For routes about the session itself; they work with a password that must be changed, too. */
export const signedIn = () =>
  marked(
    'session',
    createMiddleware<SignedInEnv>(async (c, next) => {
      const session = await requireSession({ var: c.var, token: sessionToken(c) })
      c.set('account', session.account)
      c.set('session', session)
      await next()
    }),
  )

/** What a handler finds behind `allow`: who calls, and how far the permission reaches. */
export interface AllowedEnv extends SignedInEnv {
  Variables: SignedInEnv['Variables'] & { readonly scope: Scope }
}

/** What a handler finds behind `allowIn` as well: the assessment that the address names, as the caller may see it. */
export interface AllowedInEnv extends AllowedEnv {
  Variables: AllowedEnv['Variables'] & { readonly visible: Visible }
}

/** A request on its way through the gate. */
interface Asking {
  readonly var: AppEnv['Variables']
  readonly set: (key: 'account', account: Account) => void
}

/** A session with its own password and the second factor that its role requires, and how far its role has the action. Throws when either is missing. */
async function requireAllowed(
  c: Asking,
  token: string | undefined,
  action: Action,
): Promise<{ readonly session: Session; readonly scope: Scope }> {
  const session = await requireSession({ var: c.var, token })
  // A refusal is told with who was refused.
  c.set('account', session.account)
  if (session.account.mustChangePassword) throw new Problem('password-change-required')
  if (session.mustEnrol) throw new Problem('second-factor-missing')
  const scope = scopeOf(session.account.role, action)
  if (scope === undefined) throw new Problem('forbidden')
  return { session, scope }
}

/**
 * The one gate: a session, its own password, and a role that has the action. Nothing is looked up before, so that a refusal tells nothing about
 * what exists.
 */
export const allow = (action: Action) =>
  marked(
    action,
    createMiddleware<AllowedEnv>(async (c, next) => {
      const { session, scope } = await requireAllowed(c, sessionToken(c), action)
      c.set('session', session)
      c.set('scope', scope)
      await next()
    }),
  )

/** The same for an address below an assessment, `/:id/…`; throws `not-found` where the permission does not reach it. */
export const allowIn = (action: Action) =>
  marked(
    action,
    createMiddleware<AllowedInEnv>(async (c, next) => {
      const { session, scope } = await requireAllowed(c, sessionToken(c), action)
      c.set('session', session)
      c.set('scope', scope)
      c.set(
        'visible',
        await visibleAssessment(c.var.deps.db, session.account, scope, c.req.param('id') ?? ''),
      )
      await next()
    }),
  )
