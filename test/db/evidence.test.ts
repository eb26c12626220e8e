import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql, type Insertable } from 'kysely'
import { expect, test } from 'vitest'
import type { Db } from '../../db/source.ts'
import {
  attachEvidence,
  bytesUsedBy,
  deleteStaged,
  deleteStagedBefore,
  insertEvidence,
  listEvidence,
  listStoredFiles,
  shareEvidence,
} from '../../db/evidence.ts'
import { insertFindingFacts, insertFindings } from '../../db/findings.ts'
import { refusalOf } from '../../db/refusal.ts'
import type { EvidenceRow } from '../../db/tables.ts'
import { addEvidence } from '../../server/operation/backup/evidence-copies.ts'
import { checkEvidence } from '../../server/evidence/check.ts'
import { keep, pathOf, receive } from '../../server/evidence/storage.ts'
import { eachDatabase } from '../fixtures/databases.ts'
import { finding, findingFact, moment, withCity } from './city.ts'

const row = (id: string, change: Partial<Insertable<EvidenceRow>> = {}): Insertable<EvidenceRow> => ({
  id,
  assessmentId: 'a',
  unitId: 'department',
  fileName: `${id}.pdf`,
  mediaType: 'application/pdf',
  bytes: 100,
  sha256: 'a'.repeat(64),
  storedName: `stored-${id}`,
  url: null,
  documentDate: null,
  uploadedBy: 'clerk',
  uploadedAt: moment,
  uploadId: null,
  factId: null,
  claimId: null,
  ...change,
})

async function filled(open: () => Promise<Db>): Promise<Db> {
  const db = await open()
  await withCity(db)
  await db.transaction().execute(async (trx) => {
    for (const id of ['clerk', 'other'])
      await trx
        .insertInto('accounts')
        .values({
          id,
          username: id,
          name: id,
          role: 'editor',
          unitId: 'department',
          passwordHash: 'x',
          mustChangePassword: 0,
          disabledAt: null,
          createdAt: moment,
        })
        .execute()
    await insertFindings(trx, [finding('1'), finding('2')])
    await insertFindingFacts(trx, [findingFact('f1', '1'), findingFact('f2', '2')])
    for (const id of ['e1', 'e2']) await insertEvidence(trx, row(id))
    await insertEvidence(trx, row('theirs', { uploadedBy: 'other' }))
  })
  return db
}

eachDatabase('evidence', (open) => {
  const attach = (db: Db, ids: string[], factId = 'f1', assessmentId = 'a') =>
    db.transaction().execute((trx) => attachEvidence(trx, { ids, factId, accountId: 'clerk', assessmentId }))

  test('is attached once, by its uploader, in its assessment', async () => {
    const db = await filled(open)
    expect(await attach(db, ['theirs'])).toBe(false)
    expect(await attach(db, ['nothing'])).toBe(false)
    expect(await attach(db, ['e1'], 'f1', 'another')).toBe(false)
    expect(await attach(db, ['e1', 'e1', 'e2'])).toBe(true)
    expect(await attach(db, ['e1'], 'f2')).toBe(false)
    expect((await listEvidence(db, { factIds: ['f1', 'f2'] })).map(({ id, factId }) => [id, factId])).toEqual(
      [
        ['e1', 'f1'],
        ['e2', 'f1'],
      ],
    )
  })

  test('cannot be changed once attached, and only be attached before', async () => {
    const db = await filled(open)
    const refusal = (work: Promise<unknown>) => work.then(() => 'accepted', refusalOf)
    const rename = (id: string) =>
      refusal(db.updateTable('evidence').set({ fileName: 'x' }).where('id', '=', id).execute())
    expect(await rename('e2')).toBe('immutable')
    await attach(db, ['e1'])
    expect(await rename('e1')).toBe('immutable')
    for (const change of [{ factId: null }, { factId: 'f2' }])
      expect(await refusal(db.updateTable('evidence').set(change).where('id', '=', 'e1').execute())).toBe(
        'immutable',
      )
    expect(await refusal(sql`delete from evidence where id = 'e1'`.execute(db))).toBe('immutable')
    expect(await db.transaction().execute((trx) => deleteStaged(trx, 'e1'))).toBeUndefined()
    expect(await db.transaction().execute((trx) => deleteStaged(trx, 'e2'))).toMatchObject({ id: 'e2' })
    expect((await deleteStagedBefore(db, '2018-01-06T00:00:00.000Z')).map(({ id }) => id)).toEqual(['theirs'])
  })

  test('shared by several facts counts once', async () => {
    const db = await filled(open)
    await attach(db, ['e1'])
    await db.transaction().execute((trx) => shareEvidence(trx, { factId: 'f1', withFactIds: ['f2'] }))
    expect((await listEvidence(db, { factIds: ['f2'] })).map(({ fileName }) => fileName)).toEqual(['e1.pdf'])
    expect(await db.transaction().execute((trx) => bytesUsedBy(trx, 'department'))).toBe(300)
    expect(await db.transaction().execute((trx) => bytesUsedBy(trx, 'county'))).toBe(0)
  })

  test('is copied with a backup once, and what is missing or altered shows', async () => {
    const db = await filled(open)
    await db.deleteFrom('evidence').execute()
    const dir = mkdtempSync(join(tmpdir(), 'zhengheng-'))
    async function* content() {
      yield Buffer.from('整改报告')
    }
    const received = await receive(dir, content())
    const storedName = await keep(dir, received)
    await db
      .transaction()
      .execute((trx) => insertEvidence(trx, row('kept', { storedName, sha256: received.sha256 })))
    const to = join(dir, 'copies')
    const stored = (await listStoredFiles(db)).map((file) => ({ ...file, bytes: received.bytes }))
    const copies = [await addEvidence(stored, dir, to, null), await addEvidence(stored, dir, to, null)]
    expect(copies.map(({ added }) => added)).toEqual([1, 0])
    expect(readFileSync(join(to, storedName.slice(0, 2), storedName), 'utf8')).toBe('整改报告')
    expect(await checkEvidence(db, dir)).toEqual({ files: 1, faults: [] })
    writeFileSync(pathOf(dir, storedName), '另一份')
    expect((await checkEvidence(db, dir)).faults).toEqual([`evidence ${storedName} (kept.pdf) was altered`])
    rmSync(pathOf(dir, storedName))
    expect((await checkEvidence(db, dir)).faults).toEqual([`evidence ${storedName} (kept.pdf) is missing`])
    rmSync(dir, { recursive: true })
  })
})
