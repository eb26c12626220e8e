import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Db } from '../../db/source.ts'
import { presets } from '#assessment/presets/registry'
import type { Scheme } from '#assessment/rule/scheme'
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

/** The municipal rule with gains of the total: at most 2 points, for a composite of at least 85; two severities of a problem. */
const scheme: Scheme = {
  ...presets.municipal,
  name: '带加分的办法',
  components: presets.municipal.components.map((component) =>
    component.method === 'deductions'
      ? {
          ...component,
          kinds: component.kinds.map((kind) => ({
            ...kind,
            provider: null,
            severities: [
              { key: 'usual', name: '一般', points: 150 },
              { key: 'grave', name: '严重', points: 400 },
            ],
          })),
        }
      : component,
  ),
  adjustments: {
    areas: [],
    kinds: [
      {
        key: 'award',
        name: '表彰',
        effect: 'gain',
        severities: [
          { key: 'province', name: '省级', points: 150 },
          { key: 'city', name: '市级', points: 100 },
        ],
        trigger: 'if-not-rectified',
        provider: null,
        rectifyWithin: { days: 15, count: 'working' },
        area: null,
        cap: null,
        chargedUpward: false,
        vetoes: [],
        monitorRules: [],
        clause: '加分办法第一条',
      },
    ],
    gainCap: 200,
    unlock: { from: 8500, inclusive: true },
    clause: '',
  },
}

async function withGains(): Promise<string> {
  await withAccounts(test)
  office = await test.as('office')
  const draft = await office('/api/schemes', { body: { preset: 'municipal', name: scheme.name } })
  const saved = await office(`/api/schemes/${String(draft.json.id)}`, {
    method: 'PUT',
    headers: { 'if-match': String(draft.headers.get('etag')) },
    body: { scheme },
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
  path = await withGains()
  county = await unitId(db, '清河县政府')
})
afterEach(() => db.destroy())

const record = (body: object) =>
  office(`${path}/findings`, { body: { notifiedOn: '2018-02-10', allowDuplicate: true, ...body } })
const give = (severity: string | undefined, unit = county, more: object = {}) =>
  record({ kind: 'award', what: '省级表彰', unitId: unit, ...(severity ? { severity } : {}), ...more })
async function scored(name = '清河县政府'): Promise<unknown> {
  const { json } = await office(`${path}/standings?asOf=2018-02-10`)
  const row = (json.standings as { unit: string; composite: string; adjustment: string }[]).find(
    ({ unit }) => unit === name,
  )
  return [row?.composite, row?.adjustment]
}
const listed = async (query = '', caller: Caller = office) =>
  (await caller(`${path}/findings?kind=award&asOf=2018-02-10${query}`)).json.items

describe('achievements', () => {
  it('are added to a composite that reached the mark, up to the cap, by the severity chosen', async () => {
    expect(await scored()).toEqual(['90.00', '+0.00'])
    await give('city')
    expect(await scored()).toEqual(['91.00', '+1.00'])
    await give(undefined)
    expect(await scored()).toEqual(['92.00', '+2.00'])
    expect(await listed('&sort=number')).toMatchObject([
      {
        what: '省级表彰',
        severity: '市级',
        points: 100,
        status: 'gained',
        countsOn: '2018-02-10',
        effect: 'gain',
      },
      { severity: '省级', points: 150, status: 'gained' },
    ])
  })

  it('have nothing to rectify: no deadline is set', async () => {
    const { json } = await give('city')
    const { json: detail } = await office(`${path}/findings/${String(json.id)}?asOf=2018-02-10`)
    expect(detail.facts).toMatchObject([{ type: 'notified', deadline: null }])
  })

  it('entered in error count no more', async () => {
    const { json } = await give('city')
    const at = `${path}/findings/${String(json.id)}`
    const etag = String((await office(at)).headers.get('etag'))
    const body = { type: 'reversed', reason: '重复登记' }
    expect((await office(`${at}/facts`, { body, headers: { 'if-match': etag } })).status).toBe(201)
    expect(await scored()).toEqual(['90.00', '+0.00'])
    expect(await listed()).toMatchObject([{ status: 'reversed', points: 0 }])
  })

  it('are refused for a unit that does not take part, for tomorrow, and under a severity that there is none', async () => {
    expect((await give('city', 'nobody')).json.code).toBe('unknown-unit')
    expect((await give('city', county, { notifiedOn: '2018-02-11' })).json.code).toBe('notice-in-future')
    expect((await give('country')).json.code).toBe('unknown-severity')
    const school = await unitId(db, '清河县教育局')
    expect((await give('city', school)).json.code).toBe('unit-not-charged')
  })

  it('of other units a unit does not see', async () => {
    await give('city')
    await give('province', await unitId(db, '市水务局'))
    expect(await listed('', await test.as('head'))).toMatchObject([{ unit: '市水务局', severity: '省级' }])
  })
})

describe('a problem', () => {
  it('costs what its severity says, the usual one where none is chosen', async () => {
    const problem = { kind: '舆情回应', what: '回应不及时', unitId: county }
    await record(problem)
    expect(await scored()).toEqual(['89.55', '+0.00'])
    await record({ ...problem, severity: 'grave' })
    expect(await scored()).toEqual(['88.35', '+0.00'])
  })

  it('comes under a severity from a pasted table as from a form', async () => {
    const text = [
      '单位\t扣分类别\t档次\t事由\t通知日期',
      '清河县政府\t舆情回应\t严重\t回应不及时\t2018-02-10',
    ].join('\n')
    const before = await office(`${path}/findings/batch?dryRun=1`, { body: { text } })
    expect(before.json.rows).toMatchObject([{ kind: '舆情回应', severity: '严重', points: -400 }])
    const batch = await office(`${path}/findings/batch`, { body: { text } })
    expect(batch.status, batch.text).toBe(201)
    expect(await scored()).toEqual(['88.80', '+0.00'])
  })

  it('pasted without its day of notice is refused', async () => {
    const text = ['单位\t扣分类别\t事由\t通知日期', '清河县政府\t舆情回应\t回应不及时\t'].join('\n')
    const { json } = await office(`${path}/findings/batch?dryRun=1`, { body: { text } })
    expect(json.rows).toMatchObject([{ outcome: 'error', code: 'notice-missing' }])
  })
})
