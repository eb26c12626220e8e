import { Hono } from 'hono'
import { z } from 'zod'
import {
  findAccount,
  findAccountByUsername,
  insertAccount,
  listAccounts,
  updateAccount,
} from '../../../db/accounts.ts'
import { appendAudit } from '../../../db/audit.ts'
import { newId } from '../../../db/ids.ts'
import { deleteSessionsOf } from '../../../db/sessions.ts'
import { clearSignInFailures } from '../../../db/sign-in-failures.ts'
import { type AccountRow } from '../../../db/tables.ts'
import { roles, belongsToUnit } from '#assessment/vocabulary'
import { findUnit, listUnits } from '../../../db/units.ts'
import { allow } from '../../access/allow.ts'
import { generatePassword, hashPassword } from '../../access/password.ts'
import { Problem } from '../../http/problem.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { etagOf, requireMatch } from '../../http/if-match.ts'
import { validated } from '../../http/validated.ts'
import { id, pageFrom, pageOf, paging, reference, text, username } from '../../http/wire.ts'

const accountSchema = z
  .object({
    id: z.string(),
    username: z.string(),
    name: z.string(),
    role: z.enum(roles),
    unit: reference.nullable(),
    mustChangePassword: z.boolean(),
    disabledAt: z.string().nullable(),
    createdAt: z.string(),
    etag: z.string(),
  })
  .meta({ id: 'AccountRecord' })
const accountBody = z.object({
  username,
  name: text(64),
  role: z.enum(roles),
  unitId: id.nullable().default(null),
})
const handedOver = z.object({ account: accountSchema, password: z.string() })

function accountView(row: AccountRow, unitName: string | undefined): z.infer<typeof accountSchema> {
  const view = {
    id: row.id,
    username: row.username,
    name: row.name,
    role: row.role,
    unit: row.unitId === null ? null : { id: row.unitId, name: unitName ?? '' },
    mustChangePassword: row.mustChangePassword === 1,
    disabledAt: row.disabledAt,
    createdAt: row.createdAt,
  }
  return { ...view, etag: etagOf(view) }
}

export const accounts = new Hono<AppEnv>()
  .get(
    '/',
    allow('account.read'),
    describe('账号 · Accounts', '账号列表', 'Accounts', { 200: pageOf(accountSchema) }),
    validated(
      'query',
      paging.extend({ q: z.string().trim().max(100).optional(), role: z.enum(roles).optional() }),
    ),
    async (c) => {
      const { q, role, ...page } = c.req.valid('query')
      const { db } = c.var.deps
      const names = new Map((await listUnits(db)).map((unit) => [unit.id, unit.name]))
      const found = (await listAccounts(db))
        .map((row) => accountView(row, names.get(row.unitId ?? '')))
        .filter((account) => role === undefined || account.role === role)
        .filter(
          (account) =>
            !q || [account.username, account.name, account.unit?.name ?? ''].some((text) => text.includes(q)),
        )
      return c.json(pageFrom(found, page), 200)
    },
  )
  .post(
    '/',
    allow('account.write'),
    describe(
      '账号 · Accounts',
      '新建账号（密码只显示一次）',
      'Create an account; its password is shown once',
      { 201: handedOver },
    ),
    validated('json', accountBody),
    async (c) => {
      const { deps, account: by } = c.var
      const body = c.req.valid('json')
      if (belongsToUnit[body.role] && body.unitId === null) throw new Problem('unit-required')
      const password = generatePassword()
      const passwordHash = await hashPassword(password, deps.passwordCost)
      const at = deps.clock().toISOString()
      const account = await deps.db.transaction().execute(async (trx) => {
        const unit =
          belongsToUnit[body.role] && body.unitId !== null ? await findUnit(trx, body.unitId) : undefined
        if (belongsToUnit[body.role] && !unit) throw new Problem('unknown-unit')
        if (await findAccountByUsername(trx, body.username)) throw new Problem('username-taken')
        const row: AccountRow = {
          id: newId(),
          username: body.username,
          name: body.name,
          role: body.role,
          unitId: unit?.id ?? null,
          passwordHash,
          mustChangePassword: 1,
          disabledAt: null,
          createdAt: at,
        }
        await insertAccount(trx, row)
        await appendAudit(trx, {
          at,
          accountId: by.id,
          action: 'account.add',
          subject: row.id,
          detail: { username: row.username, role: row.role, unitId: row.unitId },
        })
        return accountView(row, unit?.name)
      })
      return c.json({ account, password }, 201, { etag: account.etag })
    },
  )
  .post(
    '/:id/reset',
    allow('account.reset'),
    describe('账号 · Accounts', '重置密码（只显示一次）', 'Reset the password; shown once', {
      200: z.object({ password: z.string() }),
    }),
    async (c) => {
      const { deps, account: by } = c.var
      const password = generatePassword()
      const passwordHash = await hashPassword(password, deps.passwordCost)
      await deps.db.transaction().execute(async (trx) => {
        const changed = await updateAccount(trx, c.req.param('id'), {
          passwordHash,
          mustChangePassword: 1,
        })
        if (!changed) throw new Problem('not-found')
        await clearSignInFailures(trx, changed.username)
        await deleteSessionsOf(trx, changed.id)
        await appendAudit(trx, {
          at: deps.clock().toISOString(),
          accountId: by.id,
          action: 'account.reset',
          subject: changed.id,
          detail: {},
        })
      })
      return c.json({ password }, 200)
    },
  )
  .patch(
    '/:id',
    allow('account.write'),
    describe('账号 · Accounts', '修改或停用账号', 'Rename or disable an account', { 200: accountSchema }),
    validated('json', z.object({ name: text(64), disabled: z.boolean() }).partial()),
    async (c) => {
      const { deps, account: by } = c.var
      const { name, disabled } = c.req.valid('json')
      const at = deps.clock().toISOString()
      const account = await deps.db.transaction().execute(async (trx) => {
        const current = await findAccount(trx, c.req.param('id'))
        if (!current) throw new Problem('not-found')
        const unit = current.unitId === null ? undefined : await findUnit(trx, current.unitId)
        requireMatch(c.req.header('if-match'), accountView(current, unit?.name).etag)
        if (disabled === true && current.id === by.id) throw new Problem('own-account')
        const disabledAt =
          disabled === undefined ? current.disabledAt : disabled ? (current.disabledAt ?? at) : null
        const changed = await updateAccount(trx, current.id, {
          name: name ?? current.name,
          disabledAt,
        })
        if (disabledAt !== null) await deleteSessionsOf(trx, current.id)
        await appendAudit(trx, {
          at,
          accountId: by.id,
          action: 'account.change',
          subject: current.id,
          detail: { name: name ?? current.name, disabledAt },
        })
        return accountView(changed ?? current, unit?.name)
      })
      return c.json(account, 200, { etag: account.etag })
    },
  )
