import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Db } from '../../db/source.ts'
import { loadFacts } from '../../db/facts.ts'
import { appOn, openMemory, withAccounts, workbookForm, type Caller, type TestApp } from '../fixtures/app.ts'

let db: Db
let test: TestApp
let office: Caller
let id: string

const place = { component: '自查', window: 'H1' }
const rate = '办结率'

/** A leaf by rate and one that is free, both waiting for their verifier. */
beforeEach(async () => {
  db = await openMemory()
  test = appOn(db)
  await withAccounts(test)
  office = await test.as('office')
  const created = await office('/api/assessments', {
    body: { name: '年度', year: 2017, preset: 'municipal' },
  })
  id = String(created.json.id)
  const imported = await office(`/api/assessments/${id}/import`, {
    form: await workbookForm({
      考核办法: [
        ['部分', '方式', '权重'],
        ['自查', '核查得分', 100],
      ],
      指标体系: [
        ['部分', '一级指标', '满分', '计分方式', '计分参数'],
        ['自查', rate, 25, '比率', '98；3；1；0'],
        ['自查', '制度', 10, null, null],
      ],
      考核对象: [
        ['单位', '分组'],
        ['市水务局', '市直部门'],
      ],
      自查: [
        ['单位', '周期', '指标', '满分', '核查分'],
        ['市水务局', '上半年', rate, 25, null],
        ['市水务局', '上半年', '制度', 10, null],
      ],
    }),
  })
  expect(imported.status, imported.text).toBe(200)
})
afterEach(() => db.destroy())

interface Item {
  readonly unitId: string
  readonly leaf: string
  readonly etag: string
  readonly scale: { readonly type: string }
  readonly verified: { readonly marks: string | null; readonly observation: string | null } | null
}
const items = async (): Promise<Item[]> =>
  (await office(`/api/assessments/${id}/verification/marks?component=自查&window=H1&size=500`)).json
    .items as unknown as Item[]
async function verify(leaf: string, body: object) {
  const item = (await items()).find((each) => each.leaf === leaf) as Item
  return office(`/api/assessments/${id}/verification/mark`, {
    method: 'PUT',
    body: { ...place, unitId: item.unitId, leaf, marks: null, ...body },
    headers: { 'if-match': item.etag },
  })
}
const recorded = async (leaf: string) =>
  (await loadFacts(db, id)).verified.findLast((mark) => mark.leaf === leaf)

it('tells the verifier how each leaf is scored', async () => {
  expect((await items()).map(({ leaf, scale }) => [leaf, scale.type])).toEqual([
    [rate, 'rate'],
    ['制度', 'free'],
  ])
})

it('marks follow exactly from what was observed, shown with four decimals, without a reason', async () => {
  const answer = await verify(rate, { observation: '97' })
  expect(answer.status, answer.text).toBe(200)
  expect((await items())[0]?.verified).toMatchObject({ marks: '24.6667', observation: '97' })
  expect(await recorded(rate)).toMatchObject({ marks: null, observation: '97' })
  expect((await verify('制度', { marks: '10', reason: '核实' })).status).toBe(200)
  const { json } = await office(`/api/assessments/${id}/standings?asOf=2017-12-31`)
  // The other half is still to come.
  expect(json.standings).toMatchObject([{ composite: null }])
})

it('a mark that departs from the observation needs a reason, and then counts', async () => {
  const bare = await verify(rate, { observation: '97', marks: '20' })
  expect([bare.status, bare.json.code]).toEqual([422, 'mark-reason-required'])
  const explained = await verify(rate, { observation: '97', marks: '20', reason: '样本不足' })
  expect(explained.status, explained.text).toBe(200)
  expect(await recorded(rate)).toMatchObject({ marks: '20', observation: '97' })
})

it('what the scale cannot read is refused', async () => {
  const answer = await verify(rate, { observation: '较好' })
  expect([answer.status, answer.json.code]).toEqual([422, 'observation-unreadable'])
})

it('nobody gives marks that follow from an observation without one, nor accepts what was claimed in its place', async () => {
  for (const body of [{ marks: '20' }, { marks: '20', reason: '抽查' }]) {
    const answer = await verify(rate, body)
    expect([answer.status, answer.json.code]).toEqual([422, 'observation-required'])
  }
  const claim = {
    assessmentId: id,
    component: (await recorded(rate))?.component ?? '',
    windowKey: 'H1',
    unitId: (await items())[0]?.unitId ?? '',
    recordedBy: null,
    recordedAt: '2017-07-10T02:00:00Z',
  }
  await db
    .insertInto('claims')
    .values([
      { id: 'c1', ...claim, leaf: rate, marks: '25', note: null },
      { id: 'c2', ...claim, leaf: '制度', marks: '9', note: null },
    ])
    .execute()
  const listed = (await items()).map(({ unitId, leaf, etag }) => ({ unitId, leaf, etag }))
  const { json } = await office(`/api/assessments/${id}/verification/acceptance`, {
    body: { ...place, items: listed },
  })
  expect(json).toMatchObject({ accepted: 1, left: [{ leaf: rate }] })
  expect((await verify(rate, { notApplicable: true, reason: '无此事项' })).status).toBe(200)
})
