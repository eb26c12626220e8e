import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPackage } from '../../server/exchange/spreadsheet/package-parts.ts'
import { sheetPart, textRow, workbookParts, zipOf } from '../fixtures/zips.ts'
import { appOn, openMemory, withAccounts, workbookForm, type Answer, type Caller } from '../fixtures/app.ts'

const db = await openMemory()
const test = appOn(db)
let form: string
let editor: Caller
let head: Caller

beforeAll(async () => {
  test.clock.now = new Date('2017-07-03T02:00:00Z')
  await withAccounts(test)
  const office = await test.as('office')
  const created = await office('/api/assessments', {
    body: { name: '2017 年度考核', year: 2017, preset: 'municipal' },
  })
  const base = `/api/assessments/${String(created.json.id)}`
  await office(`${base}/import`, {
    form: await workbookForm({
      考核对象: [
        ['单位', '分组'],
        ['市水务局', '市直部门'],
      ],
    }),
  })
  form = `${base}/self-assessments/water/form`
  editor = await test.as('editor')
  head = await test.as('head')
})
afterAll(() => db.destroy())

async function download(): Promise<ExcelJS.Worksheet> {
  const { bytes, status } = await editor(`${form}.xlsx`)
  expect(status).toBe(200)
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(bytes as unknown as Parameters<typeof workbook.xlsx.load>[0])
  return workbook.getWorksheet('自评表') as ExcelJS.Worksheet
}

const columnOf = (sheet: ExcelJS.Worksheet, name: string): number =>
  (sheet.getRow(1).values as unknown[]).indexOf(name)

async function upload(
  sheet: ExcelJS.Worksheet,
  query = '',
  etag?: string,
  leaves?: readonly string[],
): Promise<Answer> {
  const body = new FormData()
  if (leaves) body.set('leaves', JSON.stringify(leaves))
  body.set('file', new File([new Uint8Array(await sheet.workbook.xlsx.writeBuffer())], '自评表.xlsx'))
  return editor(`${form}${query}`, { form: body, ...(etag ? { headers: { 'if-match': etag } } : {}) })
}

it('comes back as it left, with only marks and notes open to change', async () => {
  const sheet = await download()
  const marks = columnOf(sheet, '自评分')
  expect(sheet.getRow(2).getCell(marks).protection?.locked).toBe(false)
  expect(sheet.getRow(2).getCell(columnOf(sheet, '满分')).protection?.locked ?? true).toBe(true)
  expect(sheet.headerFooter.oddFooter).toContain('盖章')
  const { json } = await upload(sheet, '?dryRun=1')
  expect(json.counts).toMatchObject({ changed: 0, error: 0 })
})

it('shows what a filled form changes before anything is taken over', async () => {
  const sheet = await download()
  const [marks, note] = [columnOf(sheet, '自评分'), columnOf(sheet, '说明')]
  sheet.getRow(2).getCell(marks).value = 2.5
  sheet.getRow(2).getCell(note).value = '分工文件见附件'
  sheet.getRow(3).getCell(marks).value = '不适用'
  const seen = await upload(sheet, '?dryRun=1')
  expect(seen.json).toMatchObject({ counts: { changed: 2, error: 0 }, committed: false })
  expect((seen.json.rows as unknown[])[0]).toMatchObject({
    leaf: '1.1',
    before: { marks: null },
    after: { marks: '2.5', note: '分工文件见附件' },
  })
  expect((await upload(sheet)).status).toBe(428)
  const taken = await upload(sheet, '', String(seen.json.etag))
  expect(taken.json, taken.text).toMatchObject({ committed: true, counts: { changed: 2 } })
  expect((await upload(sheet, '', String(seen.json.etag))).json.code).toBe('stale')
  const { json } = await head(form.replace(/\/form$/, ''))
  expect(json.totals).toMatchObject({ filled: 2, claimedMarks: '2.5' })
  expect((await upload(await download(), '?dryRun=1')).json.counts).toMatchObject({ changed: 0 })
})

it('an old form erases nothing in silence: a row that would is marked, and taken over only when chosen', async () => {
  const old = await download()
  const [marks, note] = [columnOf(old, '自评分'), columnOf(old, '说明')]
  old.getRow(2).getCell(note).value = null
  old.getRow(3).getCell(marks).value = null
  old.getRow(4).getCell(marks).value = '１分'
  old.getRow(5).getCell(marks).value = '很好'
  const seen = await upload(old, '?dryRun=1')
  expect(seen.json.counts).toMatchObject({ changed: 1, erased: 2, error: 1 })
  expect(seen.json.rows).toMatchObject([
    { row: 5, outcome: 'error' },
    { row: 2, outcome: 'erased', before: { note: '分工文件见附件' }, after: { note: null } },
    { row: 3, outcome: 'erased' },
    { row: 4, outcome: 'changed', after: { marks: '1' } },
    ...Array.from({ length: (seen.json.rows as unknown[]).length - 4 }, () => ({ outcome: 'same' })),
  ])
  const leaves = (seen.json.rows as { leaf: string | null }[]).map(({ leaf }) => leaf ?? '')
  const taken = await upload(old, '', String(seen.json.etag), [leaves[0] ?? '', leaves[3] ?? ''])
  expect(taken.json, taken.text).toMatchObject({ committed: true, taken: 1 })
  const now = await download()
  expect(now.getRow(2).getCell(note).value).toBe('分工文件见附件')
  expect(now.getRow(3).getCell(marks).value).toBe('不适用')
  expect(now.getRow(4).getCell(marks).value).toBe(1)
  const erasing = await upload(old, '', String(taken.json.etag), [leaves[3] ?? '', leaves[2] ?? ''])
  expect(erasing.json).toMatchObject({ taken: 1 })
  const after = await download()
  expect(after.getRow(3).getCell(marks).value).toBe(null)
  // As it was, for what follows.
  after.getRow(3).getCell(marks).value = '不适用'
  after.getRow(4).getCell(marks).value = null
  const back = await upload(after, '?dryRun=1')
  await upload(after, '', String(back.json.etag), [leaves[2] ?? '', leaves[3] ?? ''])
})

