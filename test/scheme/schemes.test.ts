import { Document, Packer, Paragraph } from 'docx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { presets } from '#assessment/presets/registry'
import { clausesOf } from '#assessment/rule/clauses'
import { updateStage } from '../../db/assessments.ts'
import type { Scheme } from '#assessment/rule/scheme'
import { appOn, openMemory, withYear, workbookForm, type Answer, type Caller } from '../fixtures/app.ts'

const test = appOn(await openMemory())
let office: Caller
let yearId: string
let usedId: string
beforeAll(async () => {
  yearId = await withYear(test)
  office = await test.as('office')
  usedId = String((await office(`/api/assessments/${yearId}`)).json.schemeId)
})
afterAll(() => test.db.destroy())

const draftOf = async (copyOf = usedId): Promise<Answer> => office('/api/schemes', { body: { copyOf } })
const schemeIn = (answer: Answer) => answer.json.scheme as Scheme
const put = (caller: Caller, draft: Answer, scheme: unknown, etag = String(draft.json.etag)) =>
  caller(`/api/schemes/${String(draft.json.id)}`, {
    method: 'PUT',
    body: { scheme },
    headers: { 'if-match': etag },
  })
const reweighted = (scheme: Scheme): Scheme => ({
  ...scheme,
  components: scheme.components.map((one) =>
    one.method === 'deductions' ? { ...one, weight: 9000 } : { ...one, weight: 500 },
  ),
})

describe('drafts of a scheme', () => {
  it('begin as a copy or from a preset, as the next version of the name', async () => {
    const copy = await draftOf()
    expect([copy.status, copy.json.draft, copy.json.usedBy]).toEqual([201, true, []])
    const preset = await office('/api/schemes', { body: { preset: 'school', name: '学校办法' } })
    expect([preset.json.name, preset.json.version]).toEqual(['学校办法', 1])
    expect((await office('/api/schemes', { body: {} })).status).toBe(400)
    const diff = await office(`/api/schemes/${usedId}/diff/${String(copy.json.id)}`)
    expect(diff.json).toEqual({ changes: [], moved: [] })
  })

  it('are stored with what is wrong in them, told in words at the place; nothing can be opened on them', async () => {
    const draft = await draftOf()
    const scheme = {
      ...schemeIn(draft),
      grades: [{ name: '优秀', from: 9000, share: null, count: null, groups: [] }],
    }
    const saved = await put(office, draft, scheme)
    expect(saved.status).toBe(200)
    expect(saved.json.problems).toMatchObject([
      {
        path: 'grades.0.from',
        code: 'grades-not-to-zero',
        message: '最低一等收下其余所有单位，下限分须为 0 或空白。',
      },
    ])
    const opened = await office('/api/assessments', {
      body: { name: '2018', year: 2018, schemeId: draft.json.id },
    })
    expect([opened.status, opened.json.code]).toEqual([422, 'scheme-unsound'])
  })

  it('refuse a version that is not the last one read, and what is no scheme', async () => {
    const draft = await draftOf()
    const scheme = { ...schemeIn(draft), source: '新文号' }
    expect((await put(office, draft, scheme)).status).toBe(200)
    expect((await put(office, draft, scheme)).status).toBe(412)
    expect((await put(office, draft, { ...scheme, more: 1 })).status).toBe(400)
    expect(
      (await office(`/api/schemes/${String(draft.json.id)}`, { method: 'PUT', body: { scheme } })).status,
    ).toBe(428)
  })

  it('change while an assessment on them is prepared, and neither change nor go once it opened', async () => {
    const draft = await draftOf()
    const created = await office('/api/assessments', {
      body: { name: '2018 年度考核', year: 2018, schemeId: draft.json.id },
    })
    expect([created.status, created.json.schemeId]).toEqual([201, draft.json.id])
    const path = `/api/schemes/${String(draft.json.id)}`
    const id = String(created.json.id)
    expect((await put(office, draft, { ...schemeIn(draft), name: '修改后的办法' })).status).toBe(200)
    await test.db.transaction().execute((trx) => updateStage(trx, id, 'open'))
    const refused = await put(office, await office(path), schemeIn(draft))
    expect([refused.status, refused.json.code]).toEqual([409, 'scheme-in-use'])
    await test.db.transaction().execute((trx) => updateStage(trx, id, 'draft'))
    expect((await office(path, { method: 'DELETE' })).json.code).toBe('scheme-in-use')
    expect((await office(path)).json.usedBy).toMatchObject([
      { name: '2018 年度考核', year: 2018, stage: 'draft' },
    ])
    await office(`/api/assessments/${String(created.json.id)}`, { method: 'DELETE' })
    expect((await office(path, { method: 'DELETE' })).status).toBe(204)
    expect((await office(path)).status).toBe(404)
  })

  it('are seen by their own unit only; units see the rule they are assessed by', async () => {
    const draft = await draftOf()
    for (const [username, sees] of [
      ['leader', true],
      ['agency', false],
      ['editor', false],
      ['head', false],
      ['stranger', false],
    ] as const) {
      const caller = await test.as(username)
      expect([username, (await caller(`/api/schemes/${String(draft.json.id)}`)).status]).toEqual([
        username,
        sees ? 200 : 404,
      ])
    }
    for (const username of ['leader', 'agency', 'editor', 'head'])
      expect((await (await test.as(username))(`/api/schemes/${usedId}`)).status).toBe(200)
    expect((await (await test.as('stranger'))(`/api/schemes/${usedId}`)).status).toBe(404)
    expect((await put(await test.as('leader'), draft, schemeIn(draft))).status).toBe(403)
  })
})

