import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Db } from '../../db/source.ts'
import { appOn, openMemory, workbookForm, withYear, type Caller, type TestApp } from '../fixtures/app.ts'
import { day } from '../fixtures/workbooks.ts'

let db: Db
let test: TestApp
let year: string
let agency: Caller

beforeEach(async () => {
  db = await openMemory()
  test = appOn(db)
  year = await withYear(test)
  agency = await test.as('agency')
})
afterEach(() => db.destroy())

const at = (rest: string) => `/api/assessments/${year}${rest}`
const body = {
  kind: '专项督查',
  unitId: 'water',
  what: '栏目长期未更新',
  notifiedOn: '2018-02-01',
  reason: '补登',
}
const record = (more: object = {}) => agency(at('/findings'), { body: { ...body, ...more } })

describe('recording', () => {
  it('is refused where a similar finding stands, and names it', async () => {
    const first = await record()
    const again = await record({ what: '栏目长期没有更新', notifiedOn: '2018-02-08' })
    expect([again.status, again.json.code]).toEqual([409, 'finding-duplicate'])
    expect(again.json.similar).toMatchObject([{ number: first.json.number, unit: '市水务局' }])
    const asked = await agency(at('/findings/duplicates'), { body })
    expect(asked.json.items).toHaveLength(1)
    expect((await record({ allowDuplicate: true })).status).toBe(201)
  })

  it('at many units makes one finding each, or none', async () => {
    const { json } = await (await test.as('office'))('/api/units?size=100')
    const ids = (json.items ?? []).flatMap(({ id, name }) =>
      ['市水务局', '市林业局', '清河县教育局'].includes(String(name)) ? [String(id)] : [],
    )
    const many = await record({ unitId: undefined, unitIds: ids })
    expect(many.json.findings).toHaveLength(3)
    const before = (await agency(at('/findings'))).json.total
    const some = await record({ unitIds: [...ids, 'elsewhere'], what: '另一件事' })
    expect([some.status, some.json.code]).toEqual([422, 'unit-not-charged'])
    expect((await agency(at('/findings'))).json.total).toBe(before)
  })

  it('asks why a deadline is not the usual one', async () => {
    expect((await record({ deadline: '2018-02-20' })).json.code).toBe('deadline-reason-required')
    const { json } = await record({ deadline: '2018-02-20', deadlineReason: '上级要求' })
    const detail = await agency(at(`/findings/${String(json.id)}`))
    expect(detail.json).toMatchObject({ deadline: '2018-02-20', facts: [{ reason: '补登；上级要求' }] })
  })

  it('flags a deadline in a year whose holidays are not announced', async () => {
    test.clock.now = new Date('2026-12-30T02:00:00Z')
    agency = await test.as('agency')
    const { json } = await record({ notifiedOn: '2026-12-30' })
    const detail = await agency(at(`/findings/${String(json.id)}`))
    expect(detail.json).toMatchObject({ provisional: true, deadline: '2027-01-20' })
  })
})

describe('a batch', () => {
  const header = '单位\t扣分类别\t事由\t通知日期\t整改期限\n'
  const rows = '市水务局\t专项督查\t"指南\n过期"\t2018/2/1\n市林业局\t专项督查\t目录为空\t2018年2月2日\n'
  const batch = (text: string, query = '') =>
    agency(at(`/findings/batch${query}`), { body: { text, reason: '补登' } })

  it('is recorded from pasted text, with a header or without', async () => {
    const dry = await batch(header + rows, '?dryRun=1')
    expect(dry.json).toMatchObject({ counts: { new: 2, duplicate: 0, error: 0 }, committed: false })
    expect((await agency(at('/findings'))).json.total).toBe(2)
    const done = await batch(rows)
    expect([done.status, done.json.committed]).toEqual([201, true])
    expect(done.json.rows).toMatchObject([
      { what: '指南\n过期', notifiedOn: '2018-02-01' },
      { unit: '市林业局' },
    ])
    const twice = await batch(header + rows)
    expect([twice.status, twice.json.code]).toEqual([422, 'batch-invalid'])
    expect(twice.json.errors).toMatchObject([{ code: 'finding-duplicate' }, { code: 'finding-duplicate' }])
  })

  it('tells every wrong row where it is, and records none', async () => {
    const text = [
      '无此局\t专项督查\t甲\t2018-02-01',
      '市水务局\t舆情回应\t乙\t2018-02-01',
      '市水务局\t专项督查\t丙\t昨天',
      '市水务局\t专项督查\t丁\t2018-03-01',
      '市水务局\t专项督查\t戊\t2018-02-01',
      '市水务局\t专项督查\t己\t2018-02-01\t\t2018-02-03\t通过',
    ].join('\n')
    const { json } = await batch(header.replace('\n', '\t整改日期\t核查结果\n') + text, '?dryRun=1')
    const told = (json.rows as { row: number; code?: string }[]).map(({ row, code }) => [row, code])
    expect(told).toEqual([
      [2, 'unknown-unit'],
      [3, 'kind-not-yours'],
      [4, 'not-a-day'],
      [5, 'notice-in-future'],
      [6, undefined],
      [7, 'batch-course'],
    ])
    expect((await batch(header + text)).status).toBe(422)
    expect((await agency(at('/findings'))).json.total).toBe(2)
    expect((await batch('')).json.code).toBe('batch-empty')
  })

  it('is recorded from the ledger sheet of a workbook', async () => {
    const form = await workbookForm({
      平时考核台账: [
        ['单位', '扣分类别', '事由', '通知日期'],
        ['市水务局', '专项督查', '年度报告缺项', day('2018-02-05')],
      ],
    })
    const { status, json } = await agency(at('/findings/batch'), { form })
    expect([status, json.committed]).toEqual([201, true])
    const none = await agency(at('/findings/batch?dryRun=1'), {
      form: await workbookForm({ 别的: [['甲'], ['乙']] }),
    })
    expect(none.json).toMatchObject({ counts: { error: 1 }, rows: [{ code: 'missing-sheet' }] })
  })
})

