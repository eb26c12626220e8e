import { Hono } from 'hono'
import { allowIn } from '../../access/allow.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { validated } from '../../http/validated.ts'
import { remindBody, remindedSchema, remindUnits } from '../remind.ts'

export const remind = new Hono<AppEnv>().post(
  '/:id/reminders',
  allowIn('reminder.send'),
  describe(
    '待办 · Inbox',
    '催办：提醒若干单位办理（程序内；设了邮件的也发邮件）',
    'Remind units of what waits for them, in the program and by mail where it is set',
    { 200: remindedSchema },
  ),
  validated('json', remindBody),
  async (c) => c.json(await remindUnits(c.var, c.var.visible.assessment.id, c.req.valid('json')), 200),
)
