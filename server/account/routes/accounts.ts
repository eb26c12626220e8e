import { Hono } from 'hono'
import { z } from 'zod'
import { roles } from '#assessment/vocabulary'
import { listAccounts, namesOf } from '../../../db/accounts.ts'
import { listUnits } from '../../../db/units.ts'
import { allow } from '../../access/allow.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { tagged } from '../../http/if-match.ts'
import { saidIn } from '../../http/made-table.ts'
import { pastedOrFile } from '../../http/pasted-or-file.ts'
import { validated } from '../../http/validated.ts'
import { pageFrom, pageOf, paging } from '../../http/wire.ts'
import { todayBy } from '../../today.ts'
import { accountRecord, accountRecordSchema } from '../account-view.ts'
import { accountReportSchema, addAccounts, checkAccounts } from '../add-many.ts'
import { missingAccounts, missingSchema } from '../missing-accounts.ts'
import { accountBody, accountChange, addAccount, changeAccount } from '../keep-accounts.ts'
import { removeFactorOf } from '../second-factor.ts'
import { grantAccounts, grantBody, resetPassword, slipSchema } from '../slips.ts'

const tag = '账号 · Accounts'

export const accounts = new Hono<AppEnv>()
  .get(
    '/',
    allow('account.read'),
    describe(tag, '账号列表', 'Accounts', { 200: pageOf(accountRecordSchema) }),
    validated(
      'query',
      paging.extend({
        q: z.string().trim().max(100).optional(),
        role: z.enum(roles).optional(),
        /** Only those whose role is to be granted. */
        waiting: z.literal('1').optional(),
      }),
    ),
    async (c) => {
      const { q, role, waiting, ...page } = c.req.valid('query')
      const { db } = c.var.deps
      const unitNames = new Map((await listUnits(db)).map((unit) => [unit.id, unit.name]))
      const rows = await listAccounts(db)
      const names = await namesOf(
        db,
        rows.map(({ grantedBy }) => grantedBy ?? null),
      )
      const matching = rows
        .map((row) => accountRecord(row, unitNames.get(row.unitId ?? ''), names))
        .filter(({ awaitsGrantSince }) => !waiting || awaitsGrantSince !== null)
        .filter((account) => role === undefined || account.role === role)
        .filter(
          (account) =>
            !q || [account.username, account.name, account.unit?.name ?? ''].some((text) => text.includes(q)),
        )
      return c.json(pageFrom(matching, page), 200)
    },
  )
  .post(
    '/',
    allow('account.write'),
    describe(tag, '新建账号（授权后才能使用）', 'Create an account; it works once its role is granted', {
      201: accountRecordSchema,
    }),
    validated('json', accountBody),
    async (c) => {
      return tagged(c, await addAccount(c.var, c.req.valid('json')), 201)
    },
  )
  .post(
    '/batch',
    allow('account.write'),
    describe(
      tag,
      '批量新建账号：从表格粘贴的文本（JSON 的 text），或者表格文件（multipart 的 file）；dryRun=1 只核对',
      'Create many accounts: text pasted from a spreadsheet (JSON “text”), or a file (multipart “file”); all or nothing, dryRun=1 only checks',
      { 200: accountReportSchema, 201: accountReportSchema },
    ),
    validated('query', z.object({ dryRun: z.enum(['0', '1']).optional() })),
    async (c) => {
      const { source, fields } = await pastedOrFile(c.req)
      const said = saidIn(fields)
      const asking = { language: c.var.language, inThread: c.var.inThread, said, today: todayBy(c.var.deps) }
      return c.req.valid('query').dryRun === '1'
        ? c.json(await checkAccounts(c.var, source, asking), 200)
        : c.json(await addAccounts(c.var, source, asking), 201)
    },
  )
  .get(
    '/missing',
    allow('account.read'),
    describe(tag, '缺少账号的单位', 'Units of running assessments without an account that they need', {
      200: missingSchema,
    }),
    async (c) => c.json(await missingAccounts(c.var.deps.db), 200),
  )
  .post(
    '/grants',
    allow('account.grant'),
    describe(tag, '授权（凭条只显示一次）', 'Grant roles; the slips are shown once', {
      200: z.object({ slips: z.array(slipSchema) }),
    }),
    validated('json', grantBody),
    async (c) => c.json({ slips: await grantAccounts(c.var, c.req.valid('json')) }, 200),
  )
  .post(
    '/:id/reset',
    allow('account.reset'),
    describe(tag, '重置密码（只显示一次）', 'Reset the password; shown once', {
      200: slipSchema,
    }),
    async (c) => c.json(await resetPassword(c.var, c.req.param('id')), 200),
  )
  .delete(
    '/:id/second-factor',
    allow('account.reset'),
    describe(tag, '停用动态验证码', 'Take the second factor away', { 204: null }),
    async (c) => {
      await removeFactorOf(c.var, c.req.param('id'))
      return c.body(null, 204)
    },
  )
  .patch(
    '/:id',
    allow('account.write'),
    describe(tag, '修改或停用账号', 'Change or disable an account', { 200: accountRecordSchema }),
    validated('json', accountChange),
    async (c) => {
      const ifMatch = c.req.header('if-match')
      const account = await changeAccount(c.var, c.req.param('id'), c.req.valid('json'), ifMatch)
      return tagged(c, account, 200)
    },
  )
