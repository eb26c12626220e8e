import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkProof, replaces } from '#assessment/publication/proof/check-proof'
import type { ProofFile } from '#assessment/publication/proof/proof'
import { proofTextIn, readProof } from '#assessment/publication/proof/proof-text'
import { publicities } from '#assessment/rule/scheme'
import { updateStage } from '../../db/assessments.ts'
import { sha256 } from '../../db/frozen-facts.ts'
import type { Db } from '../../db/source.ts'
import { scopeOf } from '../../server/access/permissions.ts'
import { accessAskedBy, type Access } from '../../server/access/allow.ts'
import {
  appOn,
  openMemory,
  unitId,
  withAccounts,
  withYear,
  workbookForm,
  type Caller,
  type TestApp,
} from '../fixtures/app.ts'
import { publish, withPublicity } from '../fixtures/published.ts'
import { smallYear } from '../fixtures/workbooks.ts'

let db: Db
let test: TestApp
let year: string
let path: string
let office: Caller
let leader: Caller
const asOf = '2018-02-10'

/** A year in which nothing is pending, in its aggregation. */
async function finishedYear(): Promise<string> {
  await withAccounts(test)
  const created = await (
    await test.as('office')
  )('/api/assessments', {
    body: { name: '2017 年度考核', year: 2017, preset: 'municipal' },
  })
  const id = String(created.json.id)
  const ledger = (smallYear.平时考核台账 ?? []).map((row, index) =>
    index === 0 ? row : row.map((cell, column) => (column === 6 ? '通过' : cell)),
  )
  const form = await workbookForm({ ...smallYear, 平时考核台账: ledger })
  const imported = await (await test.as('office'))(`/api/assessments/${id}/import`, { form })
  if (imported.status !== 200) throw new Error(imported.text)
  await db.transaction().execute((trx) => updateStage(trx, id, 'aggregating'))
  return id
}

beforeEach(async () => {
  db = await openMemory()
  test = appOn(db)
})
afterEach(() => db.destroy())

const prepare = (caller: Caller, body: object = {}) =>
  caller(`${path}/publications`, { body: { asOf, ...body } })
const step = (caller: Caller, id: unknown, body: object) =>
  caller(`${path}/publications/${String(id)}/steps`, { body })

