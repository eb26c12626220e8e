import { Hono } from 'hono'
import { z } from 'zod'
import { findByCalendar, findReminders } from '../../../db/reminders.ts'
import { allow, open } from '../../access/allow.ts'
import { addressLimit } from '../../access/rate-limit.ts'
import { accountOf } from '../../access/session.ts'
import { tokenHash } from '../../access/session-token.ts'
import { calendarText } from '../../exchange/calendar/calendar.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { Problem } from '../../http/problem.ts'
import { validated } from '../../http/validated.ts'
import { calendarOfAccount } from '../calendar-entries.ts'
import { changeEmail, remindersEtag, remindersSchema, renewCalendar, revokeCalendar } from '../reminders.ts'

const tag = '提醒 · Reminders'
const title = { 'zh-CN': '政务公开考核', en: 'Assessment of open government' } as const

/** Calendar programs ask every few minutes at most. */
const requireRate = addressLimit(20, 60)

export const calendar = new Hono<AppEnv>()
  .get(
    '/token',
    allow('reminder.own'),
    describe(tag, '我的提醒设置', 'How I am reminded', { 200: remindersSchema }),
    async (c) => {
      const reminders = await findReminders(c.var.deps.db, c.var.account.id)
      return c.json(reminders, 200, { etag: remindersEtag(reminders) })
    },
  )
  .post(
    '/token',
    allow('reminder.own'),
    describe(
      tag,
      '生成或更换日历订阅地址（只显示一次）',
      'Make or renew the secret calendar address; shown once',
      {
        201: z.object({ path: z.string() }),
      },
    ),
    async (c) => c.json({ path: await renewCalendar(c.var) }, 201),
  )
  .delete(
    '/token',
    allow('reminder.own'),
    describe(tag, '停用日历订阅地址', 'Revoke the calendar address', { 204: null }),
    async (c) => {
      await revokeCalendar(c.var)
      return c.body(null, 204)
    },
  )
  .put(
    '/email',
    allow('reminder.own'),
    describe(tag, '设置提醒邮箱', 'Set my e-mail address', { 200: remindersSchema }),
    validated('json', z.object({ email: z.email().max(254).nullable() })),
    async (c) => {
      const reminders = await changeEmail(c.var, c.req.valid('json').email, c.req.header('if-match'))
      return c.json(reminders, 200, { etag: remindersEtag(reminders) })
    },
  )
  .get(
    '/:file',
    open(),
    describe(tag, '日历（iCalendar，凭私密地址）', 'Calendar (iCalendar) at a secret address', {
      200: 'text/calendar',
    }),
    async (c) => {
      const { deps, language } = c.var
      const now = deps.clock()
      const token = /^([\w-]{43})\.ics$/.exec(c.req.param('file'))?.[1]
      const hash = token === undefined ? null : tokenHash(token)
      const row = hash === null ? undefined : await findByCalendar(deps.db, hash)
      requireRate(deps, row ? hash : null, now)
      if (!row) throw new Problem('not-found')
      const entries = await calendarOfAccount(c.var, accountOf(row))
      return c.body(calendarText(title[language], entries, now), 200, {
        'content-type': 'text/calendar; charset=utf-8',
        'content-disposition': 'inline; filename="zhengheng.ics"',
        'cache-control': 'private, no-store',
      })
    },
  )
