import { accountOf } from '../reminded.ts'
import { Hono } from 'hono'
import { z } from 'zod'
import { appendAudit } from '../../../db/audit.ts'
import { findByCalendar, findReminders, setCalendarToken, setEmail } from '../../../db/reminders.ts'
import { allow, open } from '../../access/allow.ts'
import { scopeOf } from '../../access/permissions.ts'
import { rateLimit } from '../../access/rate-limit.ts'
import { newToken, tokenHash } from '../../access/session-token.ts'
import { isOver, visibleAssessments } from '../../access/visibility.ts'
import type { Deps } from '../../deps.ts'
import { calendarText } from '../../exchange/calendar/calendar.ts'
import { Problem } from '../../http/problem.ts'
import { dayInChina } from '../../today.ts'
import { calendarEntries } from '../calendar-entries.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { etagOf, requireMatch } from '../../http/if-match.ts'
import { validated } from '../../http/validated.ts'

const tag = '提醒 · Reminders'
const title = { 'zh-CN': '政务公开考核', en: 'Assessment of open government' } as const

/** Calendar programs ask every few minutes at most; whoever tries addresses out is stopped together. */
const perAddress = 20
const wrongAddresses = 60
const limits = new WeakMap<
  Deps,
  { known: ReturnType<typeof rateLimit>; wrong: ReturnType<typeof rateLimit> }
>()

function limitsOf(deps: Deps) {
  const kept = limits.get(deps) ?? { known: rateLimit(perAddress), wrong: rateLimit(wrongAddresses) }
  limits.set(deps, kept)
  return kept
}

const throttled = () => new Problem('throttled', { headers: { 'retry-after': '60' } })

const reminders = z.object({ email: z.string().nullable(), calendar: z.boolean() })
const emailBody = z.object({ email: z.email().max(254).nullable() })

export const calendar = new Hono<AppEnv>()
  .get(
    '/token',
    allow('reminder.own'),
    describe(tag, '我的提醒设置', 'How I am reminded', { 200: reminders }),
    async (c) => {
      const found = await findReminders(c.var.deps.db, c.var.account.id)
      return c.json(found, 200, { etag: etagOf(found.email) })
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
    async (c) => {
      const { deps, account } = c.var
      const token = newToken()
      await deps.db.transaction().execute(async (trx) => {
        await setCalendarToken(trx, account.id, tokenHash(token))
        await appendAudit(trx, {
          at: deps.clock().toISOString(),
          accountId: account.id,
          action: 'calendar.renew',
          subject: account.id,
          detail: {},
        })
      })
      return c.json({ path: `/api/calendar/${token}.ics` }, 201)
    },
  )
  .delete(
    '/token',
    allow('reminder.own'),
    describe(tag, '停用日历订阅地址', 'Revoke the calendar address', { 204: null }),
    async (c) => {
      const { deps, account } = c.var
      await deps.db.transaction().execute(async (trx) => {
        await setCalendarToken(trx, account.id, null)
        await appendAudit(trx, {
          at: deps.clock().toISOString(),
          accountId: account.id,
          action: 'calendar.revoke',
          subject: account.id,
          detail: {},
        })
      })
      return c.body(null, 204)
    },
  )
  .put(
    '/email',
    allow('reminder.own'),
    describe(tag, '设置提醒邮箱', 'Set my e-mail address', { 200: reminders }),
    validated('json', emailBody),
    async (c) => {
      const { deps, account } = c.var
      const { email } = c.req.valid('json')
      const now = await deps.db.transaction().execute(async (trx) => {
        requireMatch(c.req.header('if-match'), etagOf((await findReminders(trx, account.id)).email))
        await setEmail(trx, account.id, email)
        await appendAudit(trx, {
          at: deps.clock().toISOString(),
          accountId: account.id,
          action: 'email.set',
          subject: account.id,
          detail: { set: email !== null },
        })
        return findReminders(trx, account.id)
      })
      return c.json(now, 200, { etag: etagOf(now.email) })
    },
  )
  .get(
    '/:file',
    open(),
    describe(tag, '日历（iCalendar，凭私密地址）', 'Calendar (iCalendar) at a secret address', {
      200: 'text/calendar',
    }),
    async (c) => {
      const { deps, assessed, language } = c.var
      const now = deps.clock()
      const token = /^([\w-]{43})\.ics$/.exec(c.req.param('file'))?.[1]
      const hash = token === undefined ? null : tokenHash(token)
      const row = hash === null ? undefined : await findByCalendar(deps.db, hash)
      const { known, wrong } = limitsOf(deps)
      if (!row || hash === null) {
        if (!wrong('wrong', now)) throw throttled()
        throw new Problem('not-found')
      }
      if (!known(hash, now)) throw throttled()
      const account = accountOf(row)
      const scope = scopeOf(account.role, 'assessment.read')
      const running =
        scope === undefined
          ? []
          : (await visibleAssessments(deps.db, account, scope)).filter(
              ({ assessment }) => !isOver(assessment),
            )
      const entries = []
      for (const visible of running) {
        const on = await assessed.on(visible.assessment.id, dayInChina(now))
        entries.push(...calendarEntries(on, visible, account, language))
      }
      return c.body(calendarText(title[language], entries, now), 200, {
        'content-type': 'text/calendar; charset=utf-8',
        'content-disposition': 'inline; filename="zhengheng.ics"',
        'cache-control': 'private, no-store',
      })
    },
  )
