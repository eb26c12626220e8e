import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../../db/database.ts'
import { bindAuditKey } from '../../../db/dialect.ts'
import type { Db } from '../../../db/source.ts'
import { verifyVouched } from '../../../db/vouched-check.ts'
import { auditKeyFile, findAuditKey, openSigned, ownAuditKey } from '../../../server/audit-key.ts'
import { pathOf } from '../../../server/evidence/storage.ts'
import { dailyDestination, rotate } from '../../../server/operation/backup/daily.ts'
import { beside, makeBackup } from '../../../server/operation/backup/make-backup.ts'
import { newEnough } from '../../../server/operation/backup/postgres-tools.ts'
import { readBackupState, recordBackup, recordFailure } from '../../../server/operation/backup/record.ts'
import { restoreBackup } from '../../../server/operation/backup/restore-backup.ts'
import { readSealingKey, type SealingKey } from '../../../server/operation/backup/sealed.ts'
import { appOn, withYear } from '../../fixtures/app.ts'
import { temporaryFolder } from '../../fixtures/databases.ts'
import { packagedPrograms, startPackagedPostgres } from '../../fixtures/packaged-postgres.ts'
import { storeEvidence } from '../../fixtures/stored-evidence.ts'

const now = new Date('2018-02-10T02:00:00Z')
const folder = temporaryFolder()
const at = (...names: string[]): string => join(folder.path, ...names)

/** The small city's year with two files of evidence, its log signed. */
async function cityAt(databaseUrl: string, dataDir: string): Promise<{ db: Db; assessmentId: string }> {
  mkdirSync(dataDir, { recursive: true })
  const db = await openDatabase(databaseUrl)
  bindAuditKey(db, await ownAuditKey(dataDir))
  const assessmentId = await withYear(appOn(db))
  for (const content of ['整改报告', '会议纪要']) await storeEvidence(db, dataDir, assessmentId, content)
  return { db, assessmentId }
}

const everyFile = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  )
const different = ({ comparison }: Awaited<ReturnType<typeof restoreBackup>>) =>
  comparison.filter(({ isSame }) => !isSame)

let keys = 0
async function newKey(): Promise<SealingKey> {
  const file = at(`${++keys}.key`)
  writeFileSync(file, String(keys).repeat(40))
  return readSealingKey(file)
}

