import { afterEach, beforeEach, expect, it } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Db } from '../../db/source.ts'
import { loadFacts } from '../../db/facts.ts'
import {
  appOn,
  openMemory,
  unitId,
  withAccounts,
  workbookForm,
  type Caller,
  type TestApp,
} from '../fixtures/app.ts'
import { workbookOf } from '../fixtures/workbooks.ts'

let db: Db
let test: TestApp
let office: Caller
let path: string
let id: string
let dataDir: string
const component = '网站'

/** An evaluation in two halves, out of 150 for counties. */
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'marks-by-window-'))
  db = await openMemory()
  test = appOn(db, null, dataDir)
  await withAccounts(test)
  office = await test.as('office')
  const created = await office('/api/assessments', {
    body: { name: '年度', year: 2017, preset: 'municipal' },
  })
  id = String(created.json.id)
  path = `/api/assessments/${id}`
  const imported = await office(`${path}/import`, {
    form: await workbookForm({
      考核办法: [
        ['部分', '方式', '权重', '满分', '分组'],
        [component, '外部评分', 100, 100, null],
        [component, null, null, 150, '县区'],
      ],
      周期: [
        ['部分', '周期', '止月', '止日'],
        [component, '上半年', 6, 30],
        [component, '下半年', 12, 31],
      ],
      考核对象: [
        ['单位', '分组'],
        ['清河县政府', '县区'],
        ['市水务局', '市直部门'],
      ],
    }),
  })
  expect(imported.status, imported.text).toBe(200)
  const registered = await office(`${path}/commissions`, {
    body: {
      component,
      evaluator: '评估中心',
      procurementNumber: null,
      startsOn: '2017-03-01',
      endsOn: '2018-01-31',
      contractId: null,
    },
  })
  expect(registered.status, registered.text).toBe(201)
})
afterEach(async () => {
  await db.destroy()
  rmSync(dataDir, { recursive: true, force: true })
})

const mapping = JSON.stringify({
  sheet: '得分',
  headerRow: 1,
  unit: 0,
  total: { column: 1, full: '100' },
  dimensions: [],
  holds: null,
  names: [],
})
async function form(rows: readonly (readonly [string, number | string])[], window: string | null) {
  const bytes = await workbookOf({ 得分: [['单位', '得分'], ...rows] })
  const body = new FormData()
  body.set('file', new File([bytes], '得分.xlsx'))
  for (const [key, value] of Object.entries({ component, mapping, reason: '更正' })) body.set(key, value)
  if (window !== null) body.set('window', window)
  return body
}
async function take(rows: readonly (readonly [string, number | string])[], window: string | null) {
  const preview = await office(`${path}/third-party/preview`, { form: await form(rows, window) })
  return office(`${path}/third-party/batches`, {
    form: await form(rows, window),
    headers: { 'if-match': String(preview.json.etag) },
  })
}

it('a file brings marks of one window, and replaces no other window’s', async () => {
  for (const [window, county] of [
    ['H1', 90],
    ['H2', 80],
  ] as const) {
    const taken = await take(
      [
        ['清河县政府', county],
        ['市水务局', 70],
      ],
      window,
    )
    expect(taken.status, taken.text).toBe(201)
  }
  const { json } = await office(`${path}/third-party/batches`)
  expect(json.items).toMatchObject([
    { window: 'H2', counts: true, supersedes: null },
    { window: 'H1', counts: true, supersedes: null },
  ])
  const county = await unitId(db, '清河县政府')
  const facts = await loadFacts(db, id)
  // 90 and 80 of 100 are 135 and 120 of the county's 150.
  expect(facts.external.filter((mark) => mark.unitId === county)).toMatchObject([
    { window: 'H1', marks: '135' },
    { window: 'H2', marks: '120' },
  ])
  const { json: ranking } = await office(`${path}/standings?asOf=2018-02-10`)
  expect(ranking.standings).toMatchObject([{ composite: '85.00' }, { composite: '70.00' }])
})

it('不适用 leaves a unit’s window out', async () => {
  await take(
    [
      ['清河县政府', '不适用'],
      ['市水务局', 70],
    ],
    'H1',
  )
  await take(
    [
      ['清河县政府', 80],
      ['市水务局', 70],
    ],
    'H2',
  )
  const { json } = await office(`${path}/standings?asOf=2018-02-10`)
  expect(json.standings).toMatchObject([{ composite: '80.00' }, { composite: '70.00' }])
})

it('marks for no window, or for one that there is none, are refused', async () => {
  for (const window of [null, 'H3']) {
    const { status, json } = await office(`${path}/third-party/preview`, {
      form: await form([['清河县政府', 90]], window),
    })
    expect([status, json.code]).toEqual([422, 'no-such-window'])
  }
})
