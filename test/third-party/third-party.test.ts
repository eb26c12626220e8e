import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Db } from '../../db/source.ts'
import { readBook } from '../../server/jobs/read-workbook.ts'
import { purgeStaged } from '../../server/evidence/upkeep.ts'
import { appOn, openMemory, withYear, type Answer, type Caller, type TestApp } from '../fixtures/app.ts'
import { workbookOf, type Sheets } from '../fixtures/workbooks.ts'

let db: Db
let test: TestApp
let office: Caller
let path: string
let dataDir: string

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'third-party-'))
  db = await openMemory()
  test = appOn(db, null, dataDir)
  path = `/api/assessments/${await withYear(test)}`
  office = await test.as('office')
})
afterEach(async () => {
  await db.destroy()
  rmSync(dataDir, { recursive: true, force: true })
})

const component = 'third-party'
const commission = {
  component,
  evaluator: '华清评估中心',
  procurementNumber: 'YZ-2017-118',
  startsOn: '2017-10-01',
  endsOn: '2018-01-31',
  contractId: null,
}
const register = (body: object = commission) => office(`${path}/commissions`, { body })

const marks = (rows: readonly (readonly [string, number | null])[]): Sheets => ({
  评估得分: [
    ['第三方评估得分汇总'],
    ['序号', '被评估单位', '', '总得分（满分120分）'],
    ...rows.map(([name, mark], index) => [index + 1, name, '', mark]),
  ],
})
const first = marks([
  ['清河县政府', 100.2],
  ['市水务局', 96],
  ['市林业局', 90],
])

async function form(sheets: Sheets | Buffer, fields: Record<string, string> = {}, name = '得分.xlsx') {
  const body = new FormData()
  const bytes = Buffer.isBuffer(sheets) ? sheets : await workbookOf(sheets)
  body.set('file', new File([new Uint8Array(bytes)], name))
  for (const [key, value] of Object.entries({ component, ...fields })) body.set(key, value)
  return body
}
const read = async (sheets: Sheets | Buffer, caller = office, name?: string) =>
  caller(`${path}/third-party/file`, { form: await form(sheets, {}, name) })
const preview = async (sheets: Sheets, mapping: unknown) =>
  office(`${path}/third-party/preview`, { form: await form(sheets, { mapping: JSON.stringify(mapping) }) })
const accept = async (sheets: Sheets, mapping: unknown, etag: string, reason?: string) =>
  office(`${path}/third-party/batches`, {
    form: await form(sheets, { mapping: JSON.stringify(mapping), ...(reason ? { reason } : {}) }),
    headers: { 'if-match': etag },
  })
/** Reads, previews and accepts a file as the page does. */
async function take(sheets: Sheets, reason?: string): Promise<Answer> {
  const { mapping } = (await read(sheets)).json
  const seen = await preview(sheets, mapping)
  return accept(sheets, mapping, String(seen.json.etag), reason)
}
const storedFiles = () =>
  existsSync(join(dataDir, 'evidence'))
    ? readdirSync(join(dataDir, 'evidence'), { recursive: true, withFileTypes: true }).filter((one) =>
        one.isFile(),
      )
    : []

describe('a commission', () => {
  it('is registered once for each component and changed only by who has read it', async () => {
    const made = await register()
    expect(made.status).toBe(201)
    expect((await register()).json.code).toBe('commission-exists')
    expect((await register({ ...commission, component: 'routine' })).json.code).toBe('no-such-component')
    const change = (etag: string | undefined, evaluator: string) =>
      office(`${path}/commissions/${String(made.json.id)}`, {
        method: 'PUT',
        body: { ...commission, evaluator },
        ...(etag === undefined ? {} : { headers: { 'if-match': etag } }),
      })
    expect((await change(undefined, '甲')).status).toBe(428)
    expect((await change(String(made.json.etag), '华清评估研究院')).status).toBe(200)
    const stale = await change(String(made.json.etag), '乙')
    expect(stale.status).toBe(412)
    expect(stale.json.current).toMatchObject({ evaluator: '华清评估研究院' })
    const { json } = await office(`${path}/commissions`)
    expect(json.components).toMatchObject([{ key: component, commission: { evaluator: '华清评估研究院' } }])
    const audit = await db.selectFrom('auditEntries').select('action').execute()
    expect(audit.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['commission.register', 'commission.change']),
    )
  })
  it('cannot end before it begins', async () => {
    expect((await register({ ...commission, endsOn: '2017-09-30' })).json.code).toBe('commission-period')
  })
  it('keeps its contract, which office and leader may open and units may not', async () => {
    const body = new FormData()
    body.set('assessmentId', path.split('/').at(-1) as string)
    body.set('file', new File(['%PDF-1.4\n%âãÏÓ\n1 0 obj\n'], '合同.pdf'))
    const staged = await office('/api/evidence', { form: body })
    expect(staged.status).toBe(201)
    expect((await register({ ...commission, contractId: 'nothing' })).json.code).toBe('evidence-not-staged')
    const made = await register({ ...commission, contractId: staged.json.id })
    expect(made.json).toMatchObject({ contract: { name: '合同.pdf', staged: false } })

    const file = `/api/evidence/${String(staged.json.id)}`
    expect((await office(file, { method: 'DELETE' })).json.code).toBe('evidence-fixed')
    test.clock.now = new Date('2018-03-10T02:00:00Z')
    await purgeStaged({ db, dataDir, clock: () => test.clock.now })
    expect((await (await test.as('leader'))(file)).status).toBe(200)
    expect((await (await test.as('head'))(file)).status).toBe(404)
  })
})

