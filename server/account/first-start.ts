import { z } from 'zod'
import { hasAccounts, insertAccount } from '../../db/accounts.ts'
import { listAssessments } from '../../db/assessments.ts'
import { fillDemo } from '../../db/demo.ts'
import { newId } from '../../db/ids.ts'
import { refusalOf } from '../../db/refusal.ts'
import { saveSetting } from '../../db/settings.ts'
import type { Db } from '../../db/source.ts'
import { insertUnits } from '../../db/units.ts'
import { newFirstStartCode, type CodeCheck, type FirstStartCode } from '../access/first-start-code.ts'
import { hashPassword, type PasswordCost } from '../access/password.ts'
import { accountOf, createSession, type Account, type Origin } from '../access/session.ts'
import { act, done, nothingDone, type Actor } from '../act.ts'
import type { Deps } from '../deps.ts'
import { freezeResults } from '../frozen-results.ts'
import { Problem } from '../http/problem.ts'
import type { ProblemCode } from '../http/problems/texts.ts'
import { newPassword, text, username } from '../http/wire.ts'
import { accountRow } from './keep-accounts.ts'
import { requireFit } from './new-password.ts'
import { readSignInSettings } from './sign-in-settings.ts'

interface Unattended {
  readonly adminPassword: string | null
  readonly passwordCost: PasswordCost
  readonly now: Date
}

/**
 * What a start without any account needs: the administrator `admin` when its password is given, else a one-time code for the
 * page of the first start. Null when people can sign in.
 */
export async function prepareFirstStart(
  db: Db,
  { adminPassword, passwordCost, now }: Unattended,
): Promise<FirstStartCode | null> {
  if (await hasAccounts(db)) return null
  if (adminPassword === null) return newFirstStartCode()
  const passwordHash = await hashPassword(adminPassword, passwordCost)
  const nobody = { deps: { db, clock: () => now }, account: null }
  await act(nobody, 'setup.unattended', async ({ trx, at }) => {
    // Another process may be starting on the same database.
    if (await hasAccounts(trx)) return nothingDone(undefined)
    const admin = { username: 'admin', name: '系统管理员', role: 'system', unitId: null } as const
    const row = accountRow(admin, passwordHash, at, 0)
    await insertAccount(trx, row)
    return done(undefined, { subject: row.id, detail: { username: row.username } })
  }).catch((reason: unknown) => {
    if (refusalOf(reason) !== 'unique') throw reason
  })
  return null
}

const person = z.object({ username, name: text(64), password: newPassword })
export const firstStartBody = z
  .object({ code: z.string().min(1).max(128), city: text(64), system: person, office: person })
  .refine(({ system, office }) => system.username !== office.username, { path: ['office', 'username'] })

/** Throws `password-unfit` for either of the two. */
async function requireFitBoth(
  { db }: Pick<Deps, 'db'>,
  city: string,
  given: Pick<z.infer<typeof firstStartBody>, 'system' | 'office'>,
) {
  const { passwordProfile } = await readSignInSettings(db)
  for (const role of ['system', 'office'] as const) {
    const { username, name, password } = given[role]
    await requireFit(password, passwordProfile, [username, name, city], `${role}.password`)
  }
}

const refusals: Readonly<Record<Exclude<CodeCheck, 'right'>, ProblemCode>> = {
  wrong: 'setup-code-wrong',
  throttled: 'setup-code-throttled',
}

/** Makes the city, its system administrator and its office, which is signed in. Throws `setup-done`, `setup-code-wrong`, `setup-code-throttled` and `password-unfit`. */
export async function startFirst(
  deps: Deps,
  { code, city, ...given }: z.infer<typeof firstStartBody>,
  origin: Origin,
): Promise<{ readonly account: Account; readonly token: string }> {
  if (await hasAccounts(deps.db)) throw new Problem('setup-done')
  const check = deps.firstStartCode?.check(code, deps.clock()) ?? 'wrong'
  if (check !== 'right')
    throw new Problem(refusals[check], check === 'throttled' ? { headers: { 'retry-after': '60' } } : {})
  await requireFitBoth(deps, city, given)
  const unit = { id: newId(), name: city, kind: 'city' as const, parentId: null, position: 0 }
  const hashes = {
    system: await hashPassword(given.system.password, deps.passwordCost),
    office: await hashPassword(given.office.password, deps.passwordCost),
  }
  return act({ deps, account: null, address: origin.address }, 'setup', async ({ trx, at }) => {
    if (await hasAccounts(trx)) throw new Problem('setup-done')
    const system = accountRow({ ...given.system, role: 'system', unitId: null }, hashes.system, at, 0)
    const office = accountRow({ ...given.office, role: 'office', unitId: unit.id }, hashes.office, at, 0)
    await insertUnits(trx, [unit])
    await insertAccount(trx, system)
    await insertAccount(trx, office)
    await saveSetting(trx, 'city', city)
    const token = await createSession(trx, office.id, new Date(at), origin)
    return done(
      { account: accountOf({ ...office, unitName: city }), token },
      { subject: unit.id, detail: { system: system.username, office: office.username } },
    )
  })
}

/** Fills in the fictional city and gives the id of its year. Throws `demo-not-empty` once there is an assessment. */
export const fillCity = (actor: Actor): Promise<string> =>
  act(actor, 'demo.fill', async ({ trx, by, today }) => {
    if ((await listAssessments(trx)).length > 0) throw new Problem('demo-not-empty')
    const demo = { freeze: freezeResults, today, officeAccountId: by.id, passwordHash: null }
    const { assessmentId } = await fillDemo(trx, demo)
    return done(assessmentId, { subject: assessmentId, detail: {} })
  })