describe('a backup of an embedded database', () => {
  const dataDir = at('data')
  const databaseUrl = `file:${join(dataDir, 'zhengheng.db')}`
  let [db, assessmentId] = [undefined as unknown as Db, '']
  beforeAll(async () => ({ db, assessmentId } = await cityAt(databaseUrl, dataDir)), 60_000)
  afterAll(() => db.destroy())
  const backUp = (file: string, key: SealingKey | null = null) =>
    makeBackup({ databaseUrl, dataDir, key }, beside(file, key), now)
  const restore = (file: string, to: string, key: SealingKey | null = null) =>
    restoreBackup(file, { databaseUrl: `file:${at(to, 'zhengheng.db')}`, dataDir: at(to), key }, false)

  test('comes back in an empty place with the same rows, log, results and evidence', async () => {
    const { manifest, evidenceAdded } = await backUp(at('plain', 'city.backup'))
    expect([evidenceAdded, manifest.evidence.faults]).toEqual([2, []])
    const restored = await restore(at('plain', 'city.backup'), 'back')
    expect(different(restored)).toEqual([])
    expect(restored.comparison.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['findings', 'audit chain', 'standings 2017 年度考核 2018-02-10', 'evidence']),
    )
    const [, ...files] = everyFile(at('back', 'evidence'))
      .map((file) => readFileSync(file, 'utf8'))
      .sort()
    expect(files).toEqual(['整改报告'])
  })

  test('holds nothing of the data folder but database and evidence, and leaves nothing else behind', async () => {
    await backUp(at('alone', 'city.backup'))
    const files = everyFile(at('alone'))
    expect(files).toHaveLength(3)
    const secret = readFileSync(auditKeyFile(dataDir), 'utf8')
    for (const file of files) expect(readFileSync(file).includes(secret)).toBe(false)
  })

  test('names the head of the log, which restored with its key is proven, and goes on under it', async () => {
    const { manifest } = await backUp(at('proven', 'city.backup'))
    const head = await db
      .selectFrom('auditEntries')
      .select(['seq', 'hash', 'keyName'])
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    expect(manifest.inventory.audit).toEqual({
      entries: head.seq,
      lastHash: head.hash,
      key: head.keyName,
    })
    const target = {
      databaseUrl: `file:${at('with key', 'zhengheng.db')}`,
      dataDir: at('with key'),
      key: null,
    }
    const file = at('proven', 'city.backup')
    const restored = await restoreBackup(file, { ...target, auditKeyFile: auditKeyFile(dataDir) }, false)
    expect([restored.unproven, restored.faults]).toEqual([0, []])
    expect((await findAuditKey(target.dataDir))?.name).toBe(head.keyName)
    const goesOn = await openSigned(target, now)
    expect((await verifyVouched(goesOn).finally(() => goesOn.destroy())).audit).toMatchObject({
      entries: head.seq + 1,
      brokenAt: null,
      unproven: 0,
    })
  })

  test('restored without the key of its log shows only that digests agree, and a new key goes on from there', async () => {
    await backUp(at('unproven', 'city.backup'))
    const { unproven, faults, manifest } = await restore(at('unproven', 'city.backup'), 'without key')
    expect([unproven, faults]).toEqual([manifest?.inventory.audit?.entries, []])
    const target = { databaseUrl: `file:${at('without key', 'zhengheng.db')}`, dataDir: at('without key') }
    const goesOn = await openSigned(target, now)
    const { audit, tampering } = await verifyVouched(goesOn).finally(() => goesOn.destroy())
    expect([audit.brokenAt, audit.unproven, tampering]).toEqual([null, unproven, []])
  })

  test('restored with a key of another log says so', async () => {
    await backUp(at('foreign', 'city.backup'))
    await ownAuditKey(at())
    const target = {
      databaseUrl: `file:${at('foreign key', 'zhengheng.db')}`,
      dataDir: at('foreign key'),
      key: null,
    }
    await expect(
      restoreBackup(at('foreign', 'city.backup'), { ...target, auditKeyFile: auditKeyFile(at()) }, false),
    ).rejects.toThrow(/audit\.key is not the key [0-9a-f]{16} of the restored audit log/)
  })

  test('made again adds only new evidence', async () => {
    await backUp(at('again', 'city.backup'))
    expect((await backUp(at('again', 'city.backup'))).evidenceAdded).toBe(0)
  })

  test('sealed shows nothing, and opens with its key alone', async () => {
    const [key, other] = [await newKey(), await newKey()]
    await backUp(at('sealed', 'city.backup'), key)
    for (const file of everyFile(at('sealed'))) {
      const bytes = readFileSync(file)
      expect(
        ['整改报告', 'manifest', 'SQLite', 'zhengheng-backup'].filter((word) => bytes.includes(word)),
      ).toEqual([])
    }
    const file = at('sealed', 'city.backup')
    await expect(restore(file, 'no-key')).rejects.toThrow(/city\.backup: sealed; BACKUP_KEY_FILE must name/)
    await expect(restore(file, 'other-key', other)).rejects.toThrow(/sealed with another key/)
    expect(different(await restore(file, 'unsealed', key))).toEqual([])
  })

  test.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, -4096)],
    ['altered', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.from([1])])],
  ])('%s is refused, and nothing is restored', async (name, change) => {
    const file = at(name, 'city.backup')
    await backUp(file)
    writeFileSync(file, change(readFileSync(file)))
    await expect(restore(file, `after ${name}`)).rejects.toThrow(/altered or cut off/)
    expect(everyFile(at(`after ${name}`))).toEqual([])
  })

  test('whose evidence was lost or altered says which', async () => {
    await backUp(at('harmed', 'city.backup'))
    const [first = '', second = ''] = everyFile(at('harmed', 'city.backup.evidence'))
    writeFileSync(first, 'x'.repeat(readFileSync(first).length))
    rmSync(second)
    const restored = await restore(at('harmed', 'city.backup'), 'after harm')
    expect(different(restored)).toEqual([
      { what: 'evidence', inBackup: '2 files', restored: '0 files', isSame: false },
    ])
    expect(restored.faults.map((fault) => fault.replace(/[0-9a-f]{32}/, '…')).sort()).toEqual([
      'evidence … is missing',
      'evidence … was altered',
    ])
  })

  test('is made although evidence is missing in the store, and says so', async () => {
    const { id, storedName } = await storeEvidence(db, dataDir, assessmentId, '将丢失')
    rmSync(pathOf(dataDir, String(storedName)))
    const { manifest } = await backUp(at('lossy', 'city.backup'))
    await db.deleteFrom('evidence').where('id', '=', id).execute()
    expect(manifest.evidence.faults).toEqual([`evidence ${storedName} is missing`])
  })

  test('made while people write is of one moment', async () => {
    const copied = new AbortController()
    const writing = (async () => {
      for (let count = 0; !copied.signal.aborted; count++) {
        await db.transaction().execute(async (trx) => {
          await trx
            .insertInto('settings')
            .values({ key: `test.${count}`, value: '' })
            .execute()
          await trx
            .updateTable('units')
            .set({ name: `改名${count}` })
            .where('id', '=', 'water')
            .execute()
        })
        await new Promise(setImmediate)
      }
    })()
    await backUp(at('busy', 'city.backup')).finally(() => copied.abort())
    await writing
    expect(different(await restore(at('busy', 'city.backup'), 'after busy'))).toEqual([])
    const restored = await openDatabase(`file:${at('after busy', 'zhengheng.db')}`)
    const { count } = await restored
      .selectFrom('settings')
      .select((row) => row.fn.countAll<number>().as('count'))
      .where('key', 'like', 'test.%')
      .executeTakeFirstOrThrow()
    const water = await restored
      .selectFrom('units')
      .select('name')
      .where('id', '=', 'water')
      .executeTakeFirstOrThrow()
    await restored.destroy()
    expect(count === 0 ? '市水务局' : `改名${count - 1}`).toBe(water.name)
  })

  test('is noted with the last good one, which a failure leaves standing', async () => {
    const made = await backUp(at('noted', 'city.backup'))
    await recordBackup(db, 'city.backup', false, made)
    await recordFailure(db, '2018-02-11T02:00:00.000Z', 'no space left')
    expect(await readBackupState(db)).toMatchObject({
      last: { at: now.toISOString(), file: 'city.backup', faults: 0, isSealed: false },
      failure: { reason: 'no space left' },
    })
    await recordBackup(db, 'city.backup', false, made)
    expect((await readBackupState(db)).failure).toBeNull()
  })

  test('of a plain early release, a database file with evidence beside it, is restored too', async () => {
    await backUp(at('early', 'new.backup'))
    const copy = readFileSync(at('early', 'new.backup'))
    writeFileSync(at('early', 'old.db'), copy.subarray(copy.indexOf('\n') + 1))
    renameSync(at('early', 'new.backup.evidence'), at('early', 'old.db.evidence'))
    expect((await restore(at('early', 'old.db'), 'from early')).manifest).toBeNull()
    expect(everyFile(at('from early', 'evidence')).length).toBeGreaterThan(0)
  })

  test('every day shares its evidence with the others; what none names any more goes after a day', async () => {
    const dir = at('daily')
    const make = async (day: string) => {
      const moment = new Date(`${day}T02:00:00Z`)
      await makeBackup(
        { databaseUrl, dataDir, key: null },
        await dailyDestination(dir, day, null, null),
        moment,
      )
      return rotate(dir, null, moment)
    }
    const { id, storedName } = await storeEvidence(db, dataDir, assessmentId, '次日撤回')
    await make('2018-01-01')
    await db.deleteFrom('evidence').where('id', '=', id).execute()
    rmSync(pathOf(dataDir, String(storedName)))
    const copies = () => everyFile(join(dir, 'evidence')).map((file) => file.split('/').at(-1))
    expect(copies()).toContain(storedName)
    for (let day = 2; day < 9; day++)
      copyFileSync(join(dir, 'zhengheng-2018-01-01.backup'), join(dir, `zhengheng-2018-01-0${day}.backup`))
    writeFileSync(join(dir, 'zhengheng-2018-01-05.backup'), 'damaged')
    const inAYear = '2099-01-09'
    expect(await make(inAYear)).toMatchObject({ evidence: 0 })
    for (const name of readdirSync(dir)) if (name.includes('2018')) rmSync(join(dir, name))
    expect(await make(inAYear)).toEqual({ backups: 0, evidence: 1 })
    expect(copies()).not.toContain(storedName)
  })

  test('does not lie with its key', async () => {
    await expect(dailyDestination('/backups', '2018-01-01', null, '/backups/key')).rejects.toThrow(
      /BACKUP_KEY_FILE/,
    )
  })
})

