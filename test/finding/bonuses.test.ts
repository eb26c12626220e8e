import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Db } from '../../db/source.ts'
import { presets } from '#assessment/presets/registry'
import {
  appOn,
  cityYear,
  openMemory,
  unitId,
  withAccounts,
  workbookForm,
  type Caller,
  type TestApp,
} from '../fixtures/app.ts'

let db: Db
let test: TestApp
let office: Caller
let path: string
let county: string

/** A year on the municipal rule with a bonus: at most 2 points, from a composite of 85. */
async function withBonusYear(): Promise<string> {
  await withAccounts(test)
  office = await test.as('office')
  const draft = await office('/api/schemes', { body: { preset: 'municipal', name: '带加分的办法' } })
  const bonus = { name: '加分', unlockedFrom: 8500, cap: 200, clause: '加分办法第一条' }
  const saved = await office(`/api/schemes/${String(draft.json.id)}`, {
    method: 'PUT',
    headers: { 'if-match': String(draft.headers.get('etag')) },
    body: { scheme: { ...presets.municipal, name: '带加分的办法', bonus } },
  })
  expect(saved.status, saved.text).toBe(200)
  const made = await office('/api/assessments', {
    body: { name: '年度考核', year: 2017, schemeId: String(draft.json.id) },
  })
  const at = `/api/assessments/${String(made.json.id)}`
  expect((await office(`${at}/import`, { form: await workbookForm(cityYear) })).status).toBe(200)
  return at
}

beforeEach(async () => {
  db = await openMemory()
  test = appOn(db)
  path = await withBonusYear()
  county = await unitId(db, '清河县政府')
})
afterEach(() => db.destroy())

const give = (points: number, unit = county, on?: string) =>
  office(`${path}/bonuses`, { body: { unitId: unit, points, what: '省级表彰', ...(on ? { on } : {}) } })
async function scored(unit = county): Promise<unknown> {
  const { json } = await office(`${path}/units/${unit}/scorecard`)
  const { composite, bonus } = json.scorecard as { composite: string; bonus: string }
  return [composite, bonus]
}

describe('bonus points', () => {
  it('are added to a composite that reached the mark, up to the cap, and stay listed with reason and day', async () => {
    expect(await scored()).toEqual(['90.00', '0.00'])
    await give(150)
    expect(await scored()).toEqual(['91.50', '1.50'])
    await give(100)
    expect(await scored()).toEqual(['92.00', '2.00'])
    const { json } = await office(`${path}/bonuses?unit=${county}`)
    expect(json.items).toMatchObject([
      { points: 100, what: '省级表彰', on: '2018-02-10', reversed: null },
      { points: 150 },
    ])
  })

  it('taken back count no more, and the entry tells when and why', async () => {
    const { json } = await give(150)
    const back = await office(`${path}/bonuses/${String(json.id)}/reverse`, { body: { reason: '重复登记' } })
    expect(back.status).toBe(201)
    expect(await scored()).toEqual(['90.00', '0.00'])
    const list = await office(`${path}/bonuses`)
    expect(list.json.items).toMatchObject([
      { points: 150, reversed: { on: '2018-02-10', reason: '重复登记', by: 'office' } },
    ])
    const again = await office(`${path}/bonuses/${String(json.id)}/reverse`, { body: { reason: '再来' } })
    expect([again.status, again.json.code]).toEqual([409, 'bonus-reversed'])
  })

  it('are refused for a unit that does not take part, for tomorrow, and where the rule knows none', async () => {
    expect((await give(100, 'nobody')).json.code).toBe('unknown-unit')
    expect((await give(100, county, '2018-02-11')).json.code).toBe('fact-in-future')
    expect((await give(0)).status).toBe(400)
    const plain = await office('/api/assessments', {
      body: { name: '无加分', year: 2018, preset: 'municipal' },
    })
    const refused = await office(`/api/assessments/${String(plain.json.id)}/bonuses`, {
      body: { unitId: county, points: 100, what: '省级表彰' },
    })
    expect([refused.status, refused.json.code]).toEqual([409, 'no-bonus-rule'])
  })

  it('a unit sees its own only', async () => {
    await give(100)
    await give(50, await unitId(db, '市水务局'))
    const { json } = await (await test.as('head'))(`${path}/bonuses`)
    expect(json.items).toMatchObject([{ points: 50 }])
    expect(json.total).toBe(1)
  })
})
