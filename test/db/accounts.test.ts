import { expect, test } from 'vitest'
import {
  findAccountByUsername,
  hasAccounts,
  insertAccount,
  listAccounts,
  listEarlierPasswords,
  replacePassword,
  updateAccount,
} from '../../db/accounts.ts'
import {
  deleteExpiredSessions,
  deleteSession,
  changeSession,
  deleteSessionOf,
  deleteSessionsOf,
  findSession,
  insertSession,
  listSessionsOf,
} from '../../db/sessions.ts'
import { findSetting, saveSetting } from '../../db/settings.ts'
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

    const session = {
      accountId: 'h',
      address: '10.0.0.1',
      client: 'Chrome',
      mustEnrol: 0,
      createdAt: moment,
      usedAt: moment,
      expiresAt: '2018-01-05T20:00:00.000Z',
    }
    for (const letter of ['a', 'b', 'c'])
      await insertSession(db, { id: letter, tokenHash: token(letter), ...session })
    const find = (letter: string, now = moment) => findSession(db, token(letter), now)
    expect(await find('a')).toMatchObject({
      ...head,
      unitName: '市财政局',
      sessionId: 'a',
      sessionCreatedAt: moment,
      usedAt: moment,
    })
    expect(await find('a', session.expiresAt)).toBeUndefined()
    const later = { usedAt: session.expiresAt, expiresAt: '2018-01-06T08:00:00.000Z' }
    await changeSession(db, token('a'), later)
    expect(await find('a', session.expiresAt)).toMatchObject({ usedAt: later.usedAt })
    const told = await listSessionsOf(db, 'h', moment)
    expect(told.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(told.some((row) => 'tokenHash' in row)).toBe(false)
    expect((await listSessionsOf(db, 'h', session.expiresAt)).map(({ id }) => id)).toEqual(['a'])
    expect([await deleteSessionOf(db, 'somebody else', 'b'), await deleteSessionOf(db, 'h', 'z')]).toEqual([
      false,
      false,
    ])
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

  test('remember the passwords before the present one, the last first', async () => {
    const db = await open()
    await withCity(db)
    await db.transaction().execute((trx) => insertAccount(trx, head))
    const replace = (passwordHash: string, at: string) =>
      db
        .transaction()
        .execute((trx) => replacePassword(trx, 'h', { passwordHash, mustChangePassword: 0 }, at))
    expect(await replace('second', '2018-02-01T00:00:00.000Z')).toMatchObject({
      passwordHash: 'second',
      mustChangePassword: 0,
      passwordSetAt: '2018-02-01T00:00:00.000Z',
    })
    await replace('third', '2018-03-01T00:00:00.000Z')
    await replace('fourth', '2018-04-01T00:00:00.000Z')
    expect(await listEarlierPasswords(db, 'h', 2)).toEqual(['third', 'second'])
    const nobody = db
      .transaction()
      .execute((trx) => replacePassword(trx, 'nobody', { passwordHash: 'x', mustChangePassword: 0 }, moment))
    expect(await nobody).toBeUndefined()
  })

  test('settings are set and replaced', async () => {
    const db = await open()
    expect(await findSetting(db, 'city')).toBeUndefined()
    await saveSetting(db, 'city', '云州')
    await saveSetting(db, 'city', '云州市')
    expect(await findSetting(db, 'city')).toBe('云州市')
  })
})
