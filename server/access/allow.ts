import { createMiddleware } from 'hono/factory'
import { Problem } from '../http/problem.ts'
import type { AppEnv, SignedInEnv } from '../http/context.ts'
import { scopeOf, type Action, type Scope } from './permissions.ts'
import { readSession, sessionToken, type Session } from './session.ts'

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
      c.set('tokenHash', session.tokenHash)
      await next()
    }),
  )

/**
 * The one gate: a session, its own password, and a role that has the action. The handler finds the account and how far the
 * permission reaches. Nothing is looked up before, so that a refusal tells nothing about what exists.
 */
export const allow = (action: Action) =>
  marked(
    action,
    createMiddleware<SignedInEnv & { Variables: { readonly scope: Scope } }>(async (c, next) => {
      const { account, tokenHash } = await requireSession({ var: c.var, token: sessionToken(c) })
      if (account.mustChangePassword) throw new Problem('password-change-required')
      const scope = scopeOf(account.role, action)
      if (scope === undefined) throw new Problem('forbidden')
      c.set('account', account)
      c.set('tokenHash', tokenHash)
      c.set('scope', scope)
      await next()
    }),
  )
