import { Hono, type Context } from 'hono'
import { getCookie, setCookie, deleteCookie } from 'hono/cookie'
import { z } from 'zod'
import { allow, open } from '../../access/allow.ts'
import { originOf } from '../../access/caller-address.ts'
import { isSecure, sendSessionCookie } from '../../access/session.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { Problem } from '../../http/problem.ts'
import { noteProblem } from '../../http/security-events.ts'
import { validated } from '../../http/validated.ts'
import { beginSingleSignOn, endSingleSignOn, wayLasts } from '../single-sign-on.ts'
import {
  changeSingleSignOn,
  confirmSingleSignOn,
  readSingleSignOn,
  singleSignOnBody,
  singleSignOnView,
  viewSingleSignOn,
  viewWaiting,
  waitingSingleSignOn,
} from '../single-sign-on-settings.ts'

const tag = '登录 · Session'
const cookie = 'zhengheng_single_sign_on'
const path = '/api/single-sign-on'

/** An address of ours as people see it. */
function ownAddress(c: Context<AppEnv>): URL {
  const { pathname, search, origin } = new URL(c.req.url)
  return new URL(`${pathname}${search}`, c.var.deps.publicUrl ?? origin)
}

/** A browser that comes back is led to a page, which tells what is wrong. */
const backToSignIn = async (c: Context<AppEnv>, reason: unknown) => {
  if (!(reason instanceof Problem)) throw reason
  await noteProblem(c, reason)
  return c.redirect(`/sign-in?problem=${reason.code}`, 302)
}

export const singleSignOn = new Hono<AppEnv>()
  .get(
    '/',
    open(),
    describe(tag, '是否可以统一身份认证登录', 'Whether one can sign in elsewhere, and where', {
      200: z.object({ name: z.string().nullable() }),
    }),
    async (c) => {
      const { enabled, confirmed, name } = await readSingleSignOn(c.var.deps.db)
      return c.json({ name: enabled && confirmed ? name : null }, 200)
    },
  )
  .get(
    '/begin',
    open(),
    describe(tag, '前往统一身份认证', 'Go and sign in elsewhere', { 302: null }),
    async (c) => {
      try {
        const back = new URL(`${path}/end`, ownAddress(c))
        const { address, kept } = await beginSingleSignOn(c.var.deps, back)
        setCookie(c, cookie, kept, {
          httpOnly: true,
          sameSite: 'Lax',
          secure: isSecure(c),
          path,
          maxAge: wayLasts,
        })
        return c.redirect(address, 302)
      } catch (reason) {
        return backToSignIn(c, reason)
      }
    },
  )
  .get(
    '/end',
    open(),
    describe(tag, '统一身份认证返回', 'Come back from there', { 302: null }),
    async (c) => {
      const kept = getCookie(c, cookie) ?? ''
      deleteCookie(c, cookie, { path, secure: isSecure(c) })
      try {
        const { token } = await endSingleSignOn(c.var.deps, originOf(c), ownAddress(c), kept)
        sendSessionCookie(c, token)
        return c.redirect('/', 302)
      } catch (reason) {
        return backToSignIn(c, reason)
      }
    },
  )
  .get(
    '/settings',
    allow('sign-in.settings'),
    describe(tag, '统一身份认证设置（不含密钥）', 'Settings of signing in elsewhere, never the secret', {
      200: singleSignOnView,
    }),
    async (c) => {
      const { view, etag } = await viewSingleSignOn(c.var.deps.db)
      return c.json(view, 200, { etag })
    },
  )
  .put(
    '/settings',
    allow('sign-in.settings'),
    describe(tag, '修改统一身份认证设置', 'Change the settings of signing in elsewhere', {
      200: singleSignOnView,
    }),
    validated('json', singleSignOnBody),
    async (c) => {
      await changeSingleSignOn(c.var, c.req.valid('json'), c.req.header('if-match'))
      const { view, etag } = await viewSingleSignOn(c.var.deps.db)
      return c.json(view, 200, { etag })
    },
  )
  .get(
    '/waiting',
    allow('sign-in.confirm'),
    describe(tag, '待确认的统一身份认证', 'What is to vouch for people once it is confirmed', {
      200: z.object({ waiting: waitingSingleSignOn }),
    }),
    async (c) => {
      const { waiting, etag } = await viewWaiting(c.var.deps.db)
      return c.json({ waiting }, 200, { etag })
    },
  )
  .post(
    '/confirmation',
    allow('sign-in.confirm'),
    describe(tag, '确认统一身份认证（If-Match）', 'Confirm who vouches for people, as it was read', {
      200: z.object({ waiting: waitingSingleSignOn }),
    }),
    async (c) => {
      await confirmSingleSignOn(c.var, c.req.header('if-match'))
      const { waiting, etag } = await viewWaiting(c.var.deps.db)
      return c.json({ waiting }, 200, { etag })
    },
  )
