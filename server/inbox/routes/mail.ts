import { Hono } from 'hono'
import { z } from 'zod'
import { appendAudit } from '../../../db/audit.ts'
import { allow } from '../../access/allow.ts'
import { sendLetters } from '../../mail/send.ts'
import {
  mailSettings,
  readMailSettings,
  readPassword,
  saveMailSettings,
  savePassword,
} from '../../mail/settings.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { etagOf, requireMatch } from '../../http/if-match.ts'
import { validated } from '../../http/validated.ts'

const tag = '邮件 · E-mail'
const shown = mailSettings.extend({ hasPassword: z.boolean() }).meta({ id: 'MailSettings' })
/** Without a password the stored one stays; an empty one removes it. */
const body = mailSettings
  .extend({ password: z.string().max(256).optional() })
  .refine(({ enabled, host, from }) => !enabled || (host !== '' && from !== ''))

export const mail = new Hono<AppEnv>()
  .get(
    '/',
    allow('mail.settings'),
    describe(tag, '邮件设置（不含密码）', 'Mail settings, never the password', { 200: shown }),
    async (c) => {
      const { db, dataDir } = c.var.deps
      const settings = await readMailSettings(db)
      const view = { ...settings, hasPassword: (await readPassword(dataDir)) !== null }
      return c.json(view, 200, { etag: etagOf(settings) })
    },
  )
  .put(
    '/',
    allow('mail.settings'),
    describe(tag, '修改邮件设置', 'Change the mail settings', { 200: shown }),
    validated('json', body),
    async (c) => {
      const { deps, account } = c.var
      const { password, ...settings } = c.req.valid('json')
      await deps.db.transaction().execute(async (trx) => {
        requireMatch(c.req.header('if-match'), etagOf(await readMailSettings(trx)))
        await saveMailSettings(trx, settings)
        await appendAudit(trx, {
          at: deps.clock().toISOString(),
          accountId: account.id,
          action: 'mail.settings',
          subject: 'smtp',
          detail: { ...settings, passwordChanged: password !== undefined },
        })
        if (password !== undefined) await savePassword(deps.dataDir, password)
      })
      const view = { ...settings, hasPassword: (await readPassword(deps.dataDir)) !== null }
      return c.json(view, 200, { etag: etagOf(settings) })
    },
  )
  .post(
    '/test',
    allow('mail.settings'),
    describe(tag, '发送测试邮件', 'Send a test mail', { 204: null }),
    validated('json', z.object({ to: z.email().max(254) })),
    async (c) => {
      await sendLetters(c.var.deps, [
        {
          to: c.req.valid('json').to,
          subject: '政务公开考核：测试邮件',
          text: '收到这封邮件，说明邮件设置可用。\nThis message shows that the mail settings work.',
        },
      ])
      return c.body(null, 204)
    },
  )
