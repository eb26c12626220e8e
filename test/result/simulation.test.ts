import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Db } from '../../db/source.ts'
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
let office: Caller
let path: string

beforeEach(async () => {
  db = await openMemory()
  test = appOn(db)
  path = `/api/assessments/${await withYear(test)}`
  office = await test.as('office')
})
afterEach(() => db.destroy())

const people = ['office', 'leader', 'agency', 'editor', 'head', 'system'] as const

describe('what a simulation starts from', () => {
  it('is every ranking with the exact scores of its ranked units', async () => {
    const { json } = await office(`${path}/robustness-input`)
    expect(json.rankings).toMatchObject([
      { group: '县区', units: [{ scores: [expect.any(Number), expect.any(Number), expect.any(Number)] }] },
      { group: '市直部门', units: [{ unitId: 'water', weights: [3000, 4000, 3000] }] },
    ])
  })

  it('gives office and leader the facts, and nobody else', async () => {
    for (const person of people) {
      const caller = await test.as(person)
      const answers = [await caller(`${path}/facts`), await caller(`${path}/robustness-input`)]
      const seen = person === 'office' || person === 'leader'
      expect(answers.map(({ status }) => status)).toEqual(seen ? [200, 200] : [403, 403])
    }
    const { json } = await office(`${path}/facts`)
    expect(json.facts).toMatchObject({ participants: [{}, {}, {}], findings: [{}, {}, {}, {}] })
  })
})

describe('the ranking beside the year before', () => {
  it('tells last year’s rank, and none in a first year', async () => {
    expect((await office(`${path}/standings`)).json).toMatchObject({
      previousYear: null,
      standings: [{ previousRank: null }, { previousRank: null }, { previousRank: null }],
    })
    const { json } = await office('/api/assessments', {
      body: { name: '2018', year: 2018, preset: 'municipal' },
    })
    await office(`/api/assessments/${String(json.id)}/import`, { form: await workbookForm(nextCityYear) })
    const next = await office(`/api/assessments/${String(json.id)}/standings`)
    expect(next.json).toMatchObject({
      previousYear: 2017,
      standings: [
        { unit: '清河县政府', previousRank: 1 },
        { unit: '市水务局', previousRank: 1 },
        { unit: '市林业局', previousRank: null },
      ],
    })
  })
})
