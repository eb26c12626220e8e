import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Db } from '../../db/source.ts'
import {
  appOn,
  cityYear,
  nextCityYear,
  openMemory,
  unitId,
  withYear,
  workbookForm,
  type Caller,
  type TestApp,
} from '../fixtures/app.ts'
import { publish } from '../fixtures/published.ts'
import type { PublicationBody } from '#assessment/publication/publication'
import { isTrial } from '../../server/result/standings-view.ts'

let db: Db
let test: TestApp
let office: Caller
let path: string

beforeEach(async () => {
  db = await openMemory()
  test = appOn(db)
  path = `/api/assessments/${await withYear(test)}`
  office = await test.as('office')
})
afterEach(() => db.destroy())

describe('the ranking', () => {
  it('lists group by group, ranked inside, pending last', async () => {
    const { json } = await office(`${path}/standings`)
    expect([json.asOf, json.published]).toEqual(['2018-02-10', false])
    expect(json.standings).toMatchObject([
      { unit: '清河县政府', group: '县区', rank: 1, composite: '90.00', grade: '优秀' },
      { unit: '市水务局', group: '市直部门', rank: 1, components: { 平时考核: '100.00' } },
      { unit: '市林业局', rank: null, composite: null, pending: ['自我考核', '第三方评估'] },
    ])
  })

  it('can be asked for one group and for an earlier day', async () => {
    const { json } = await office(`${path}/standings?group=${encodeURIComponent('市直部门')}&asOf=2017-05-20`)
    expect(json.asOf).toBe('2017-05-20')
    expect(json.standings).toMatchObject([
      { unit: '市水务局' },
      { unit: '市林业局', components: { 平时考核: '100.00' } },
    ])
    expect((await office(`${path}/standings?asOf=2017-02-30`)).status).toBe(400)
  })

  it('answers 304 to who has it, until a fact is added', async () => {
    const etag = String((await office(`${path}/standings`)).headers.get('etag'))
    const ask = () => office(`${path}/standings`, { headers: { 'if-none-match': etag } })
    expect((await ask()).status).toBe(304)
    const ledger = [
      ...(cityYear.平时考核台账 ?? []),
      ['市水务局', '舆情回应', '逾期', '2017-09-01', null, null, null, null],
    ]
    await office(`${path}/import`, { form: await workbookForm({ ...cityYear, 平时考核台账: ledger }) })
    const after = await ask()
    expect(after.status).toBe(200)
    expect(after.json.standings).toMatchObject([
      {},
      { unit: '市水务局', composite: '89.55', grade: '良好' },
      {},
    ])
  })

  it('is zipped for browsers', async () => {
    const { headers, bytes } = await office(`${path}/units/water/scorecard`, {
      headers: { 'accept-encoding': 'gzip, br' },
    })
    expect(headers.get('content-encoding')).toBe('gzip')
    expect([...new Uint8Array(bytes.slice(0, 2))]).toEqual([0x1f, 0x8b])
  })

  it('comes as a workbook, too', async () => {
    for (const file of [`${path}/standings.xlsx`, `${path}/export.xlsx`, '/api/template.xlsx']) {
      const { status, headers, bytes } = await office(file)
      expect([status, new TextDecoder().decode(bytes.slice(0, 2))]).toEqual([200, 'PK'])
      expect(headers.get('content-disposition')).toMatch(
        /^attachment; filename="workbook.xlsx"; filename\*=UTF-8''%E|^attachment; .*2017/,
      )
    }
  })
})

