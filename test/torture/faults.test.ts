import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../db/database.ts'
import { outageOf } from '../../db/outage.ts'
import { appOn, withYear } from '../fixtures/app.ts'
import { postgresAddress, temporaryFolder } from '../fixtures/databases.ts'
import { emptyDatabase } from '../fixtures/postgres.ts'
import { foundCity, type City } from './city.ts'
import { swingClock } from './clock.ts'
import { killAtRandom } from './killing.ts'
import { lastEvening } from './last-hour.ts'
import { failStorage, unwritable } from './storage.ts'
import { bundleServer } from './tortured-server.ts'
import { runTwo } from './two-processes.ts'
import { interruptUpgrade } from './upgrade.ts'

/* The short form of npm run torture. */
const PATIENCE = 180_000
const folder = temporaryFolder()
const at = (...names: string[]): string => join(folder.path, ...names)
let city: City
beforeAll(async () => {
  await bundleServer()
  city = await foundCity(`file:${at('city', 'zhengheng.db')}`)
}, PATIENCE)

/** The city in a folder of its own. */
function copyOf(name: string) {
  cpSync(at('city'), at(name), { recursive: true })
  return { city, dataDir: at(name), databaseUrl: `file:${at(name, 'zhengheng.db')}` }
}
const nothingAmiss = { lost: 0, halfDone: [], failures: [], chain: expect.any(Number) }

describe('nothing that was acknowledged is lost and nothing is half-done', () => {
  test('when the server is killed at any moment', { timeout: PATIENCE }, async () => {
    const outcome = await killAtRandom(copyOf('killed'), 3, 'short')
    expect(outcome).toMatchObject({ rounds: 3, ...nothingAmiss })
    expect(outcome.acknowledged).toBeGreaterThan(0)
  })

  test('when the clock is set forward and back', { timeout: PATIENCE }, async () => {
    expect(await swingClock(copyOf('clock'), 3000)).toMatchObject(nothingAmiss)
  })

  test('when an upgrade is killed and started again', { timeout: PATIENCE }, async () => {
    const present = at('city', 'zhengheng.db')
    expect((await interruptUpgrade(present, '003-facts', 2, 'short')).faults).toEqual([])
  })

  test('when two processes serve one PostgreSQL and one of them dies', { timeout: PATIENCE }, async () => {
    const databaseUrl = await emptyDatabase(postgresAddress())
    const place = { databaseUrl, dataDir: at('two'), city: await foundCity(databaseUrl) }
    expect(await runTwo(place, 4000)).toMatchObject({ ...nothingAmiss, unseen: 0 })
  })
})

const storage = unwritable()
test.runIf(storage !== null)(
  'where no file can be written any more, people are told, reading goes on, and writing too once it can',
  { timeout: PATIENCE },
  async () => {
    if (storage === null) return
    expect(await failStorage(storage)).toMatchObject({
      records: ['storage-failed'],
      uploads: ['storage-failed'],
      reading: [200],
      recovered: [201, 201],
      lost: 0,
      halfDone: [],
    })
  },
)

test('on a full disk people are told, reading goes on, and writing too once there is room', async () => {
  const db = await openDatabase(`file:${at('full.db')}`)
  const test = appOn(db)
  const id = await withYear(test)
  const [agency, office] = [await test.as('agency'), await test.as('office')]
  const record = (what: string) =>
    agency(`/api/assessments/${id}/findings`, {
      body: { kind: '专项督查', unitId: 'water', what, notifiedOn: '2018-02-10', allowDuplicate: true },
    })
  const pages = (limit: number) => sql.raw(`pragma max_page_count = ${limit}`).execute(db)
  await pages(1)
  let refused = await record('甲'.repeat(2000))
  for (let tries = 0; tries < 50 && refused.status === 201; tries++) refused = await record('甲'.repeat(2000))
  expect([refused.status, refused.json.code]).toEqual([507, 'disk-full'])
  expect((await office(`/api/assessments/${id}/standings`)).status).toBe(200)
  await pages(1_000_000)
  expect((await record('乙')).status).toBe(201)
  await db.destroy()
})

test('an error of database or disk is told apart from one of ours', () => {
  const coded = (code: string) => Object.assign(new Error(code), { code })
  const expected: Readonly<Record<string, string>> = {
    ENOSPC: 'disk-full',
    '53100': 'disk-full',
    SQLITE_IOERR_WRITE: 'storage-failed',
    EROFS: 'storage-failed',
    SQLITE_BUSY: 'database-busy',
    '40P01': 'database-busy',
    ECONNREFUSED: 'database-away',
    '57P01': 'database-away',
  }
  for (const [code, outage] of Object.entries(expected)) expect(outageOf(coded(code))).toBe(outage)
  expect(outageOf(new Error('Connection terminated unexpectedly'))).toBe('database-away')
  for (const other of [coded('SQLITE_CONSTRAINT_UNIQUE'), coded('ENOENT'), new Error('x'), 'x'])
    expect(outageOf(other)).toBeUndefined()
})

test(
  'a unit fills in, uploads and hands in its form in the last hour without an error',
  { timeout: PATIENCE },
  async () => {
    const evening = await lastEvening(copyOf('evening'), { units: 3, duration: 1000 })
    expect(evening).toMatchObject({ people: 6, submitted: 3, errors: [] })
  },
)
