import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { canonicalJson } from '#assessment/canonical-json'
import { publicationBody } from '#assessment/publication/publication'
import type { Publicity } from '#assessment/rule/scheme'
import { assess } from '#assessment/score/assess'
import { findAssessment } from '../../db/assessments.ts'
import type { Db } from '../../db/source.ts'
import { loadFacts } from '../../db/facts.ts'
import { loadCalendar } from '../../db/holidays.ts'
import { insertPublication, insertPublicationStep } from '../../db/publications.ts'
import { findScheme } from '../../db/schemes.ts'
import {
  appOn,
  cityYear,
  openMemory,
  withYear,
  workbookForm,
  type Caller,
  type TestApp,
} from '../fixtures/app.ts'

let db: Db
let test: TestApp
let office: Caller
let year: string
let links: string

beforeEach(async () => {
  db = await openMemory()
  test = appOn(db)
  year = await withYear(test)
  links = `/api/assessments/${year}/wall-links`
  office = await test.as('office')
})
afterEach(() => db.destroy())

async function newLink(hours = 24, name = '一楼大厅'): Promise<{ id: string; token: string }> {
  const { status, json } = await office(links, { body: { name, hours } })
  expect(status).toBe(201)
  return { id: String(json.id), token: String(json.path).replace('/wall/', '') }
}
const wall = (token: string) => test.anyone(`/api/wall/${token}`)

/** Freezes what is assessed now, with its publicity, and approves it when told so. */
async function publish(publicity: Publicity = 'full-table', approve = true, id = year): Promise<void> {
  const assessment = await findAssessment(db, id)
  const stored = assessment && (await findScheme(db, assessment.schemeId))
  if (!stored) throw new Error('no assessment')
  const scheme = { ...stored.scheme, publicity }
  const assessed = assess(scheme, await loadFacts(db, id), '2018-02-10', await loadCalendar(db))
  const about = { id, name: assessment.name, year: assessment.year, unit: '云州市' }
  const body = canonicalJson(publicationBody(about, scheme, 'f'.repeat(64), assessed))
  const at = test.clock.now.toISOString()
  const earlier = await db.selectFrom('publications').select('id').where('assessmentId', '=', id).execute()
  const number = earlier.length + 1
  await db.transaction().execute(async (trx) => {
    await insertPublication(trx, {
      id: `${id}-${number}`,
      assessmentId: id,
      number,
      asOf: '2018-02-10',
      body,
      sha256: createHash('sha256').update(body).digest('hex'),
      digests: '{}',
      supersedes: earlier.at(-1)?.id ?? null,
      reason: earlier.length > 0 ? '更正' : null,
      preparedBy: 'account-office',
      preparedAt: at,
    })
    if (approve)
      await insertPublicationStep(trx, {
        id: `step-${id}-${number}`,
        publicationId: `${id}-${number}`,
        type: 'approved',
        reason: null,
        recordedBy: 'account-leader',
        recordedAt: at,
      })
  })
}

