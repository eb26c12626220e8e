import { Hono } from 'hono'
import { z } from 'zod'
import { hasAccounts, insertAccount } from '../../../db/accounts.ts'
import { listAssessments } from '../../../db/assessments.ts'
import { appendAudit } from '../../../db/audit.ts'
import { fillDemo } from '../../../db/demo.ts'
import { freezeResults } from '../../frozen-results.ts'
import { newId } from '../../../db/ids.ts'
import { saveSetting } from '../../../db/settings.ts'
import type { AccountRow } from '../../../db/tables.ts'
import type { Role } from '#assessment/vocabulary'
import { insertUnits } from '../../../db/units.ts'
import { allow, open } from '../../access/allow.ts'
import { hashPassword } from '../../access/password.ts'
import { createSession, sendSessionCookie } from '../../access/session.ts'
import type { SetupCheck } from '../../access/setup-code.ts'
import { Problem } from '../../http/problem.ts'
import type { ProblemCode } from '../../http/problems/texts.ts'
import { dayInChina } from '../../today.ts'
import { sessionSchema, sessionView } from '../session-view.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { validated } from '../../http/validated.ts'
import { newPassword, text, username } from '../../http/wire.ts'

const person = z.object({ username, name: text(64), password: newPassword })
const setupBody = z
  .object({ code: z.string().min(1).max(128), city: text(64), system: person, office: person })
  .refine(({ system, office }) => system.username !== office.username, { path: ['office', 'username'] })

const refusals: Readonly<Record<Exclude<SetupCheck, 'right'>, ProblemCode>> = {
  wrong: 'setup-code-wrong',
  throttled: 'setup-code-throttled',
}

export const setup = new Hono<AppEnv>()
  .get(
    '/',
    open(),
    describe('启用 · Setup', '是否需要初始设置', 'Whether setup is needed', {
      200: z.object({ needed: z.boolean() }),
    }),
    async (c) => c.json({ needed: !(await hasAccounts(c.var.deps.db)) }, 200),
  )
  .post(
    '/',
    open(),
    describe(
      '启用 · Setup',
      '初始设置：系统管理员和考核办账号',
      'First system administrator and office account',
      { 201: sessionSchema },
    ),
    validated('json', setupBody),
    async (c) => {
      const { deps } = c.var
      const body = c.req.valid('json')
      const now = deps.clock()
      if (await hasAccounts(deps.db)) throw new Problem('setup-done')
      const check = deps.setupCode?.check(body.code, now) ?? 'wrong'
      if (check !== 'right')
        throw new Problem(refusals[check], check === 'throttled' ? { headers: { 'retry-after': '60' } } : {})

      const unit = { id: newId(), name: body.city, kind: 'city' as const, parentId: null, position: 0 }
      const accountOf = async (
        role: Role,
        given: z.infer<typeof person>,
        unitId: string | null,
      ): Promise<AccountRow> => ({
        id: newId(),
        username: given.username,
        name: given.name,
        role,
        unitId,
        passwordHash: await hashPassword(given.password, deps.passwordCost),
        mustChangePassword: 0,
        disabledAt: null,
        createdAt: now.toISOString(),
      })
      const system = await accountOf('system', body.system, null)
      const office = await accountOf('office', body.office, unit.id)
      const token = await deps.db.transaction().execute(async (trx) => {
        if (await hasAccounts(trx)) throw new Problem('setup-done')
        await insertUnits(trx, [unit])
        await insertAccount(trx, system)
        await insertAccount(trx, office)
        await saveSetting(trx, 'city', body.city)
        await appendAudit(trx, {
          at: now.toISOString(),
          accountId: null,
          action: 'setup',
          subject: unit.id,
          detail: { system: system.username, office: office.username },
        })
        return createSession(trx, office.id, now)
      })
      sendSessionCookie(c, token)
      const view = await sessionView(deps, {
        id: office.id,
        username: office.username,
        name: office.name,
        role: office.role,
        unit: { id: unit.id, name: unit.name },
        mustChangePassword: false,
      })
      return c.json(view, 201)
    },
  )
  .post(
    '/demo',
    allow('demo.fill'),
    describe('启用 · Setup', '填入虚构城市', 'Fill in the fictional city', {
      201: z.object({ assessmentId: z.string() }),
    }),
    async (c) => {
      const { deps, account } = c.var
      const now = deps.clock()
      const { assessmentId } = await deps.db.transaction().execute(async (trx) => {
        if ((await listAssessments(trx)).length > 0) throw new Problem('demo-not-empty')
        const filled = await fillDemo(trx, {
          freeze: freezeResults,
          today: dayInChina(now),
          officeAccountId: account.id,
          passwordHash: null,
        })
        await appendAudit(trx, {
          at: now.toISOString(),
          accountId: account.id,
          action: 'demo.fill',
          subject: filled.assessmentId,
          detail: {},
        })
        return filled
      })
      return c.json({ assessmentId }, 201)
    },
  )