describe('what waits', () => {
  const typesOf = async (username: string) =>
    ((await (await test.as(username))('/api/inbox')).json.items ?? []).map(({ type, findingId }) => [
      type,
      findingId,
    ])

  it('goes from person to person as it is done', async () => {
    const before = { editor: await typesOf('editor'), agency: await typesOf('agency') }
    const { json } = await record({ notifiedOn: '2018-02-09' })
    const id = String(json.id)
    const mine = async (username: string) => (await typesOf(username)).filter(([, of]) => of === id)
    const take = async (username: string, version: number, fact: object) =>
      (await test.as(username))(at(`/findings/${id}/facts`), {
        body: fact,
        headers: { 'if-match': `"${version}"` },
      })
    expect(await mine('editor')).toEqual([['rectify', id]])
    expect(await mine('head')).toEqual([
      ['appeal', id],
      ['rectify', id],
    ])
    expect(await mine('agency')).toEqual([])
    await take('editor', 1, { type: 'submitted' })
    expect(await mine('editor')).toEqual([])
    expect(await mine('agency')).toEqual([['review', id]])
    await take('agency', 2, { type: 'rejected', reason: '不符' })
    expect(await mine('agency')).toEqual([])
    expect(await mine('editor')).toEqual([['rectify-again', id]])
    await take('head', 3, { type: 'appealed', reason: '有误' })
    expect(await mine('office')).toEqual([['decide', id]])
    expect(await mine('leader')).toEqual([])
    const { json: inbox } = await (await test.as('office'))('/api/inbox')
    expect(inbox.items?.find(({ findingId }) => findingId === id)).toMatchObject({
      worth: '0.45',
      daysLeft: 5,
      rank: { from: 1, to: 1 },
    })
    await take('office', 4, { type: 'decided', outcome: 'upheld', reason: '属实' })
    expect(await mine('office')).toEqual([])
    test.clock.now = new Date('2018-03-06T02:00:00Z')
    expect(await mine('editor')).toEqual([['rectify-again', id]])
    test.clock.now = new Date('2018-03-12T02:00:00Z')
    // Lost for good: nothing that one does wins it back.
    expect(await mine('editor')).toEqual([])
    expect(before.editor.length + before.agency.length).toBeGreaterThan(0)
  })

  it('shows overdue and due soon with days left and cost, ranks only to the office', async () => {
    await record({ notifiedOn: '2018-01-10' })
    const office = await (await test.as('office'))(at('/due'))
    const [first] = office.json.items ?? []
    expect(office.json.counts).toMatchObject({ overdue: 2 })
    expect(first).toMatchObject({ type: 'overdue', unit: '市林业局' })
    expect(office.json.items?.[1]).toMatchObject({
      daysLeft: -7,
      worth: '0.45',
      whatIf: { charged: { from: { composite: '89.55', rank: 1 }, to: { composite: '90.00', rank: 1 } } },
    })
    const editor = await (await test.as('editor'))(at('/due'))
    expect(editor.json.items).toMatchObject([{ whatIf: { charged: { from: { rank: null } }, moved: [] } }])
    expect((await agency(at('/due'))).json.items?.[0]?.whatIf).toBeNull()
    const earlier = await (await test.as('office'))(at('/due?asOf=2018-01-30&type=due-soon'))
    expect(earlier.json.items).toMatchObject([{ daysLeft: 1, status: 'open' }])
  })
})