describe('the effect of a draft on a year', () => {
  it('is nothing for a copy, and names who moves for another weight', async () => {
    const scheme = schemeIn(await draftOf())
    const same = await office('/api/schemes/preview', { body: { scheme, assessmentId: yearId } })
    expect([same.status, same.json.moves, same.json.left]).toEqual([200, [], { findings: 0, marks: 0 }])
    const other = await office('/api/schemes/preview', {
      body: { scheme: reweighted(scheme), assessmentId: yearId },
    })
    expect((other.json.moves as unknown[]).length).toBeGreaterThan(0)
    const broken = await office('/api/schemes/preview', {
      body: { scheme: { ...scheme, components: [] }, assessmentId: yearId },
    })
    expect([broken.status, broken.json.code]).toEqual([422, 'scheme-unsound'])
  })
})

describe('a scheme in files', () => {
  const form = (name: string, bytes: BlobPart) => {
    const data = new FormData()
    data.set('file', new File([bytes], name))
    return data
  }
  it.each(['xlsx', 'json'])('comes back from .%s unchanged', async (type) => {
    for (const preset of ['municipal', 'bureau', 'school']) {
      const draft = await office('/api/schemes', { body: { preset } })
      const path = `/api/schemes/${String(draft.json.id)}`
      const file = await office(`${path}/scheme.${type}`)
      const back = await office(`${path}/read-file`, { form: form(`办法.${type}`, file.bytes) })
      expect([preset, back.status, back.json.changes]).toEqual([preset, 200, []])
      expect(back.json.scheme).toEqual(draft.json.scheme)
    }
  })

  it('the words of a rule are read from its file, and a file that cannot be read says why', async () => {
    const draft = await office('/api/schemes', { body: { preset: 'municipal' } })
    const path = `/api/schemes/${String(draft.json.id)}/read-clauses`
    const lines = ['一、总则', '（一）考核对象为各县区。', '1.含部门。', '二、附则']
    const word = await Packer.toBuffer(
      new Document({ sections: [{ children: lines.map((line) => new Paragraph(line)) }] }),
    )
    for (const [name, bytes] of [
      ['办法.docx', new Uint8Array(word)],
      ['办法.txt', new TextEncoder().encode(lines.join('\r\n'))],
    ] as const) {
      const { status, json } = await office(path, { form: form(name, bytes) })
      expect([name, status]).toEqual([name, 200])
      expect(clausesOf(String(json.text)).map(({ number }) => number)).toEqual([
        '一',
        '一（一）',
        '一（一）1',
        '二',
      ])
    }
    const broken = await office(path, { form: form('办法.docx', new Uint8Array([80, 75, 3, 4, 0])) })
    expect([broken.status, broken.json.code]).toEqual([422, 'file-unreadable'])
    expect(broken.json.detail).toContain('已损坏')
  })

  it('an indicator tree typed in a spreadsheet becomes one, or is refused cell by cell', async () => {
    const draft = await office('/api/schemes', { body: { preset: 'municipal' } })
    const path = `/api/schemes/${String(draft.json.id)}/read-file`
    const head = ['一级指标', '二级指标', '满分', '适用分组']
    const read = await office(path, {
      form: await workbookForm({
        指标体系: [
          head,
          ['（一）基础建设', '制度机制', 60, '县区、市直部门'],
          ['新领域', '新指标', 40, null],
        ],
      }),
    })
    expect(read.status).toBe(200)
    const self = (read.json.scheme as Scheme).components[1]
    expect(self?.method === 'verified-marks' && self.indicators).toMatchObject([
      { key: '1', children: [{ key: '1.2', full: '60', groups: ['县区', '市直部门'] }] },
      { key: '新领域', full: null, children: [{ name: '新指标', full: '40' }] },
    ])
    const refused = await office(path, {
      form: await workbookForm({
        指标体系: [
          head,
          ['甲', '乙', '很多', null],
          [null, '乙', 5, null],
          ['丙', null, 1, null],
          ['丙', null, 1, null],
        ],
      }),
    })
    expect([
      refused.status,
      (refused.json.errors as { code: string; row: number }[]).map(({ code, row }) => [row, code]),
    ]).toEqual([
      422,
      [
        [2, 'not-a-number'],
        [3, 'blank-cell'],
        [5, 'duplicate-indicator'],
      ],
    ])
    const other = await office(path, { form: await workbookForm({ 别的: [['甲']] }) })
    expect(other.json.code).toBe('scheme-file-invalid')
    expect((await office(path, { form: form('办法.json', '{') })).status).toBe(400)
  })

  it('presets are all sound', async () => {
    for (const preset of Object.keys(presets)) {
      const draft = await office('/api/schemes', { body: { preset } })
      expect((draft.json.problems as { warning: boolean }[]).filter(({ warning }) => !warning)).toEqual([])
    }
  })
})