describe('a publication', () => {
  beforeEach(async () => {
    year = await finishedYear()
    path = `/api/assessments/${year}`
    ;[office, leader] = [await test.as('office'), await test.as('leader')]
  })

  it('is prepared by one person and approved by another, whatever their roles', async () => {
    const prepared = await prepare(office)
    expect([prepared.status, prepared.json.state]).toEqual([201, 'prepared'])
    expect((await prepare(office)).json.code).toBe('publication-waiting')
    expect((await step(office, prepared.json.id, { type: 'approved' })).json.code).toBe('forbidden')
    await db.updateTable('accounts').set({ role: 'leader' }).where('username', '=', 'office').execute()
    const waiting = async (caller: Caller) => (await caller('/api/inbox')).json.items
    expect(await waiting(office)).toEqual([])
    expect(await waiting(leader)).toMatchObject([{ type: 'approve', assessmentId: year }])
    const sameHand = await step(office, prepared.json.id, { type: 'approved' })
    expect([sameHand.status, sameHand.json.code]).toEqual([403, 'publication-own'])
    const approved = await step(leader, prepared.json.id, { type: 'approved' })
    expect([approved.status, approved.json.state, approved.json.current]).toEqual([200, 'approved', true])
    expect((await leader(path)).json.stage).toBe('published')
    expect(await waiting(leader)).toEqual([])
    expect((await step(leader, prepared.json.id, { type: 'approved' })).json.code).toBe('publication-decided')
  })

  it('can be returned with a reason, or taken back by its preparer', async () => {
    const first = await prepare(office)
    expect((await step(leader, first.json.id, { type: 'returned' })).status).toBe(400)
    expect((await step(leader, first.json.id, { type: 'returned', reason: '复核' })).json.state).toBe(
      'returned',
    )
    const second = await prepare(office)
    expect(second.json.number).toBe(2)
    const taken = await step(office, second.json.id, { type: 'withdrawn', reason: '重做' })
    expect(taken.json.state).toBe('withdrawn')
    expect((await leader(path)).json.stage).toBe('aggregating')
  })

  it('is not approved over facts that changed since, shows drift later, and is superseded with a reason', async () => {
    const found = await office(`${path}/findings`)
    const lost = found.json.items?.find(({ status }) => status === 'lost')
    const reverse = async () => {
      const etag = String((await office(`${path}/findings/${String(lost?.findingId)}`)).json.etag)
      return office(`${path}/findings/${String(lost?.findingId)}/facts`, {
        body: { type: 'reversed', reason: '登记有误' },
        headers: { 'if-match': etag },
      })
    }
    const first = await prepare(office)
    await step(leader, first.json.id, { type: 'approved' })
    const before = await office(`${path}/publications/${String(first.json.id)}`)
    expect(before.json).toMatchObject({
      verification: { bodyHolds: true, digestsHold: true, rederived: true, tampered: 0 },
      drift: null,
    })
    expect((await reverse()).status).toBe(201)
    const after = await leader(`${path}/publications/${String(first.json.id)}`)
    expect(after.json).toMatchObject({
      verification: { bodyHolds: true, digestsHold: true, rederived: true, tampered: 0 },
      drift: { total: 1, changes: [{ table: 'findingFacts', type: 'reversed', about: lost?.fullNumber }] },
    })
    expect((await prepare(office)).json.code).toBe('reason-required')
    const second = await prepare(office, { reason: '冲销一项误登记' })
    expect(second.json).toMatchObject({ number: 2, supersedes: first.json.id })
    await step(leader, second.json.id, { type: 'approved' })
    const list = await office(`${path}/publications`)
    expect(list.json.items?.map(({ number, current }) => [number, current])).toEqual([
      [2, true],
      [1, false],
    ])
    const fileOf = async (id: unknown) => {
      const { text } = await office(`${path}/publications/${String(id)}/proof.html`)
      return checkProof(readProof(proofTextIn(text)) as ProofFile, sha256)
    }
    const [old, newer] = [await fileOf(first.json.id), await fileOf(second.json.id)]
    expect([replaces(newer, old.root), replaces(old, newer.root)]).toEqual([true, false])
    const noted = await db
      .selectFrom('auditEntries')
      .select(['action', 'detail'])
      .where('subject', '=', String(second.json.id))
      .execute()
    expect(
      noted.map(({ action, detail }) => [action, (JSON.parse(detail) as { root?: string }).root]),
    ).toEqual([
      ['publication.prepare', newer.root],
      ['publication.approved', newer.root],
    ])
  })

  it('that rests on facts changed since it was prepared is refused with what changed', async () => {
    const prepared = await prepare(office)
    const agency = await test.as('agency')
    await db.transaction().execute((trx) => updateStage(trx, year, 'open'))
    const added = await agency(`${path}/findings`, {
      body: { kind: '专项督查', unitId: 'water', what: '链接失效', notifiedOn: asOf },
    })
    expect(added.status).toBe(201)
    await db.transaction().execute((trx) => updateStage(trx, year, 'aggregating'))
    const refused = await step(leader, prepared.json.id, { type: 'approved' })
    expect([refused.status, refused.json.code]).toEqual([409, 'publication-outdated'])
    expect(refused.json.drift).toMatchObject({
      total: 2,
      changes: [{ change: 'added' }, { change: 'added' }],
    })
  })

  it('is downloaded as the text that was hashed, and never by a unit', async () => {
    const prepared = await prepare(office)
    const body = await office(`${path}/publications/${String(prepared.json.id)}/body.json`)
    const digest = await crypto.subtle.digest('SHA-256', body.bytes)
    expect(Buffer.from(digest).toString('hex')).toBe(prepared.json.sha256)
    const editor = await test.as('editor')
    expect((await editor(`${path}/publications/${String(prepared.json.id)}/body.json`)).status).toBe(403)
    expect((await editor(`${path}/publications`)).json.code).toBe('not-published')
  })
})

