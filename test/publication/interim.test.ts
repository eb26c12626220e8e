import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appOn, openMemory, unitId, withYear, type Caller } from '../fixtures/app.ts'
import { textsOfHtml } from '../fixtures/documents.ts'
import { verifyPublication } from '../../server/frozen-results.ts'

/* 阶段成绩: on 1 July 2017 nothing is verified for the second half, and no third party has given marks. */
const test = appOn(await openMemory())
let path: string
let office: Caller
let leader: Caller
let head: Caller
let water: string
const asOf = '2017-07-01'
beforeAll(async () => {
  path = `/api/assessments/${await withYear(test)}`
  office = await test.as('office')
  leader = await test.as('leader')
  head = await test.as('head')
  water = await unitId(test.db, '市水务局')
})
afterAll(() => test.db.destroy())

const standingsOf = async (caller: Caller, query: string) => (await caller(`${path}/standings?${query}`)).json

describe('results so far', () => {
  it('stand with their basis beside them, without grades, before the year is known', async () => {
    const { standings, interim } = await standingsOf(office, `asOf=${asOf}&interim=1`)
    expect(interim).toEqual({
      县区: { basis: ['平时考核', '自我考核·上半年', '第三方评估'], share: '100.00' },
      市直部门: { basis: ['平时考核', '自我考核·上半年', '第三方评估'], share: '100.00' },
    })
    for (const row of standings as { grade: null; composite: string | null; unit: string }[])
      expect([row.unit, row.grade]).toEqual([row.unit, null])
    const result = await standingsOf(office, `asOf=${asOf}`)
    expect(result.interim).toBeNull()
    const { json: view } = await leader(`${path}/insight?asOf=${asOf}&interim=1`)
    expect([view.interim, view.previous]).toEqual([interim, null])
    expect((await leader(`${path}/insight?asOf=${asOf}`)).json.interim).toBeNull()
  })

  it('are seen by a unit of itself alone, without rank, until they are published', async () => {
    const own = await head(`${path}/units/${water}/scorecard?interim=1&asOf=${asOf}`)
    expect(own.json).toMatchObject({
      scorecard: { unit: '市水务局', rank: null, rankedOf: 0, grade: null },
      interim: { basis: expect.arrayContaining(['平时考核']) as unknown },
      peers: null,
    })
    expect((await head(`${path}/standings?interim=1`)).json.code).toBe('not-published')
  })
})

interface WallTold {
  readonly results: {
    readonly interim: unknown
    readonly grades: unknown[]
    readonly table: {
      readonly groups: { readonly full: string; readonly units: { composite: string; grade: null }[] }[]
      readonly previousYear: null
    }
  } | null
}
/** What a screen with a link to the wall shows. */
async function wallOf(): Promise<WallTold['results']> {
  const link = await office(`${path}/wall-links`, { body: { name: '大厅', hours: 1 } })
  const { json } = await test.anyone(`/api${String(link.json.path)}`)
  return (json as unknown as WallTold).results
}

describe('a quarterly circular', () => {
  let publication: string
  it('is what a wall waits for', async () => {
    expect(await wallOf()).toBeNull()
  })
  it('is prepared by one person and approved by another, and closes nothing', async () => {
    const prepared = await office(`${path}/publications`, { body: { asOf, interim: true } })
    expect([prepared.status, prepared.json.kind]).toEqual([201, 'interim'])
    publication = String(prepared.json.id)
    const own = await office(`${path}/publications/${publication}/steps`, { body: { type: 'approved' } })
    expect(own.status).toBe(403)
    const approved = await leader(`${path}/publications/${publication}/steps`, { body: { type: 'approved' } })
    expect([approved.status, approved.json.current]).toEqual([200, true])
    const { json } = await office(path)
    expect(json.stage).toBe('open')
  })

  it('says what it rests on, in its text and its table, and names no grade', async () => {
    const { json } = await office(`${path}/publications/${publication}/circular`)
    const text = textsOfHtml(String(json.html)).join('\n')
    expect(text).toContain('阶段成绩的通报')
    expect(text).toContain('计入平时考核、自我考核·上半年、第三方评估，共占100%')
    expect(text).toContain('90.00分及以上的：')
    expect(text).not.toContain('等次待定')
  })

  it('makes the interim ranking known, as the scheme says, and the year’s not', async () => {
    const { standings, asOf: day, interim } = await standingsOf(head, 'interim=1')
    expect([day, (standings as unknown[]).length > 1, interim !== null]).toEqual([asOf, true, true])
    expect((await head(`${path}/standings`)).json.code).toBe('not-published')
    const own = await head(`${path}/units/${water}/scorecard?interim=1`)
    expect(own.json).toMatchObject({ scorecard: { rank: 1 } })
  })

  it('is on the wall with its basis, without grades and without last year', async () => {
    const shown = await wallOf()
    expect(shown?.interim).toMatchObject({ 县区: { share: '100.00' } })
    expect(shown?.grades).toEqual([])
    expect(shown?.table.previousYear).toBeNull()
    const units = shown?.table.groups.flatMap((group) => group.units) ?? []
    expect(units.map(({ grade }) => grade)).toEqual(units.map(() => null))
    expect(units.some(({ composite }) => composite !== null)).toBe(true)
    expect(shown?.table.groups.map(({ full }) => full)).toEqual(['100.00', '100.00'])
  })

  it('verifies like any publication', async () => {
    const row = await test.db.selectFrom('publications').selectAll().executeTakeFirstOrThrow()
    expect(await verifyPublication(test.db, row)).toMatchObject({
      bodyHolds: true,
      digestsHold: true,
      rederived: true,
      differences: [],
    })
  })

  it('of another day stands beside it; of the same day replaces it with a reason', async () => {
    const again = await office(`${path}/publications`, { body: { asOf, interim: true } })
    expect(again.json.code).toBe('reason-required')
    const later = await office(`${path}/publications`, { body: { asOf: '2017-10-01', interim: true } })
    expect([later.status, later.json.supersedes]).toEqual([201, null])
  })
})
