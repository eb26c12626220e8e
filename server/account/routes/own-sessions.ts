import { Hono } from 'hono'
import { signedIn } from '../../access/allow.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { endOtherSessions, endSession, ownSessions, ownSessionsSchema } from '../own-sessions.ts'

const tag = '登录 · Session'

export const ownSessionRoutes = new Hono<AppEnv>()
  .get(
    '/',
    signedIn(),
    describe(tag, '我的登录', 'Where I am signed in', { 200: ownSessionsSchema }),
    async (c) => c.json(await ownSessions(c.var), 200),
  )
  .delete(
    '/',
    signedIn(),
    describe(tag, '退出其他登录', 'End all my other sessions', { 204: null }),
    async (c) => {
      await endOtherSessions(c.var)
      return c.body(null, 204)
    },
  )
  .delete(
    '/:id',
    signedIn(),
    describe(tag, '退出一处登录', 'End one of my sessions', { 204: null }),
    async (c) => {
      await endSession(c.var, c.req.param('id'))
      return c.body(null, 204)
    },
  )
