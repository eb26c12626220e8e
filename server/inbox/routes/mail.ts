import { Hono } from 'hono'
import { z } from 'zod'
import { allow } from '../../access/allow.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { validated } from '../../http/validated.ts'
import { sendLetters } from '../../mail/send.ts'
import { changeMail, mailBody, mailSchema, mailView } from '../mail-settings.ts'

const tag = '邮件 · E-mail'

export const mail = new Hono<AppEnv>()
  .get(
    '/',
    allow('mail.settings'),
    describe(tag, '邮件设置（不含密码）', 'Mail settings, never the password', { 200: mailSchema }),
    async (c) => {
      const { view, etag } = await mailView(c.var.deps)
      return c.json(view, 200, { etag })
    },
  )
  .put(
    '/',
    allow('mail.settings'),
    describe(tag, '修改邮件设置', 'Change the mail settings', { 200: mailSchema }),
    validated('json', mailBody),
    async (c) => {
      await changeMail(c.var, c.req.valid('json'), c.req.header('if-match'))
      const { view, etag } = await mailView(c.var.deps)
      return c.json(view, 200, { etag })
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
