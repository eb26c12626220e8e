import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { municipal } from '#assessment/presets/municipal'
import type { Db } from '../../db/source.ts'
import { insertScheme } from '../../db/schemes.ts'
import {
  appOn,
  nextCityYear,
  openMemory,
  withYear,
  workbookForm,
  type Caller,
  type TestApp,
} from '../fixtures/app.ts'

let db: Db
let test: TestApp
let leader: Caller
let first: string
let second: string

beforeAll(async () => {
  db = await openMemory()
  test = appOn(db)
  first = await withYear(test)
  const office = await test.as('office')
  const created = await office('/api/assessments', {
    body: { name: '2018', year: 2018, preset: 'municipal' },
  })
  second = String(created.json.id)
  const marks = (nextCityYear.第三方评估 ?? []).map(([unit = '', score = '']) => [
    unit,
    score === 83.5 ? 85.5 : score,
  ])
  await office(`/api/assessments/${second}/import`, {
    form: await workbookForm({ ...nextCityYear, 第三方评估: [...marks, ['市林业局', 91]] }),
  })
  leader = await test.as('leader')
})
afterAll(() => db.destroy())

describe('the leaders’ view', () => {
  it('sets each unit beside the year before', async () => {
    const { json } = await leader(`/api/assessments/${second}/insight`)
    expect(json.previous).toEqual({ year: 2017, assessmentId: first, comparable: true })
    expect(json.standings).toMatchObject([
      {
        unit: '清河县政府',
        composite: '90.60',
        previousComposite: '90.00',
        previousRank: 1,
        since: [{ change: '0.00' }, { change: '0.00' }, { name: '第三方评估', change: '0.60' }],
      },
      { unit: '市水务局', composite: '90.00', previousComposite: '90.00' },
      {
        unit: '市林业局',
        composite: null,
        previousComposite: null,
        previousRank: null,
        since: [{ name: '平时考核', change: '0.00' }],
      },
    ])
  })

  it('averages, counts problems and rectification', async () => {
    const { json } = await leader(`/api/assessments/${first}/insight`)
    expect(json.previous).toBeNull()
    expect(json.means).toMatchObject([
      { group: '县区', composite: '90.00' },
      {
        group: '市直部门',
        units: 2,
        ranked: 1,
        components: [{ mean: '98.50', known: 2 }, {}, { mean: '85.72', known: 1 }],
      },
    ])
    expect(json.spots).toMatchObject({ kinds: [{ name: '专项督查', total: 2 }, {}, {}], repeated: [] })
    expect(json.rectification).toMatchObject({
      total: { notified: 2, inTime: 0, late: 1, waiting: 1, rate: '0.0' },
    })
    expect(json.maps).toEqual([])
  })

  it('is kept until a fact is added, and is for the office and leaders only', async () => {
    const path = `/api/assessments/${first}/insight?asOf=2017-05-20`
    const etag = String((await leader(path)).headers.get('etag'))
    expect((await leader(path, { headers: { 'if-none-match': etag } })).status).toBe(304)
    for (const name of ['agency', 'editor', 'head', 'system'])
      expect((await (await test.as(name))(path)).status, name).toBe(403)
    expect((await (await test.as('stranger'))(path)).status).toBe(404)
  })

  it('leads to the findings behind a month or a group', async () => {
    const numbers = async (query: string) =>
      (await leader(`/api/assessments/${first}/findings?${query}`)).json.items?.map(
        ({ fullNumber }) => fullNumber,
      )
    expect(await numbers('month=2017-06')).toEqual(['市林业局 2017-2'])
    expect(await numbers(`group=${encodeURIComponent('县区')}`)).toEqual(['清河县政府 2017-1'])
    expect(await numbers('month=2017-04')).toEqual([])
    expect((await leader(`/api/assessments/${first}/findings?month=june`)).status).toBe(400)
  })
})

describe('the trend over years', () => {
  it('tells each year’s result, and that the same scheme makes them comparable', async () => {
    const { json } = await leader(`/api/assessments/${first}/trend?units=water`)
    expect(json.years).toMatchObject([
      {
        year: 2017,
        sinceBefore: null,
        units: [{ unit: '市水务局', composite: '90.00', rank: 1, rankedOf: 1 }],
      },
      { year: 2018, sinceBefore: { composite: true, changes: [] }, units: [{ composite: '90.00' }] },
    ])
  })

  it('says what changed where it ends', async () => {
    const office = await test.as('office')
    const scheme = {
      ...municipal,
      components: municipal.components.map((one, index) => (index === 0 ? { ...one, weight: 4000 } : one)),
    }
    await db.transaction().execute((trx) =>
      insertScheme(trx, {
        id: 'next',
        name: '2019',
        version: 1,
        scheme,
        createdBy: null,
        createdAt: test.clock.now.toISOString(),
      }),
    )
    const year = await office('/api/assessments', {
      body: { name: '2019', year: 2019, schemeId: 'next' },
    })
    expect(year.status, year.text).toBe(201)
    const { json } = await leader(`/api/assessments/${first}/trend?units=water`)
    expect(json.years).toMatchObject([
      {},
      {},
      {
        year: 2019,
        units: [],
        sinceBefore: { composite: false, components: ['routine', 'self', 'third-party'], sameScheme: false },
      },
    ])
  })

  it('compares six units at most', async () => {
    expect((await leader(`/api/assessments/${first}/trend?units=1,2,3,4,5,6,7`)).status).toBe(400)
    expect((await leader(`/api/assessments/${first}/trend`)).status).toBe(400)
  })
})
