import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appendAudit } from '../../db/audit.ts'
import { appOn, openMemory, unitId, withYear, type Answer, type Caller } from '../fixtures/app.ts'
import { docxPart, textsOfDocx, textsOfHtml, unzipped } from '../fixtures/documents.ts'
import { withPublication } from '../fixtures/publication.ts'

const test = appOn(await openMemory())
let yearId: string
let office: Caller
let prepared: string
beforeAll(async () => {
  yearId = await withYear(test)
  office = await test.as('office')
  prepared = await withPublication(test.db, yearId, { approved: false })
})
afterAll(() => test.db.destroy())

const at = (publication: string, rest: string) =>
  `/api/assessments/${yearId}/publications/${publication}/${rest}`
const save = (template: unknown, etag: string): Promise<Answer> =>
  office('/api/circular-template', { method: 'PUT', body: { template }, headers: { 'if-match': etag } })

describe('before approval', () => {
  it('the office and the leader read the circular of what is prepared; units read nothing', async () => {
    for (const caller of [office, await test.as('leader')]) {
      const { status, json } = await caller(at(prepared, 'circular'))
      expect([status, json.state, json.kind]).toEqual([200, 'prepared', 'circular'])
    }
    for (const name of ['editor', 'head']) {
      const unit = await test.as(name)
      for (const path of [
        'circular',
        'circular.docx',
        'ranking.xlsx',
        `letters/${await unitId(test.db, '市水务局')}`,
      ])
        expect((await unit(at(prepared, path))).json.code).toBe('not-published')
      expect((await unit(`/api/assessments/${yearId}/circulars`)).json.code).toBe('not-published')
    }
    const stranger = await test.as('stranger')
    expect((await stranger(at(prepared, 'circular'))).status).toBe(404)
  })

  it('ends with the head of the audit log when it was made', async () => {
    const subject = {
      at: '2018-02-20T02:00:00Z',
      accountId: null,
      action: 'publication.prepare',
      subject: prepared,
    }
    await test.db.transaction().execute((trx) => appendAudit(trx, { ...subject, detail: {} }))
    const { seq, hash } = await test.db
      .selectFrom('auditEntries')
      .select(['seq', 'hash'])
      .where('subject', '=', prepared)
      .executeTakeFirstOrThrow()
    expect(textsOfHtml(String((await office(at(prepared, 'circular'))).json.html))).toContain(
      `审计日志第${seq}条校验值：${hash}`,
    )
  })

  it('the file and the page say the same', async () => {
    const page = await office(at(prepared, 'circular?variant=red-head'))
    const file = await office(at(prepared, 'circular.docx?variant=red-head'))
    expect(file.headers.get('content-type')).toMatch(/wordprocessingml/)
    expect(textsOfDocx(await docxPart(new Uint8Array(file.bytes)))).toEqual(
      textsOfHtml(String(page.json.html)),
    )
    expect((await office(at(prepared, 'circular?variant=sealed'))).status).toBe(400)
  })
})

describe('the office’s text', () => {
  it('is the default until it is changed, and then that of every circular', async () => {
    const before = await office('/api/circular-template')
    expect(before.json.isDefault).toBe(true)
    const template = { ...(before.json.template as Record<string, string>), title: '关于{{年度}}年的通报' }
    expect((await save(template, '"t7"')).status).toBe(412)
    const noMatch = await office('/api/circular-template', { method: 'PUT', body: { template } })
    expect(noMatch.status).toBe(428)
    const saved = await save(template, String(before.json.etag))
    expect(saved.status).toBe(200)
    expect((await office(at(prepared, 'circular'))).json.html).toContain('关于2017年的通报')
    expect((await save(before.json.template, String(before.json.etag))).status).toBe(412)
    const audit = await test.db
      .selectFrom('auditEntries')
      .select('action')
      .where('action', '=', 'circular.template')
      .execute()
    expect(audit).toHaveLength(1)
    expect((await save(before.json.template, String(saved.json.etag))).status).toBe(200)
  })

  it('is refused in words when a field is misspelled, and shown as typed before it is saved', async () => {
    const { json } = await office('/api/circular-template')
    const template = {
      ...(json.template as Record<string, string>),
      body: '第一段。\n优秀{{单位树:优秀}}个。',
    }
    const refused = await save(template, String(json.etag))
    expect([refused.status, refused.json.code]).toEqual([422, 'circular-template-invalid'])
    expect(refused.json.errors).toEqual([
      {
        path: 'body.2',
        code: 'unknown-field',
        message: '正文第2段：没有名为“单位树”的字段，是不是“单位数”？',
      },
    ])
    const preview = (body: string) =>
      office(at(prepared, 'circular/preview'), {
        body: { template: { ...template, body }, variant: 'plain' },
      })
    const wrong = await preview(template.body)
    expect([wrong.json.html, (wrong.json.faults as unknown[]).length]).toEqual([null, 1])
    expect((await preview('只此一句。')).json.html).toContain('只此一句。')
    expect((await office('/api/circular-template')).json.template).toEqual(json.template)
  })
})

