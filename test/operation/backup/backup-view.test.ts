import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saveSetting } from '../../../db/settings.ts'
import type { Db } from '../../../db/source.ts'
import { backupView } from '../../../server/operation/backup/backup-view.ts'
import { recordFailure, type BackupState } from '../../../server/operation/backup/record.ts'
import { appOn, openMemory, withAccounts, type TestApp } from '../../fixtures/app.ts'

const last: NonNullable<BackupState['last']> = {
  at: '2026-07-13T17:00:00.000Z',
  file: 'zhengheng-2026-07-14.backup',
  bytes: 4096,
  evidenceFiles: 3,
  isSealed: true,
  faults: 0,
}
const byDay = { isScheduled: true }
const at = (moment: string) => new Date(moment)

describe('the last good backup', () => {
  test('is old after twice the interval, and not a moment before', () => {
    const state = { last, failure: null }
    expect(backupView(state, byDay, at('2026-07-15T17:00:00.000Z')).isOverdue).toBe(false)
    expect(backupView(state, byDay, at('2026-07-15T17:00:00.001Z'))).toMatchObject({
      last,
      isOverdue: true,
      overdueAfter: 48,
    })
  })

  test('is missed where there is none, by whomever backups are made', () => {
    const none = { last: null, failure: null }
    for (const isScheduled of [true, false])
      expect(backupView(none, { isScheduled }, at('2026-07-15T00:00:00Z'))).toMatchObject({
        isScheduled,
        isOverdue: true,
      })
  })

  test('is not missed of a database that is thrown away', () => {
    const none = { last: null, failure: null }
    expect(backupView(none, null, at('2026-07-15T00:00:00Z')).isOverdue).toBe(false)
  })
})

describe('whoever keeps the program running', () => {
  let [db, app] = [undefined as unknown as Db, undefined as unknown as TestApp]
  beforeAll(async () => {
    db = await openMemory()
    app = appOn(db)
    await withAccounts(app)
  })
  afterAll(() => db.destroy())

  test.each(['system', 'office'] as const)('sees it as %s: none, a fresh one, an old one', async (role) => {
    const ask = async () => (await (await app.as(role))('/api/operation/backup')).json
    await db.deleteFrom('settings').where('key', '=', 'backup.state').execute()
    expect(await ask()).toMatchObject({ last: null, failure: null, isOverdue: true })
    const keep = (hoursAgo: number) => {
      const made = new Date(app.clock.now.getTime() - hoursAgo * 3_600_000).toISOString()
      return saveSetting(db, 'backup.state', JSON.stringify({ last: { ...last, at: made }, failure: null }))
    }
    await keep(47)
    expect(await ask()).toMatchObject({ last: { file: last.file }, isOverdue: false })
    await keep(49)
    expect(await ask()).toMatchObject({ last: { file: last.file }, isOverdue: true })
    await recordFailure(db, app.clock.now.toISOString(), 'no space left')
    expect(await ask()).toMatchObject({ failure: { reason: 'no space left' }, isOverdue: true })
  })
})