it('with a title above, a column of row numbers and headings of its own, is read all the same', async () => {
  const sheet = await download()
  sheet.getRow(1).getCell(columnOf(sheet, '自评分')).value = '自评得分'
  sheet.getRow(5).getCell(8).value = '１．５分'
  sheet.spliceColumns(1, 0, ['序号', 1, 2, 3, 4])
  sheet.insertRow(1, ['自我考核表'])
  const { json } = await upload(sheet, '?dryRun=1')
  expect(json.counts).toMatchObject({ changed: 1, erased: 0, error: 0 })
  expect(json.rows).toContainEqual(
    expect.objectContaining({ row: 6, after: expect.objectContaining({ marks: '1.5' }) as unknown }),
  )
})

it('says where a form is wrong, and takes nothing of it', async () => {
  const sheet = await download()
  const marks = columnOf(sheet, '自评分')
  sheet.getRow(2).getCell(marks).value = 99
  sheet.getRow(3).getCell(marks).value = '很好'
  sheet.getRow(4).getCell(columnOf(sheet, '单位')).value = '市林业局'
  sheet.getRow(5).getCell(columnOf(sheet, '指标编号')).value = '9.9'
  const { json } = await upload(sheet, '?dryRun=1')
  expect(
    (json.rows as { row: number; outcome: string }[]).filter(({ outcome }) => outcome === 'error'),
  ).toMatchObject([
    { row: 2, column: '自评分' },
    { row: 3, column: '自评分' },
    { row: 4, column: '单位' },
    { row: 5, column: '指标编号' },
  ])
  const refused = await upload(sheet, '', String(json.etag))
  expect([refused.status, refused.json.code]).toEqual([422, 'self-form-invalid'])
})

it('refuses a note longer than it keeps, and takes the longest one whole', async () => {
  const sheet = await download()
  const note = sheet.getRow(6).getCell(columnOf(sheet, '说明'))
  note.value = '正'.repeat(2001)
  const long = await upload(sheet, '?dryRun=1')
  expect(long.json.counts).toMatchObject({ error: 1 })
  expect(long.text).toContain('文字超过 2000 字')
  note.value = '正'.repeat(2000)
  const { json } = await upload(sheet, '?dryRun=1')
  expect(json.counts).toMatchObject({ changed: 1, error: 0 })
  expect(json.rows).toContainEqual(
    expect.objectContaining({ after: expect.objectContaining({ note: '正'.repeat(2000) }) as unknown }),
  )
})

it('is a document to sign and stamp as well, which says that it is a draft', async () => {
  const { bytes, status } = await editor(`${form}.docx`)
  expect(status).toBe(200)
  const part = (await openPackage(Buffer.from(bytes))).read('word/document.xml')
  const pieces: Buffer[] = []
  for await (const piece of part ?? []) pieces.push(piece)
  const xml = Buffer.concat(pieces).toString('utf8')
  for (const words of ['2017 年度考核自我考核表', '市水务局', '填报中，尚未报送', '分工文件见附件', '不适用'])
    expect(xml).toContain(words)
  expect((await head(`${form}.docx`.replace('/water/', '/fire/'))).status).toBe(404)
})

/** A form whose sheet unpacks to 64 MB, declared as that or as something else. */
function swollen(declared?: number): File {
  const row = textRow('1.1')
  const sheet = sheetPart(row.repeat((64 * 2 ** 20) / row.length))
  const bytes = zipOf(workbookParts({ ...sheet, ...(declared === undefined ? {} : { declared }) }, '自评表'))
  return new File([new Uint8Array(bytes)], '自评表.xlsx')
}

it.each([
  ['zh-CN', undefined, '文件解压后超过 32 MB，不予读取；请删去无关的工作表和图片。'],
  [
    'en',
    undefined,
    'Unpacked, the file is larger than 32 MB and is not read; remove what does not belong here.',
  ],
  ['zh-CN', 1000, '文件已损坏'],
])(
  'unpacked to far more than a form is, it is refused in words (%s, declared as %s)',
  async (language, declared, words) => {
    const body = new FormData()
    const file = swollen(declared)
    expect(file.size).toBeLessThan(2 ** 20)
    body.set('file', file)
    const { json } = await editor(`${form}?dryRun=1`, {
      form: body,
      headers: { 'accept-language': language },
    })
    expect(json.rows).toEqual([
      expect.objectContaining({ outcome: 'error', message: expect.stringContaining(words) }),
    ])
  },
  60_000,
)
