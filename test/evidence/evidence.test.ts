import { readdirSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attachEvidence } from '../../db/evidence.ts'
import { insertFindingFacts } from '../../db/findings.ts'
import { newId } from '../../db/ids.ts'
import { purgeStaged } from '../../server/evidence/upkeep.ts'
import { appOn, openMemory, withYear, type Answer, type Caller } from '../fixtures/app.ts'
import { temporaryFolder } from '../fixtures/databases.ts'
import { zipOf } from '../fixtures/zips.ts'
import {
  docx,
  eicar,
  gbText,
  jpg,
  pdf,
  png,
  pptx,
  withBombInPicture,
  withForeignMainPart,
  withMacros,
  withPackedPictures,
  withSecondDocument,
  withVirusInPicture,
  xlsx,
  zip,
} from './samples.ts'

const MEGABYTE = 1024 * 1024
const folder = temporaryFolder()
const db = await openMemory()
const test = appOn(db, null, folder.path)
let assessmentId = ''
let [agency, editor]: Caller[] = []

beforeAll(async () => {
  assessmentId = await withYear(test)
  ;[agency, editor] = [await test.as('agency'), await test.as('editor')]
})
afterAll(() => db.destroy())

const formOf = (name: string, bytes: Buffer, fields: Record<string, string> = {}): FormData => {
  const form = new FormData()
  for (const [key, value] of Object.entries({ assessmentId, ...fields })) form.set(key, value)
  form.set('file', new File([new Uint8Array(bytes)], name))
  return form
}
const upload = (
  caller: Caller | undefined,
  name: string,
  bytes: Buffer,
  fields: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Answer> => (caller ?? test.anyone)('/api/evidence', { form: formOf(name, bytes, fields), headers })

/** Every file under the evidence folder. */
const files = (): string[] => {
  const top = join(folder.path, 'evidence')
  return existsSync(top)
    ? readdirSync(top, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
    : []
}
const rows = async () => (await db.selectFrom('evidence').select('id').execute()).length

const hostile: Readonly<Record<string, readonly [string, Buffer, string, number]>> = {
  'a program called PDF': ['整改报告.pdf', Buffer.from('MZ\x90\0\x03'), 'evidence-content', 422],
  'a page called image': ['图.png', Buffer.from('<script>alert(1)</script>'), 'evidence-content', 422],
  'a picture called PDF': ['图.pdf', png, 'evidence-content', 422],
  'a plain archive called document': ['报告.docx', zip, 'evidence-content', 422],
  'a workbook called document': ['报告.docx', xlsx, 'evidence-content', 422],
  'bytes called text': ['说明.txt', Buffer.from([0, 1, 2, 3]), 'evidence-content', 422],
  'neither UTF-8 nor GB18030': ['说明.txt', Buffer.from('81ff20ff', 'hex'), 'evidence-content', 422],
  'a program after a harmless extension': ['报告.pdf.exe', pdf, 'evidence-type', 415],
  'a program before a harmless extension': ['报告.exe.pdf', pdf, 'evidence-double-extension', 422],
  'a script before an image': ['shell.php.jpg', jpg, 'evidence-double-extension', 422],
  'an extension turned around by an invisible character': ['report\u202Efdp.exe', pdf, 'evidence-type', 415],
  'a path': ['../../../etc/passwd.pdf', pdf, 'evidence-path', 422],
  'a Windows path': ['C:\\windows\\a.pdf', pdf, 'evidence-path', 422],
  'no extension': ['报告', pdf, 'evidence-type', 415],
  'a page': ['a.html', Buffer.from('<p>'), 'evidence-type', 415],
  macros: ['报告.docx', withMacros, 'evidence-macro', 422],
  'a page before the header of a PDF': ['a.pdf', Buffer.concat([jpg, pdf]), 'evidence-content', 422],
  'UTF-16 with control characters': [
    'a.txt',
    Buffer.from('\ufeffa\u0001', 'utf16le'),
    'evidence-content',
    422,
  ],
  'the virus test string packed as a picture': ['a.docx', withVirusInPicture, 'evidence-malware', 422],
  'a bomb packed as a picture': ['a.docx', withBombInPicture, 'zip-too-large', 422],
  'a workbook that calls itself a document': ['a.docx', withForeignMainPart, 'evidence-content', 422],
  'a bomb': ['材料.zip', zipOf({ 'a.txt': { bytes: Buffer.alloc(20 * MEGABYTE) } }), 'zip-too-large', 422],
  'a bomb called document': [
    '报告.docx',
    zipOf({ 'word/document.xml': { bytes: Buffer.alloc(20 * MEGABYTE) } }),
    'zip-too-large',
    422,
  ],
  'the virus test string': ['说明.txt', eicar, 'evidence-malware', 422],
  'the virus test string behind a page': ['a.pdf', Buffer.concat([pdf, eicar]), 'evidence-malware', 422],
  nothing: ['a.txt', Buffer.alloc(0), 'evidence-empty', 422],
  '60 MB': ['a.txt', Buffer.alloc(60 * MEGABYTE, 0x41), 'too-large', 413],
  'a little more than 50 MB': ['a.txt', Buffer.alloc(50 * MEGABYTE + 1, 0x41), 'too-large', 413],
}

describe('hostile uploads', () => {
  it.each(Object.entries(hostile))('%s is refused in words and leaves nothing', async (_, given) => {
    const [name, bytes, code, status] = given
    const [filesBefore, rowsBefore] = [files(), await rows()]
    const answer = await upload(agency, name, bytes)
    expect([answer.status, answer.json.code]).toEqual([status, code])
    expect(String(answer.json.detail)).toMatch(/\p{Script=Han}/u)
    expect([files(), await rows()]).toEqual([filesBefore, rowsBefore])
  })

  it('a form cut off in the middle of the file is refused and leaves nothing', async () => {
    const before = files()
    const answer = await test.app.request('/api/evidence', {
      method: 'POST',
      headers: {
        'content-type': 'multipart/form-data; boundary=b',
        cookie: `zhengheng_session=${await tokenOf('agency')}`,
      },
      body: '--b\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhello',
    })
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([400, 'upload-broken'])
    expect(files()).toEqual(before)
  })
})

async function tokenOf(username: string): Promise<string> {
  const { createSession } = await import('../../server/access/session.ts')
  return createSession(db, `account-${username}`, test.clock.now)
}

describe('evidence', () => {
  it.each([
    ['a.pdf', pdf],
    ['a.docx', docx],
    ['a.XLSX', xlsx],
    ['a.pptx', pptx],
    ['a.jpg', jpg],
    ['a.jpeg', jpg],
    ['a.png', png],
    ['说明 v1.2.txt', Buffer.from('已整改')],
    ['说明.txt', gbText],
    ['材料.2017.zip', zip],
    ['www.example.com.pdf', pdf],
    ['公开目录.html.pdf', pdf],
    ['扫描.pdf', Buffer.concat([Buffer.from('a line that a scanner writes\n'), pdf])],
    ['统计.txt', Buffer.from('\ufeff单位\t得分\r\n甲县\t90\r\n', 'utf16le')],
    ['会议纪要.docx', withPackedPictures],
    ['网盘另存.docx', withSecondDocument],
  ])('%s is stored under another name and comes back the same', async (name, bytes) => {
    const answer = await upload(agency, name, bytes)
    expect(answer.status).toBe(201)
    expect(answer.json).toMatchObject({ name, type: 'file', bytes: bytes.length, staged: true })
    expect(files().every((file) => /^[0-9a-f]{32}$/.test(file))).toBe(true)
    const back = await agency?.(`/api/evidence/${String(answer.json.id)}`)
    expect(Buffer.from(back?.bytes ?? new ArrayBuffer(0)).equals(bytes)).toBe(true)
    expect(back?.headers.get('content-disposition')).toBe(
      `attachment; filename="${name.replace(/[^ -~]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    )
    expect(back?.headers.get('x-content-type-options')).toBe('nosniff')
    expect(back?.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    const again = await agency?.(`/api/evidence/${String(answer.json.id)}`, {
      headers: { 'if-none-match': back?.headers.get('etag') ?? '' },
    })
    expect(again?.status).toBe(304)
  })

  it('images and PDF are shown in our own pages only, other files never', async () => {
    const inline = async (name: string, bytes: Buffer) => {
      const { json } = await upload(agency, name, bytes)
      return (await agency?.(`/api/evidence/${String(json.id)}?inline=1`))?.headers
    }
    for (const headers of [await inline('a.png', png), await inline('a.pdf', pdf)]) {
      expect(headers?.get('content-disposition')).toMatch(/^inline;/)
      expect(headers?.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'self'/)
      expect(headers?.get('x-frame-options')).toBe('SAMEORIGIN')
    }
    expect((await inline('a.txt', gbText))?.get('content-disposition')).toMatch(/^attachment;/)
  })

  it('a document dated outside the assessed period says so', async () => {
    const dated = async (documentDate: string) =>
      (await upload(agency, 'a.png', png, { documentDate })).json.outsidePeriod
    expect([await dated('2016-12-31'), await dated('2017-06-01'), await dated('')]).toEqual([
      true,
      false,
      null,
    ])
  })

  it('a repeated upload is the same evidence; another file under its id is refused', async () => {
    const headers = { 'idempotency-key': 'once' }
    const first = await upload(agency, 'a.png', png, {}, headers)
    const before = files().length
    const second = await upload(agency, 'a.png', png, {}, headers)
    const other = await upload(agency, 'a.jpg', jpg, { uploadId: 'once' })
    expect([first.status, second.status, second.json.id]).toEqual([201, 200, first.json.id])
    expect([other.status, other.json.code, files().length]).toEqual([409, 'upload-id-used', before])
  })

  it('a link is recorded, and only one to the web', async () => {
    const record = (url: string) => agency?.('/api/evidence', { body: { assessmentId, url } })
    expect((await record('https://www.example.cn/a?b=1'))?.json).toMatchObject({ type: 'link', bytes: 0 })
    for (const url of ['javascript:alert(1)', 'file:///etc/passwd', 'ftp://a/b', 'https://u:p@a/'])
      expect((await record(url))?.status, url).toBe(400)
  })

  it('a unit’s space is limited', async () => {
    const system = await test.as('system')
    const now = await system('/api/evidence/settings')
    const headers = { 'if-match': now.headers.get('etag') ?? '' }
    const put = (limit: number) =>
      system('/api/evidence/settings', { method: 'PUT', body: { limit }, headers })
    expect((await put(1024 * 1024)).status).toBe(200)
    const before = files()
    const big = await upload(agency, 'a.txt', Buffer.alloc(MEGABYTE, 0x41))
    expect([big.status, big.json.code]).toEqual([413, 'evidence-quota'])
    expect(files()).toEqual(before)
    expect((await put(1024 * 1024)).status).toBe(412 as number)
    await db.deleteFrom('settings').where('key', '=', 'evidence.unit-bytes').execute()
  })

  it('is for those who see the fact; while staged for its uploader alone', async () => {
    const finding = await db
      .selectFrom('findings')
      .innerJoin('units', 'units.id', 'findings.unitId')
      .select(['findings.id', 'units.name', 'findings.kind'])
      .where('findings.kind', '=', '专项督查')
      .where('units.name', '=', '市水务局')
      .executeTakeFirstOrThrow()
    const { json } = await upload(agency, 'a.pdf', pdf, { findingId: finding.id })
    const path = `/api/evidence/${String(json.id)}`
    const seenBy = async () => {
      const seen: string[] = []
      for (const name of ['office', 'agency', 'editor', 'head', 'leader', 'stranger']) {
        const { status } = await (await test.as(name))(path)
        if (status === 200) seen.push(name)
        else expect(status, name).toBe(404)
      }
      return seen
    }
    expect(await seenBy()).toEqual(['agency'])

    const factId = newId()
    const attach = (accountId: string) =>
      db.transaction().execute(async (trx) => {
        await insertFindingFacts(trx, [
          {
            id: factId,
            findingId: finding.id,
            type: 'submitted',
            onDay: '2017-05-10',
            deadline: null,
            outcome: null,
            kind: null,
            unitId: null,
            reason: null,
            recordedBy: accountId,
            recordedAt: test.clock.now.toISOString(),
          },
        ])
        const done = await attachEvidence(trx, { ids: [String(json.id)], factId, accountId, assessmentId })
        if (!done) throw new Error('not attached')
      })
    await expect(attach('account-editor')).rejects.toThrow('not attached')
    await attach('account-agency')
    expect(await seenBy()).toEqual(['office', 'agency', 'editor', 'head', 'leader'])
    expect((await agency?.(path, { method: 'DELETE' }))?.json.code).toBe('evidence-fixed')
  })

  it('a unit cannot upload to a finding it may not see', async () => {
    const other = await db
      .selectFrom('findings')
      .innerJoin('units', 'units.id', 'findings.unitId')
      .select('findings.id')
      .where('units.name', '=', '市林业局')
      .executeTakeFirstOrThrow()
    expect((await upload(editor, 'a.pdf', pdf, { findingId: other.id })).status).toBe(404)
  })

  it('staged evidence can be taken back, and goes by itself after a day', async () => {
    const { json } = await upload(editor, 'a.pdf', pdf)
    const path = `/api/evidence/${String(json.id)}`
    expect((await agency?.(path, { method: 'DELETE' }))?.status).toBe(404)
    const before = files().length
    expect((await editor?.(path, { method: 'DELETE' }))?.status).toBe(204)
    expect(files()).toHaveLength(before - 1)

    await upload(editor, 'b.pdf', pdf)
    const later = new Date(Date.now() + 25 * 3_600_000)
    await purgeStaged({ db, dataDir: folder.path, clock: () => later })
    expect(await db.selectFrom('evidence').selectAll().where('factId', 'is', null).execute()).toEqual([])
    expect(files()).toHaveLength(1)
  })
})
