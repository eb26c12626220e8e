import { z } from 'zod'
import { administratorRoles } from '#assessment/vocabulary'
import { hasAccounts, insertAccount } from '../../db/accounts.ts'
import { listAssessments } from '../../db/assessments.ts'
import { fillDemo } from '../../db/demo.ts'
import { newId } from '../../db/ids.ts'
import { refusalOf } from '../../db/refusal.ts'
import { saveSetting } from '../../db/settings.ts'
import type { Db } from '../../db/source.ts'
import type { AccountRow } from '../../db/tables.ts'
import { insertUnits } from '../../db/units.ts'
import { newFirstStartCode, type CodeCheck, type FirstStartCode } from '../access/first-start-code.ts'
import { hashPassword, type PasswordCost } from '../access/password.ts'
import { faultsOfPassword, passwordFaultWords } from '../access/password-rules.ts'
import { scopeOf } from '../access/permissions.ts'
import type { Origin } from '../access/session.ts'
import { act, done, nothingDone, type Actor } from '../act.ts'
import { ConfigError } from '../config.ts'
import type { Deps } from '../deps.ts'
import { freezeResults } from '../frozen-results.ts'
import { watchReports } from '../watched-reports.ts'
import { Problem } from '../http/problem.ts'
import type { ProblemCode } from '../http/problems/texts.ts'
import { text, username } from '../http/wire.ts'
import { administratorUsernames, makeAdministrator } from './administrators.ts'
import { additionOf, granted, grantOf, newAccount } from './new-account.ts'
import { readSignInSettings } from './sign-in-settings.ts'
import { newOneTime, slipOf, type OneTime, type Slip } from './slips.ts'

interface Unattended {
  readonly adminPassword: string | null
  readonly passwordCost: PasswordCost
  readonly now: Date
}

/** Throws a ConfigError where the rules of this place keep a password from everybody. Whose it is does not matter: it serves one sign-in of each. */
async function requireFitForAll(db: Db, password: string): Promise<void> {
  const { passwordProfile } = await readSignInSettings(db)
  const faults = await faultsOfPassword(password, passwordProfile, [])
  if (faults.length > 0)
    throw new ConfigError(`ADMIN_PASSWORD: ${faults.map((fault) => passwordFaultWords[fault].en).join(' ')}`)
}

/**
 * What a start without any account needs: the three administrators, when their first password is given, else a one-time code for the page of the
 * first start. Null when people can sign in. Throws ConfigError for a password that will not do.
 */
export async function prepareFirstStart(
  db: Db,
  { adminPassword, passwordCost, now }: Unattended,
): Promise<FirstStartCode | null> {
  if (await hasAccounts(db)) return null
  if (adminPassword === null) return newFirstStartCode()
  await requireFitForAll(db, adminPassword)
  const passwordHash = await hashPassword(adminPassword, passwordCost)
  const nobody = { deps: { db, clock: () => now }, account: null }
  await act(nobody, 'setup.unattended', async (doing) => {
    // Another process may be starting on the same database.
    if (await hasAccounts(doing.trx)) return nothingDone(undefined)
    const made: AccountRow[] = []
    for (const role of administratorRoles) made.push(await makeAdministrator(doing, role, passwordHash))
    const detail = { usernames: made.map(({ username }) => username) }
    return done(undefined, { subject: '', detail }, ...made.map(additionOf))
  }).catch((reason: unknown) => {
    if (refusalOf(reason) !== 'unique') throw reason
  })
  return null
}

/** Who grants roles (server/access/permissions.ts). */
const grantingRole = administratorRoles.find((role) => scopeOf(role, 'account.grant') !== undefined)

/** Who works in the city from the first day on, beside the administrators. */
const firstRoles = ['office', 'leader'] as const

const person = z.object({
  username: username.refine((name) => !administratorUsernames.includes(name)),
  name: text(64),
})
export const firstStartBody = z
  .object({ code: z.string().min(1).max(128), city: text(64), office: person, leader: person })
  .refine(({ office, leader }) => office.username !== leader.username, { path: ['leader', 'username'] })

const refusals: Readonly<Record<Exclude<CodeCheck, 'right'>, ProblemCode>> = {
  wrong: 'setup-code-wrong',
  throttled: 'setup-code-throttled',
}

async function oneTimes<Key extends string>(
  deps: Pick<Deps, 'passwordCost'>,
  keys: readonly Key[],
): Promise<Record<Key, OneTime>> {
  const made = keys.map(async (key) => [key, await newOneTime(deps)] as const)
  return Object.fromEntries(await Promise.all(made)) as Record<Key, OneTime>
}

/**
 * Makes the city, its three administrators, and its office and leader, whose roles the security administrator's account grants; gives the slips of all
 * five. Throws `setup-done`, `setup-code-wrong` and `setup-code-throttled`.
 */
export async function startFirst(
  deps: Deps,
  { code, city, ...given }: z.infer<typeof firstStartBody>,
  origin: Origin,
): Promise<Slip[]> {
  if (await hasAccounts(deps.db)) throw new Problem('setup-done')
  const check = deps.firstStartCode?.check(code, deps.clock()) ?? 'wrong'
  if (check !== 'right')
    throw new Problem(refusals[check], check === 'throttled' ? { headers: { 'retry-after': '60' } } : {})
  const unit = { id: newId(), name: city, kind: 'city' as const, parentId: null, position: 0 }
  const first = await oneTimes(deps, [...administratorRoles, ...firstRoles])
  return act({ deps, account: null, address: origin.address }, 'setup', async (doing) => {
    const { trx, at } = doing
    if (await hasAccounts(trx)) throw new Problem('setup-done')
    await insertUnits(trx, [unit])
    await saveSetting(trx, 'city', city)
    const slips: Slip[] = []
    const administrators: AccountRow[] = []
    for (const role of administratorRoles) {
      const row = await makeAdministrator(doing, role, first[role].passwordHash)
      administrators.push(row)
      slips.push(slipOf(row, undefined, first[role]))
    }
    const grants = administrators.find(({ role }) => role === grantingRole)?.id ?? null
    const workers: AccountRow[] = []
    for (const role of firstRoles) {
      const made = newAccount({ ...given[role], role, unitId: unit.id }, first[role].passwordHash, at)
      const row = granted(made, at, grants)
      await insertAccount(trx, row)
      workers.push(row)
      slips.push(slipOf(row, city, first[role]))
    }
    const detail = { usernames: slips.map(({ username }) => username) }
    const additions = [...administrators, ...workers].map(additionOf)
    return done(slips, { subject: unit.id, detail }, ...additions, ...workers.map(grantOf))
  })
}

/** Fills in the fictional city and gives the id of its year. Throws `demo-not-empty` once there is an assessment. */
export const fillCity = (actor: Actor): Promise<string> =>
  act(actor, 'demo.fill', async ({ trx, by, today }) => {
    if ((await listAssessments(trx)).length > 0) throw new Problem('demo-not-empty')
    const demo = {
      freeze: freezeResults,
      watch: watchReports,
      today,
      officeAccountId: by.id,
      passwordHash: null,
    }
    const { assessmentId } = await fillDemo(trx, demo)
    return done(assessmentId, { subject: assessmentId, detail: {} })
  })