describe('a backup of PostgreSQL', () => {
  test('is made by the oldest pg_dump that is new enough, else one line says which is needed', () => {
    const candidates = [
      { file: 'a', version: 13 },
      { file: 'b', version: 17 },
      { file: 'c', version: 16 },
    ]
    expect(newEnough('pg_dump', 15, candidates)).toBe('c')
    expect(() => newEnough('pg_dump', 18, candidates)).toThrow(
      /^the server is PostgreSQL 18: pg_dump 18 or newer is needed on PATH, and only 13, 17, 16 was found$/,
    )
    expect(() => newEnough('pg_restore', 15, [])).toThrow(/and none was found$/)
  })

  test.runIf(packagedPrograms !== null)(
    'comes back in an empty database with the same rows, log, results and evidence',
    async () => {
      const server = await startPackagedPostgres(String(packagedPrograms))
      try {
        const databaseUrl = await server.newDatabase('live')
        const dataDir = at('postgres')
        const { db } = await cityAt(databaseUrl, dataDir)
        const key = await newKey()
        await makeBackup({ databaseUrl, dataDir, key }, beside(at('postgres.backup'), key), now)
        await db.destroy()
        const empty = { databaseUrl: await server.newDatabase('other'), dataDir: at('postgres back'), key }
        expect(different(await restoreBackup(at('postgres.backup'), empty, false))).toEqual([])
        await expect(restoreBackup(at('postgres.backup'), empty, true)).rejects.toThrow(/is not empty/)
        const embedded = { ...empty, databaseUrl: `file:${at('embedded.db')}` }
        await expect(restoreBackup(at('postgres.backup'), embedded, false)).rejects.toThrow(
          /holds a postgres database/,
        )
      } finally {
        await server.stop()
      }
    },
    60_000,
  )
})
