import type { Publicity } from '#assessment/rule/scheme'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Db } from '../../db/source.ts'
import { appOn, openMemory, unitId, withYear, type TestApp } from '../fixtures/app.ts'
import { publish } from '../fixtures/published.ts'

let db: Db
let test: TestApp
let year: string

beforeEach(async () => {
  db = await openMemory()
  test = appOn(db)
  year = await withYear(test)
})
afterEach(() => db.destroy())

const ask = async (who: string, unit = 'water') =>
  (await test.as(who))(`/api/assessments/${year}/units/${unit}/leave-one-out`)
const publishWith = (publicity: Publicity) => publish(db, year, { publicity, asOf: '2018-02-10' })

describe('what each item does to rank', () => {
  it('is for office and leader at once, with the rank without it', async () => {
    for (const who of ['office', 'leader']) {
      const { status, json } = await ask(who)
      expect(status).toBe(200)
      expect(json.effects).toMatchObject({ now: { rank: expect.any(Number) }, omitted: 0 })
    }
  })

  it('is null for a unit that is pending, and 404 for one that takes no part', async () => {
    expect((await ask('office', await unitId(db, '市林业局'))).json.effects).toBeNull()
    expect((await ask('office', 'inspectors')).status).toBe(404)
    expect((await ask('stranger')).status).toBe(404)
  })

  it('is for the unit itself once published, and never for another', async () => {
    expect((await ask('head')).json.code).toBe('not-published')
    await publishWith('full-table')
    expect((await ask('head')).json.effects).toMatchObject({ now: { composite: expect.any(String) } })
    const county = await unitId(db, '清河县政府')
    expect((await ask('head', county)).status).toBe(404)
  })

  it('keeps today’s ranks from units: theirs is the one published', async () => {
    await publishWith('full-table')
    const { json } = await ask('head')
    expect(json.effects).toMatchObject({ now: { rank: null, composite: expect.any(String) } })
    expect(JSON.stringify(json)).not.toMatch(/"(rank|placesGained)":-?\d/)
    expect(JSON.stringify((await ask('office')).json)).toMatch(/"rank":\d/)
  })

  it('is refused to those who see no scorecard', async () => {
    for (const who of ['agency', 'system', 'security', 'audit']) expect((await ask(who)).status).toBe(403)
  })
})