describe('a scorecard', () => {
  it('tells what happened, newest first, and what could come', async () => {
    const { json } = await office(`${path}/units/${await unitId(db, '市林业局')}/scorecard`)
    expect(json.timeline).toMatchObject([
      { on: '2017-06-02', type: 'notified', by: '市政府新闻办' },
      { on: '2017-06-02', type: 'lost', points: 150 },
      { on: '2017-05-21', type: 'lost' },
      { on: '2017-05-02', type: 'notified', by: '督查组' },
    ])
    expect(json.nextGrade).toBeNull()
    const water = await office(`${path}/units/water/scorecard`)
    expect(water.json.nextGrade).toMatchObject({
      next: null,
      oneMore: [{ worth: '0.45', composite: '89.55' }],
    })
    expect(water.json.peers).toMatchObject([
      { component: null, values: [90], median: '90.00', rank: 1 },
      {},
      {},
      {},
    ])
  })

  it('compares with the year before', async () => {
    const { json } = await office('/api/assessments', {
      body: { name: '2018', year: 2018, preset: 'municipal' },
    })
    await office(`/api/assessments/${String(json.id)}/import`, { form: await workbookForm(nextCityYear) })
    const next = await office(`/api/assessments/${String(json.id)}/units/water/scorecard`)
    const before = {
      year: 2017,
      composite: '90.00',
      grade: '优秀',
      comparable: true,
      since: ['平时考核', '自我考核', '第三方评估'].map((name) =>
        expect.objectContaining({ name, change: '0.00' }),
      ),
    }
    expect(next.json.previous).toEqual({ ...before, rank: 1 })
    const own = await (await test.as('head'))(`/api/assessments/${String(json.id)}/units/water/scorecard`)
    expect(own.json.previous).toEqual({ ...before, rank: null })
  })
})

describe('the overview', () => {
  it('counts what was lost, what is open and how far the windows are', async () => {
    const { json } = await office(`${path}/overview?asOf=2017-05-10`)
    expect(json.findings).toEqual({ total: 4, lost: 1, open: 2 })
    expect(json.windows).toMatchObject([
      { key: 'H1', dueOn: '2017-07-15', submitted: 2, verified: 2, of: 3 },
      { key: 'H2', dueOn: '2018-01-15' },
    ])
    expect(json.external).toEqual([{ component: 'third-party', name: '第三方评估', imported: 2, of: 3 }])
    expect(json.losses).toEqual([
      { kind: '上级检查通报', name: '上级检查通报', month: '2017-03', count: 1, points: 150 },
    ])
    expect(json.due).toEqual([
      {
        on: '2017-04-20',
        type: 'review',
        count: 1,
        units: [{ unitId: 'inspectors', unit: '督查组', count: 1 }],
        worth: '0.45',
      },
      {
        on: '2017-05-20',
        type: 'rectify',
        count: 1,
        units: [{ unitId: expect.any(String), unit: '市林业局', count: 1 }],
        worth: '0.45',
      },
    ])
  })

  it('counts units whose self-assessment is due', async () => {
    const { json } = await office(`${path}/overview?asOf=2017-07-10`)
    expect(json.due).toContainEqual({
      on: '2017-07-15',
      type: 'fill-in',
      count: 1,
      units: [{ unitId: expect.any(String), unit: '市林业局', count: 1 }],
      worth: '0.00',
    })
  })
})

describe('the ledger', () => {
  const numbers = async (query: string) => {
    const { json } = await office(`${path}/findings?${query}`)
    return json.items?.map(({ fullNumber }) => fullNumber)
  }

  it('is narrowed, ordered and paged', async () => {
    expect(await numbers('sort=number')).toEqual([
      '清河县政府 2017-1',
      '市林业局 2017-1',
      '市水务局 2017-1',
      '市林业局 2017-2',
    ])
    expect(await numbers('')).toEqual([
      '市林业局 2017-2',
      '市林业局 2017-1',
      '市水务局 2017-1',
      '清河县政府 2017-1',
    ])
    expect(await numbers('sort=-deadline&size=2&page=2')).toHaveLength(2)
    expect(await numbers('status=pending-review')).toEqual(['市水务局 2017-1'])
    expect(await numbers('status=lost,pending-review&sort=number')).toEqual([
      '清河县政府 2017-1',
      '市林业局 2017-1',
      '市水务局 2017-1',
      '市林业局 2017-2',
    ])
    expect(await numbers(`kind=${encodeURIComponent('舆情回应')}`)).toEqual(['市林业局 2017-2'])
    expect(await numbers(`unit=${await unitId(db, '清河县政府')}`)).toEqual(['清河县政府 2017-1'])
    expect(await numbers(`q=${encodeURIComponent('链接')}`)).toEqual(['市林业局 2017-1'])
    expect((await office(`${path}/findings?status=gone`)).status).toBe(400)
  })

  it('counts every status before one is chosen', async () => {
    const { json } = await office(`${path}/findings?status=pending-review`)
    expect(json.counts).toMatchObject({ lost: 3, 'pending-review': 1, open: 0 })
  })

  it('takes only findings that can be charged to someone, with days in order', async () => {
    const agency = await test.as('agency')
    const record = async (change: object) =>
      (
        await agency(`${path}/findings`, {
          body: {
            kind: '专项督查',
            unitId: 'water',
            what: '问题',
            notifiedOn: '2017-09-01',
            reason: '补登',
            ...change,
          },
        })
      ).json.code
    expect(await record({ kind: '没有' })).toBe('unknown-kind')
    expect(await record({ unitId: 'nowhere' })).toBe('unknown-unit')
    expect(await record({ unitId: 'elsewhere' })).toBe('unit-not-charged')
    expect(await record({ notifiedOn: '2018-02-11' })).toBe('notice-in-future')
    expect(await record({ deadline: '2017-08-31' })).toBe('deadline-before-notice')
    expect(await record({ what: ' ' })).toBe('invalid-request')
  })
})

