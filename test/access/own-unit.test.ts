import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { touchAssessment } from '../../db/assessments.ts'
import type { Db } from '../../db/source.ts'
import {
  appOn,
  openMemory,
  unitId,
  withYear,
  type Answer,
  type Caller,
  type TestApp,
} from '../fixtures/app.ts'
import { publish } from '../fixtures/published.ts'

let db: Db
let test: TestApp
let year: string
let editor: Caller
let office: Caller

beforeEach(async () => {
  db = await openMemory()
  test = appOn(db)
  year = await withYear(test)
  editor = await test.as('editor')
  office = await test.as('office')
})
afterEach(() => db.destroy())

const sameRefusal = (one: Answer, other: Answer) => {
  expect([one.status, one.text]).toEqual([other.status, other.text])
  expect(one.status).toBe(404)
}

describe('before publication a unit', () => {
  it('sees its own scorecard, without rank or peers', async () => {
    const { status, json } = await editor(`/api/assessments/${year}/units/water/scorecard`)
    expect(status).toBe(200)
    expect(json.scorecard).toMatchObject({
      unit: '市水务局',
      composite: '90.00',
      grade: '优秀',
      rank: null,
      rankedOf: 0,
    })
    expect(json.peers).toBeNull()
  })

  it('cannot tell another unit from one that does not exist', async () => {
    const other = await unitId(db, '清河县政府')
    const path = (id: string) => `/api/assessments/${year}/units/${id}/scorecard`
    sameRefusal(await editor(path(other)), await editor(path('nothing')))
  })

  it('cannot tell another unit’s finding from one that does not exist', async () => {
    const { json } = await office(`/api/assessments/${year}/findings?q=链接失效`)
    const other = String(json.items?.[0]?.findingId)
    sameRefusal(
      await editor(`/api/assessments/${year}/findings/${other}`),
      await editor(`/api/assessments/${year}/findings/nothing`),
    )
  })

  it('finds and counts only its own findings', async () => {
    const { json } = await editor(`/api/assessments/${year}/findings`)
    expect(json.items?.map(({ unit }) => unit)).toEqual(['市水务局'])
    expect(json.total).toBe(1)
    const counts = Object.values(json.counts as Record<string, number>)
    expect(counts.reduce((total, count) => total + count, 0)).toBe(1)
    const narrowed = await editor(`/api/assessments/${year}/findings?unit=${await unitId(db, '市林业局')}`)
    expect(narrowed.json.total).toBe(0)
  })

  it('learns neither the ranking nor the overview nor the workbook', async () => {
    const standings = await editor(`/api/assessments/${year}/standings`)
    expect([standings.status, standings.json.code]).toEqual([403, 'not-published'])
    const xlsx = await editor(`/api/assessments/${year}/standings.xlsx`)
    expect([xlsx.status, xlsx.json.code]).toEqual([403, 'not-published'])
    expect((await editor(`/api/assessments/${year}/overview`)).json.code).toBe('forbidden')
    expect((await editor(`/api/assessments/${year}/export.xlsx`)).json.code).toBe('forbidden')
  })

  it('learns neither groups, how many take part, nor the data’s version from the assessment', async () => {
    const list = await editor('/api/assessments')
    expect(list.json.items).toHaveLength(1)
    expect(list.json.items?.[0]?.groups).toEqual([])
    const { json } = await editor(`/api/assessments/${year}`)
    expect([json.groups, json.version]).toEqual([[], 0])
  })

  it('sees itself alone among the units', async () => {
    const { json } = await editor('/api/units')
    expect(json.items?.map(({ name }) => name)).toEqual(['市水务局'])
    expect(json.total).toBe(1)
  })

  it('gets the same ETag whatever happens to others', async () => {
    const path = `/api/assessments/${year}/units/water/scorecard`
    const before = (await editor(path)).headers.get('etag')
    await db.transaction().execute((trx) => touchAssessment(trx, year))
    expect((await editor(path)).headers.get('etag')).toBe(before)
    const again = await editor(path, { headers: { 'if-none-match': String(before) } })
    expect([again.status, again.text]).toEqual([304, ''])
  })
})

describe('other assessments', () => {
  it('of another assessing unit look as if they did not exist', async () => {
    const stranger = await test.as('stranger')
    expect((await stranger('/api/assessments')).json.total).toBe(0)
    for (const view of [
      '',
      '/standings',
      '/overview',
      '/findings',
      '/export.xlsx',
      '/units/water/scorecard',
    ]) {
      sameRefusal(
        await stranger(`/api/assessments/${year}${view}`),
        await stranger(`/api/assessments/nothing${view}`),
      )
    }
    const body = { kind: '专项督查', unitId: 'water', what: '测试', notifiedOn: '2017-05-01' }
    sameRefusal(
      await stranger(`/api/assessments/${year}/findings`, { body }),
      await stranger('/api/assessments/nothing/findings', { body }),
    )
    sameRefusal(
      await stranger(`/api/assessments/${year}`, { method: 'DELETE' }),
      await stranger('/api/assessments/nothing', { method: 'DELETE' }),
    )
  })
})

describe('once the results are published a unit', () => {
  it('sees the ranking and its rank', async () => {
    await publish(db, year, { asOf: '2018-02-10' })
    const { status, json } = await editor(`/api/assessments/${year}/standings`)
    expect([status, json.published]).toEqual([200, true])
    const card = await editor(`/api/assessments/${year}/units/water/scorecard`)
    expect(card.json.scorecard).toMatchObject({ rank: 1, rankedOf: 1 })
  })
})

describe('an agency', () => {
  it('sees and counts only findings of the kinds it provides', async () => {
    const agency = await test.as('agency')
    const { json } = await agency(`/api/assessments/${year}/findings`)
    expect(json.items?.map(({ kind }) => kind)).toEqual(['专项督查', '专项督查'])
    const overview = await agency(`/api/assessments/${year}/overview`)
    expect(overview.json).toMatchObject({ findings: { total: 2 }, windows: [], external: [] })
    expect((await agency(`/api/assessments/${year}/standings`)).json.code).toBe('forbidden')
    expect((await agency(`/api/assessments/${year}/units/water/scorecard`)).json.code).toBe('forbidden')
  })

  it('records its own kinds and no others', async () => {
    const agency = await test.as('agency')
    const finding = { unitId: 'water', what: '信息发布不及时', notifiedOn: '2018-02-10' }
    const own = await agency(`/api/assessments/${year}/findings`, { body: { ...finding, kind: '专项督查' } })
    expect(own.status).toBe(201)
    const other = await agency(`/api/assessments/${year}/findings`, {
      body: { ...finding, kind: '舆情回应' },
    })
    expect([other.status, other.json.code]).toEqual([403, 'kind-not-yours'])
    const { json } = await agency(`/api/assessments/${year}/findings/${String(own.json.id)}`)
    expect(json).toMatchObject({ number: own.json.number, chargedUnit: '市水务局', provider: '督查组' })
    expect(json.facts).toMatchObject([{ type: 'notified', on: '2018-02-10' }])
  })
})

describe('a leader', () => {
  it('sees every scorecard with rank and peers', async () => {
    const leader = await test.as('leader')
    const county = await unitId(db, '清河县政府')
    const { json } = await leader(`/api/assessments/${year}/units/${county}/scorecard`)
    expect(json.scorecard).toMatchObject({ composite: '90.00', rank: 1 })
    expect(json.peers).toHaveLength(4)
  })
})