describe('a link to the wall', () => {
  it('is made, listed and revoked by office and leader, and by nobody else', async () => {
    for (const role of ['office', 'leader', 'agency', 'editor', 'head', 'system', 'security', 'audit']) {
      const caller = await test.as(role)
      const made = await caller(links, { body: { name: '大厅', hours: 1 } })
      const permitted = role === 'office' || role === 'leader'
      expect([made.status, (await caller(links)).status]).toEqual(permitted ? [201, 200] : [403, 403])
      const removed = await caller(`${links}/${String(made.json.id)}`, { method: 'DELETE' })
      expect(removed.status).toBe(permitted ? 204 : 403)
    }
    expect((await (await test.as('stranger'))(links)).status).toBe(404)
    expect((await test.anyone(links)).status).toBe(401)
  })

  it('lasts from an hour to thirty days', async () => {
    for (const hours of [0, 721, 1.5])
      expect((await office(links, { body: { name: '大厅', hours } })).status).toBe(400)
    for (const hours of [1, 720]) expect((await newLink(hours)).token).toMatch(/^[\w-]{43}$/)
  })

  it('is shown once; the database holds only its hash, and no list repeats it', async () => {
    const { id, token } = await newLink()
    const row = await db.selectFrom('wallLinks').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    expect(row.tokenHash).toBe(createHash('sha256').update(token).digest('hex'))
    expect(JSON.stringify(row)).not.toContain(token)
    const list = await office(links)
    expect(list.text).not.toContain(token)
    expect(list.text).not.toContain(row.tokenHash)
    expect(list.json.items).toMatchObject([{ id, name: '一楼大厅', createdBy: 'office', state: 'living' }])
    const audit = await db.selectFrom('auditEntries').selectAll().execute()
    expect(JSON.stringify(audit)).toContain('wall.link')
    expect(JSON.stringify(audit)).not.toContain(token)
  })

  it('answers alike when unknown, malformed, revoked and expired', async () => {
    const [living, revoked, expired] = [await newLink(48), await newLink(48), await newLink(1)]
    await office(`${links}/${revoked.id}`, { method: 'DELETE' })
    test.clock.now = new Date('2018-02-10T03:00:00Z')
    expect((await wall(living.token)).status).toBe(200)
    const refused = await Promise.all(
      [revoked.token, expired.token, 'A'.repeat(43), 'short', `${living.token}x`].map(wall),
    )
    const told = refused.map(({ status, json, headers }) => ({
      status,
      body: { ...json, requestId: '' },
      cache: headers.get('cache-control'),
    }))
    expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(1)
    expect(told[0]).toMatchObject({ status: 404, cache: 'no-store' })
    office = await test.as('office')
    const { json } = await office(links)
    expect((json.items ?? []).map(({ state }) => state).sort()).toEqual(['expired', 'living', 'revoked'])
  })

  it('can be revoked twice without harm, and only in its own assessment', async () => {
    const { id, token } = await newLink()
    for (let time = 0; time < 2; time++)
      expect((await office(`${links}/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await wall(token)).status).toBe(404)
    expect((await office(`${links}/nothing`, { method: 'DELETE' })).status).toBe(404)
    const stranger = await test.as('stranger')
    expect((await stranger(`${links}/${id}`, { method: 'DELETE' })).status).toBe(404)
  })

  it('is refused when fifty work already', async () => {
    for (let made = 0; made < 50; made++) await newLink(1)
    const { status, json } = await office(links, { body: { name: '又一个', hours: 1 } })
    expect([status, json.code]).toEqual([409, 'wall-links-full'])
    test.clock.now = new Date('2018-02-10T03:00:00Z')
    office = await test.as('office')
    await newLink(1)
  })

  it('is throttled, and guessing is throttled apart from it', async () => {
    const { token } = await newLink()
    for (let tries = 0; tries < 60; tries++) await wall('B'.repeat(43))
    expect((await wall('C'.repeat(43))).status).toBe(429)
    for (let looks = 0; looks < 60; looks++) expect((await wall(token)).status).toBe(200)
    expect((await wall(token)).status).toBe(429)
    test.clock.now = new Date('2018-02-10T02:01:01Z')
    expect((await wall(token)).status).toBe(200)
  })
})

/** Anything that must never stand on a wall: finding texts and numbers, people, ids. */
async function secrets(): Promise<string[]> {
  const findings = await db.selectFrom('findings').select(['id', 'what', 'number']).execute()
  const accounts = await db.selectFrom('accounts').select(['id', 'username']).execute()
  return [
    ...findings.flatMap(({ id, what, number }) => [id, what, number]),
    ...accounts.flatMap(({ id }) => [id]),
  ]
}

describe('what a wall shows', () => {
  it('is nothing until a publication is approved, though the scores are there', async () => {
    const { token } = await newLink()
    await publish('full-table', false)
    const { json, text, headers } = await wall(token)
    expect(Object.keys(json).sort()).toEqual(['expiresAt', 'now', 'results'])
    expect(json.results).toBeNull()
    expect(text).not.toContain('市水务局')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.has('set-cookie')).toBe(false)
  })

  it('is the frozen table, whatever has happened since', async () => {
    const { token } = await newLink()
    await publish()
    const before = await wall(token)
    expect(before.json.results).toMatchObject({
      name: '2017 年度考核',
      city: '云州市',
      publishedOn: '2018-02-10',
      grades: [{ name: '优秀' }, { name: '良好' }, { name: '合格' }, { name: '不合格' }],
      table: {
        components: [{ name: '平时考核', share: '0.30' }, {}, {}],
        groups: [{ name: '县区' }, { name: '市直部门' }],
        previousYear: null,
        rose: [],
        fell: [],
      },
    })
    await db.updateTable('units').set({ name: '改名后的局' }).where('id', '=', 'water').execute()
    const form = await workbookForm({ 平时考核台账: [...(cityYear.平时考核台账 ?? [])] })
    await office(`/api/assessments/${year}/import`, { form })
    expect((await wall(token)).json.results).toEqual(before.json.results)
  })

  it('holds no finding, no person and no id', async () => {
    const { token } = await newLink()
    await publish()
    const { text } = await wall(token)
    for (const secret of await secrets()) expect(text).not.toContain(secret)
    expect(text).toContain('市水务局')
  })

  it.each(['own-result', 'own-grade'] as const)('is counts per grade only under %s', async (publicity) => {
    const { token } = await newLink()
    await publish(publicity)
    const { json, text } = await wall(token)
    const results = json.results as { table: unknown; grades: { count: number }[] }
    expect(results.table).toBeNull()
    expect(results.grades.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(0)
    for (const { name } of await db.selectFrom('units').select('name').execute())
      if (name !== '云州市') expect(text).not.toContain(name)
    expect(text).not.toMatch(/composite|rank|group/)
  })

  it('follows a superseding publication, and its publicity', async () => {
    const { token } = await newLink()
    await publish('full-table')
    await publish('own-grade')
    expect(((await wall(token)).json.results as { table: unknown }).table).toBeNull()
  })

  it('compares ranks with last year only when that table was published in full', async () => {
    const { json } = await office('/api/assessments', {
      body: { name: '2018 年度考核', year: 2018, preset: 'municipal' },
    })
    const [before, now] = [year, String(json.id)]
    await office(`/api/assessments/${now}/import`, { form: await workbookForm(cityYear) })
    links = `/api/assessments/${now}/wall-links`
    const { token } = await newLink()
    await publish('full-table', true, now)
    const previousYear = async () =>
      ((await wall(token)).json.results as { table: { previousYear: number | null } }).table.previousYear
    expect(await previousYear()).toBeNull()
    await publish('own-result', true, before)
    expect(await previousYear()).toBeNull()
    await publish('full-table', true, before)
    expect(await previousYear()).toBe(2017)
    const { rose, fell } = (
      (await wall(token)).json.results as { table: Record<'rose' | 'fell', { gained: number }[]> }
    ).table
    expect([rose, fell]).toEqual([[], []])
  })
})
