import { Hono } from 'hono'
import { z } from 'zod'
import { allow } from '../../access/allow.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { pastedOrFile } from '../../http/pasted-or-file.ts'
import { parsedBy, validated } from '../../http/validated.ts'
import { text } from '../../http/wire.ts'
import {
  announceHolidays,
  announcementReportSchema,
  checkAnnouncement,
  holidaysSchema,
  holidaysView,
  holidayYear,
} from '../holidays.ts'

const tag = '节假日 · Holidays'
const beside = z.object({ reason: text(2000).optional() })

export const holidays = new Hono<AppEnv>()
  .get(
    '/',
    allow('holiday.write'),
    describe(tag, '各年的放假调休安排', 'Days off and days worked instead, by year', { 200: holidaysSchema }),
    async (c) => c.json(await holidaysView(c.var.deps.db), 200),
  )
  .post(
    '/:year',
    allow('holiday.write'),
    describe(
      tag,
      '录入一年的放假安排：粘贴的通知（JSON 的 text）或文件（multipart 的 file）；该年已有安排的须写 reason；dryRun=1 只核对',
      'Enter the arrangement of a year: the announcement as text (JSON “text”) or a file (multipart “file”), with “reason” where the year has one; dryRun=1 only checks',
      { 200: announcementReportSchema, 201: announcementReportSchema },
    ),
    validated('param', z.object({ year: holidayYear })),
    validated('query', z.object({ dryRun: z.enum(['0', '1']).optional() })),
    async (c) => {
      const { year } = c.req.valid('param')
      const { source, fields } = await pastedOrFile(c.req)
      const asking = { language: c.var.language, inThread: c.var.inThread }
      if (c.req.valid('query').dryRun === '1')
        return c.json(await checkAnnouncement(c.var, year, source, asking), 200)
      const { reason = null } = parsedBy(beside, fields)
      return c.json(await announceHolidays(c.var, year, { source, reason }, asking), 201)
    },
  )