describe('the letters', () => {
  it('are one for each unit in a zip that opens', async () => {
    const { headers, bytes } = await office(at(prepared, 'letters.zip'))
    const letters = await unzipped(new Uint8Array(bytes))
    expect(headers.get('x-letters')).toBe(String(letters.size))
    const { json } = await office(at(prepared, 'circular'))
    const units = json.units as { name: string }[]
    expect(letters.size).toBe(units.length)
    for (const { name } of units) {
      const [, letter] = [...letters].find(([file]) => file.endsWith(` ${name}.docx`)) ?? []
      expect(textsOfDocx(await docxPart(letter ?? new Uint8Array()))).toContain(`${name}：`)
    }
  })

  it('in one zip are the office’s alone', async () => {
    expect((await (await test.as('leader'))(at(prepared, 'letters.zip'))).json.code).toBe('forbidden')
  })
})

describe('the published table', () => {
  it('is a workbook with one sheet a group whose header is printed on every page', async () => {
    const { bytes } = await office(at(prepared, 'ranking.xlsx'))
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(bytes)
    const groups = new Set((await office(`/api/assessments/${yearId}/standings`)).json.standings as [])
    expect(book.worksheets.length).toBeGreaterThan(0)
    expect(groups.size).toBe(book.worksheets.reduce((sum, sheet) => sum + sheet.rowCount - 1, 0))
    for (const sheet of book.worksheets) expect(sheet.pageSetup.printTitlesRow).toBe('1:1')
  })
})

describe('after approval', () => {
  it('a unit reads the whole circular where the table is public, and its own letter only', async () => {
    const approved = await withPublication(test.db, yearId, { approved: true })
    const head = await test.as('head')
    const { status, json } = await head(at(approved, 'circular'))
    expect([status, json.kind, json.units]).toEqual([200, 'circular', []])
    expect(json.html).toContain('2018年2月26日')
    expect((await head(at(approved, 'ranking.xlsx'))).status).toBe(200)
    const [own, other] = [await unitId(test.db, '市水务局'), await unitId(test.db, '市林业局')]
    expect((await head(at(approved, `letters/${own}`))).status).toBe(200)
    expect((await head(at(approved, `letters/${other}`))).status).toBe(404)
    expect((await head(at(prepared, 'circular'))).status).toBe(404)
  })

  it.each(['own-grade', 'own-result'] as const)(
    'a unit sees its own result and no other unit where publicity is %s',
    async (publicity) => {
      const approved = await withPublication(test.db, yearId, { approved: true, publicity })
      const head = await test.as('head')
      const { json } = await head(at(approved, 'circular?variant=red-head'))
      expect(json.kind).toBe('notice')
      const told = JSON.stringify(json)
      expect(told).toContain('市水务局')
      expect(told).not.toContain('市林业局')
      expect((await head(at(approved, 'ranking.xlsx'))).json.code).toBe('table-not-public')
      const file = await head(at(approved, 'circular.docx'))
      expect(await docxPart(new Uint8Array(file.bytes))).not.toContain('市林业局')
      expect((await office(at(approved, 'circular'))).json.kind).toBe('circular')
    },
  )
})
