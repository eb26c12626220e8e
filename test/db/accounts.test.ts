import { expect, test } from 'vitest'
import {
  findAccountByUsername,
  hasAccounts,
  insertAccount,
  listAccounts,
  updateAccount,
} from '../../db/accounts.ts'
import {
  deleteExpiredSessions,
  deleteSession,
  deleteSessionsOf,
  extendSession,
  findSession,
  insertSession,
} from '../../db/sessions.ts'
import { findSetting, saveSetting } from '../../db/settings.ts'
import {
  clearSignInFailures,
  deleteSignInFailuresBefore,
  insertSignInFailure,
  listSignInFailures,
} from '../../db/sign-in-failures.ts'
import type { AccountRow } from '../../db/tables.ts'
import { eachDatabase } from '../fixtures/databases.ts'
import { moment, withCity } from './city.ts'

const head: AccountRow = {
  id: 'h',
  username: 'head',
  name: '单位负责人',
  role: 'head',
  unitId: 'department',
  passwordHash: 'argon2',
  mustChangePassword: 1,
  disabledAt: null,
  createdAt: moment,
}
const token = (letter: string): string => letter.repeat(64)

eachDatabase('accounts', (open) => {
  test('are found by username and changed, sign in and are locked out when disabled', async () => {
    const db = await open()
    await withCity(db)
    expect(await hasAccounts(db)).toBe(false)
    await db.transaction().execute((trx) => insertAccount(trx, head))
    expect(await hasAccounts(db)).toBe(true)
    expect(await findAccountByUsername(db, 'head')).toMatchObject(head)
    expect(await findAccountByUsername(db, 'HEAD')).toBeUndefined()

    const session = { accountId: 'h', createdAt: moment, expiresAt: '2018-01-05T20:00:00.000Z' }
    for (const letter of ['a', 'b', 'c']) await insertSession(db, { tokenHash: token(letter), ...session })
    const find = (letter: string, now = moment) => findSession(db, token(letter), now)
    expect(await find('a')).toMatchObject({
      ...head,
      unitName: '市财政局',
      sessionCreatedAt: moment,
      expiresAt: session.expiresAt,
    })
    expect(await find('a', session.expiresAt)).toBeUndefined()
    await extendSession(db, token('a'), '2018-01-06T08:00:00.000Z')
    expect(await find('a', session.expiresAt)).toBeDefined()
    await deleteSession(db, token('b'))
    expect(await find('b')).toBeUndefined()
    await deleteSessionsOf(db, 'h', token('a'))
    expect([await find('a'), await find('c')].map((found) => found?.id)).toEqual(['h', undefined])

    const change = { disabledAt: moment }
    const changed = await db.transaction().execute((trx) => updateAccount(trx, 'h', change))
    expect(changed).toMatchObject({ ...head, ...change })
    expect(await listAccounts(db)).toMatchObject([{ ...head, ...change }])
    expect(await find('a')).toBeUndefined()
    await deleteExpiredSessions(db, '2018-01-06T08:00:00.000Z')
    expect(await db.selectFrom('sessions').selectAll().execute()).toEqual([])
  })

  test('failed sign-ins are counted within a time, by the name typed', async () => {
    const db = await open()
    for (const minute of ['01', '05', '09'])
      await insertSignInFailure(db, 'head', `2018-01-05T08:${minute}:00.000Z`)
    await insertSignInFailure(db, 'nobody', '2018-01-05T08:06:00.000Z')
    const count = async (username: string): Promise<number> => {
      const since = '2018-01-05T08:03:00.000Z'
      return (await db.transaction().execute((trx) => listSignInFailures(trx, username, since))).length
    }
    expect(await count('head')).toBe(2)
    await deleteSignInFailuresBefore(db, '2018-01-05T08:06:00.000Z')
    expect([await count('head'), await count('nobody')]).toEqual([1, 1])
    await clearSignInFailures(db, 'head')
    expect([await count('head'), await count('nobody')]).toEqual([0, 1])
  })

  test('settings are set and replaced', async () => {
    const db = await open()
    expect(await findSetting(db, 'city')).toBeUndefined()
    await saveSetting(db, 'city', '云州')
    await saveSetting(db, 'city', '云州市')
    expect(await findSetting(db, 'city')).toBe('云州市')
  })
})