describe('with something pending', () => {
  it('nothing is prepared, and the checks say why', async () => {
    year = await withYear(test)
    path = `/api/assessments/${year}`
    office = await test.as('office')
    const checked = await office(`${path}/publication-check?asOf=${asOf}`)
    expect(checked.json.counts).toMatchObject({ error: expect.any(Number) })
    const refused = await prepare(office)
    expect([refused.status, refused.json.code]).toEqual([409, 'publication-blocked'])
    expect(refused.json.errors).toMatchObject([{ code: 'wrong-stage' }, { code: 'pending-part' }, {}])
  })
})

describe('before publication', () => {
  it('no route tells a unit of another unit, a rank or an aggregate', async () => {
    year = await withYear(test)
    const others = ['清河县政府', '市林业局']
    const ids = await Promise.all(others.map((name) => unitId(db, name)))
    const gets = test.app.routes.flatMap(({ method, path, handler }) => {
      const asks: Access | undefined = accessAskedBy(handler)
      return method === 'GET' && asks !== undefined && asks !== 'public' && asks !== 'session'
        ? [{ path, asks }]
        : []
    })
    for (const role of ['editor', 'head'] as const) {
      const caller = await test.as(role)
      for (const { path, asks } of gets) {
        if (scopeOf(role, asks) === undefined) continue
        for (const unit of ['water', ...ids]) {
          const address = path.replace(':id', year).replace(':unitId', unit).replace(/:\w+/g, 'x')
          const { status, text, headers } = await caller(address)
          if (status !== 200 || !/json/.test(headers.get('content-type') ?? '')) continue
          const told = text.replaceAll(unit === 'water' ? '\u0000' : unit, '')
          for (const name of [...others, ...ids]) expect(told, `${role} ${address}`).not.toContain(name)
          expect(told, address).not.toMatch(/"(rank|rankedOf|median)":\s*[1-9]/)
        }
      }
    }
  }, 60_000)
})

describe.each(publicities)('what a unit sees of a publication under %s', (publicity) => {
  it('is what was published, never the live rank', async () => {
    year = await withYear(test)
    path = `/api/assessments/${year}`
    const id = await publish(db, year, { asOf, publicity })
    const editor = await test.as('editor')
    const ranked = publicity === 'own-grade' ? null : 1
    const detail = await editor(`${path}/publications/${id}`)
    expect(detail.json).toMatchObject({
      own: { unit: '市水务局', grade: '优秀', rank: ranked },
      verification: null,
      drift: null,
      preparedBy: null,
    })
    expect(detail.json.standings === null).toBe(publicity !== 'full-table')
    const card = await editor(`${path}/units/water/scorecard`)
    expect(card.json.scorecard).toMatchObject({ composite: '90.00', rank: ranked })
    const table = await editor(`${path}/standings`)
    expect(table.json.code ?? table.status).toBe(publicity === 'full-table' ? 200 : 'not-public')
    const xlsx = await editor(`${path}/standings.xlsx`)
    expect(xlsx.json.code ?? xlsx.status).toBe(publicity === 'full-table' ? 200 : 'not-public')

    await withPublicity(db, year, publicity)
    await db
      .insertInto('externalMarks')
      .values({
        id: 'later',
        assessmentId: year,
        component: 'third-party',
        dimension: null,
        unitId: 'water',
        marks: '10',
        onDay: asOf,
        importId: null,
        recordedBy: null,
        recordedAt: '2018-02-10T05:00:00.000Z',
      })
      .execute()
    const fresh = appOn(db)
    const again = await (await fresh.as('editor'))(`${path}/units/water/scorecard`)
    expect(again.json.scorecard).toMatchObject({ composite: '90.00', rank: ranked })
  })
})