describe('an assessment', () => {
  it('is deleted only while it is an empty draft', async () => {
    expect((await office(path, { method: 'DELETE' })).json.code).toBe('assessment-not-empty')
    const { json } = await office('/api/assessments', { body: { name: '空', year: 2019, preset: 'school' } })
    expect((await office(`/api/assessments/${String(json.id)}`, { method: 'DELETE' })).status).toBe(204)
    expect((await office('/api/assessments')).json.total).toBe(1)
  })

  it('shows today while it runs, and its last day of facts afterwards', async () => {
    expect((await office(path)).json.defaultAsOf).toBe('2018-02-10')
    test.clock.now = new Date('2018-02-28T17:00:00Z')
    const later = await (await test.as('office'))(path)
    expect(later.json.defaultAsOf).toBe('2017-06-02')
  })

  it('opens on its publication once there is one, and says of which figures that they are not the published ones', async () => {
    expect((await office(path)).json).toMatchObject({ today: '2018-02-10', lastDay: '2018-02-28' })
    await publish(db, path.split('/').at(-1) ?? '', { asOf: '2018-02-01' })
    expect((await office(path)).json.defaultAsOf).toBe('2018-02-01')
    const told = async (query: string) => {
      const { json } = await office(`${path}/standings${query}`)
      return [json.asOf, json.published, json.trial]
    }
    expect(await told('')).toEqual(['2018-02-01', true, false])
    expect(await told('?asOf=2018-02-10')).toEqual(['2018-02-10', true, true])
    // The same day tells other figures where a fact came since.
    const body = { asOf: '2018-02-01', standings: (await office(`${path}/standings`)).json.standings }
    const published = body as unknown as PublicationBody
    const [first, ...others] = published.standings
    if (!first) throw new Error('no standings')
    expect(isTrial('2018-02-01', published.standings, published)).toBe(false)
    expect(isTrial('2018-02-01', [{ ...first, composite: '89.99' }, ...others], published)).toBe(true)
    expect(isTrial('2018-02-01', others, published)).toBe(true)
  })

  it('tells its groups and scheme, and which presets there are', async () => {
    const { json } = await office(path)
    expect(json.groups).toEqual([
      { name: '县区', count: 1 },
      { name: '市直部门', count: 2 },
    ])
    const scheme = await office(`/api/schemes/${String(json.schemeId)}`)
    expect(scheme.json.scheme).toEqual(json.scheme)
    const presets = await office('/api/schemes/presets')
    expect(JSON.parse(presets.text)).toMatchObject([
      { key: 'municipal' },
      { key: 'bureau' },
      { key: 'school' },
      { key: 'website' },
      { key: 'hotline' },
      { key: 'information' },
    ])
    expect((await office('/api/schemes')).json.total).toBe(1)
  })
})