describe('an evaluator’s file', () => {
  it('waits for the commission', async () => {
    expect((await read(first)).json.code).toBe('commission-missing')
  })
  it('is read in any layout, looked at, accepted, and gives the composite', async () => {
    await register()
    const { json } = await read(first)
    expect(json).toMatchObject({
      remembered: false,
      mapping: { sheet: '评估得分', headerRow: 2, unit: 1, total: { column: 3, full: '120' } },
    })
    const seen = await preview(first, json.mapping)
    expect(seen.json.errors).toEqual([])
    expect(seen.json.rows).toMatchObject([
      { unit: { name: '清河县政府' }, marks: [{ given: '100.2', marks: '83.5' }], score: { to: '83.50' } },
      { unit: { name: '市水务局' }, marks: [{ marks: '80' }], score: { from: '85.72', to: '80.00' } },
      { unit: { name: '市林业局' }, marks: [{ marks: '75' }], score: { from: null, to: '75.00' } },
    ])
    const none = await office(`${path}/third-party/batches`)
    expect(none.json.total).toBe(0)

    expect((await accept(first, json.mapping, '"other"')).status).toBe(412)
    const taken = await accept(first, json.mapping, String(seen.json.etag))
    expect(taken.status).toBe(201)
    const standings = await office(`${path}/standings`)
    expect(standings.json.standings).toMatchObject([
      { unit: '清河县政府', components: { 第三方评估: '83.50' } },
      { unit: '市水务局', components: { 第三方评估: '80.00' } },
      { unit: '市林业局' },
    ])
    const batches = await office(`${path}/third-party/batches`)
    expect(batches.json.items).toMatchObject([
      { fileName: '得分.xlsx', recordedBy: 'office', units: 3, marked: 3, counts: true, supersedes: null },
    ])
    const [batch] = batches.json.items as { id: string; conversion: unknown }[]
    expect(batch?.conversion).toEqual({ type: 'proportion' })
    const marks = await office(`${path}/third-party/batches/${String(batch?.id)}/marks`)
    expect(marks.json.items).toMatchObject([
      { unit: { name: '清河县政府' }, given: '100.2', givenFull: '120', marks: '83.5' },
      { unit: { name: '市水务局' }, marks: '80' },
      { unit: { name: '市林业局' }, marks: '75' },
    ])
    expect((await office(`${path}/third-party/batches/none/marks`)).status).toBe(404)
    const evidence = String(batches.json.items?.[0]?.evidenceId)
    expect((await (await test.as('leader'))(`/api/evidence/${evidence}`)).status).toBe(200)
    // Looked at before the batch came: it is not what was previewed any more.
    expect((await accept(first, json.mapping, String(seen.json.etag), '重复')).status).toBe(412)
    expect(storedFiles()).toHaveLength(1)
  })
  it('is replaced only with a reason; its columns are remembered; who is missing becomes pending', async () => {
    await register()
    expect((await take(first)).status).toBe(201)
    const second: Sheets = {
      二稿: [
        ['被评估单位', '备注', '总得分（满分120分）'],
        ['市水务局', '', 108],
        ['清河县政府', '', 100.2],
      ],
    }
    const again = await read(second)
    expect(again.json).toMatchObject({
      remembered: true,
      mapping: { sheet: '二稿', headerRow: 1, unit: 0, total: { column: 2, full: '120' } },
    })
    expect((await take(second)).json.code).toBe('batch-reason-required')
    const taken = await take(second, '复核后更正')
    expect(taken.status).toBe(201)
    const { json } = await office(`${path}/third-party/batches`)
    expect(json.items).toMatchObject([
      { counts: true, reason: '复核后更正', units: 3, marked: 2 },
      { counts: false, reason: null },
    ])
    const differences = await office(`${path}/third-party/batches/${String(taken.json.batchId)}/differences`)
    expect(differences.json).toMatchObject({
      counts: { added: 0, removed: 1, changed: 1 },
      items: [
        { unit: { name: '市水务局' }, change: 'changed', marks: { from: '80', to: '90' } },
        { unit: { name: '市林业局' }, change: 'removed', marks: { from: '75', to: null } },
      ],
    })
    const forest = await office(`${path}/standings`)
    expect(forest.json.standings).toMatchObject([{}, { unit: '市水务局' }, { unit: '市林业局', rank: null }])
    expect((await office(`${path}/third-party/batches/none/differences`)).status).toBe(404)

    // In force in what the workbook carries away is the batch that counts, blanks included.
    const exported = await readBook(new Uint8Array((await office(`${path}/export.xlsx`)).bytes))
    const external = exported.ok ? exported.book.facts.external : []
    const inForce = new Map(external.map(({ unitId, marks }) => [unitId, marks]))
    expect([...inForce]).toEqual([
      ['清河县政府', '83.5'],
      ['市水务局', '90'],
      ['市林业局', null],
    ])
  })
  it('with anything wrong in it stores nothing and says where', async () => {
    await register()
    const wrong = marks([
      ['清河县政府', 121],
      ['市水利局', 96],
    ])
    const mapping = { ...((await read(first)).json.mapping as object) }
    const seen = await preview(wrong, mapping)
    expect(seen.json.errors).toMatchObject([
      { sheet: '评估得分', row: 3, column: 'D 总得分（满分120分）', code: 'above-full' },
      { row: 4, column: 'B 被评估单位', code: 'unknown-unit' },
    ])
    expect(seen.json.unmatched).toMatchObject([{ written: '市水利局', suggestions: [{ name: '市水务局' }] }])
    const refused = await accept(wrong, mapping, String(seen.json.etag))
    expect([refused.status, refused.json.code]).toEqual([422, 'marks-invalid'])
    expect(storedFiles()).toEqual([])
    expect(await db.selectFrom('externalBatches').selectAll().execute()).toEqual([])
  })
  it('that is hostile, of another kind or read by nonsense is refused and leaves nothing', async () => {
    await register()
    expect((await read(Buffer.from('no workbook'))).json.code).toBe('file-unreadable')
    expect((await read(first, office, '得分.xls')).json.code).toBe('evaluator-file-type')
    expect((await read(first, office, '得分.exe.xlsx')).json.code).toBe('evidence-double-extension')
    expect((await preview(first, { sheet: 1 })).json.code).toBe('invalid-request')
    expect((await preview(first, 'nonsense')).json.code).toBe('invalid-request')
    const none = { sheet: '评估得分', headerRow: 2, unit: 1, total: { column: 3, full: '0' }, dimensions: [] }
    expect((await preview(first, { ...none, holds: null, names: [] })).json.code).toBe('invalid-request')
    expect((await office(`${path}/third-party/file`, { form: new FormData() })).json.code).toBe(
      'file-missing',
    )
    expect(storedFiles()).toEqual([])
  })
  it('may also be a text table', async () => {
    await register()
    const text = Buffer.from('被评估单位,总得分（满分120分）\n清河县政府,100.2\n市水务局,96\n市林业局,90\n')
    const { json } = await read(text, office, '得分.csv')
    expect(json.mapping).toMatchObject({ sheet: 'CSV', unit: 0, total: { column: 1, full: '120' } })
  })
  it('is for the office of the city to bring, for the leader to see, and for nobody else', async () => {
    await register()
    const [leader, stranger] = [await test.as('leader'), await test.as('stranger')]
    expect((await read(first, leader)).status).toBe(403)
    expect((await leader(`${path}/third-party/batches`)).status).toBe(200)
    expect((await read(first, stranger)).status).toBe(404)
    for (const person of ['head', 'editor', 'agency', 'system'])
      expect((await (await test.as(person))(`${path}/commissions`)).status).toBe(403)
  })
  it('is still a fact after publication, and none once archived', async () => {
    await register()
    const stage = (to: 'published' | 'archived') => db.updateTable('assessments').set({ stage: to }).execute()
    await stage('published')
    expect((await take(first)).status).toBe(201)
    await stage('archived')
    expect((await read(first)).json.code).toBe('assessment-archived')
  })
})
