import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appOn, openMemory, withAccounts, type Caller } from '../fixtures/app.ts'

const db = await openMemory()
const test = appOn(db)
let leader: Caller
beforeAll(async () => {
  await withAccounts(test)
  leader = await test.as('leader')
})
afterAll(() => db.destroy())

const table = {
  title: '排名/市直部门',
  source: '2017 年度考核，截至 2018-01-23',
  columns: [
    { label: '名次', format: 'number' },
    { label: '单位', format: 'text' },
    { label: '综合成绩', format: 'points' },
    { label: '日期', format: 'day' },
  ],
  rows: [
    [1, '市教育局', '90.00', '2018-01-23'],
    [null, '市人防局', null, null],
  ],
}
const send = (body: unknown, headers: Record<string, string> = {}, caller = leader) =>
  caller('/api/tables.xlsx', { body, headers })

async function sheetOf(bytes: ArrayBuffer): Promise<ExcelJS.Worksheet> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(bytes)
  const [sheet] = workbook.worksheets
  if (!sheet) throw new Error('no sheet')
  return sheet
}
const valuesOf = (sheet: ExcelJS.Worksheet, row: number) =>
  (sheet.getRow(row).values as unknown[])
    .slice(1)
    .map((value) => (value instanceof Date ? value.toJSON() : value))

describe('a table taken along from the screen', () => {
  it('is a file with its title, where it comes from, the day, and the columns and rows as sent', async () => {
    const { status, headers, bytes } = await send(table)
    expect(status).toBe(200)
    expect(decodeURIComponent(headers.get('content-disposition') ?? '')).toContain(
      '排名 市直部门 2018-02-10.xlsx',
    )
    const sheet = await sheetOf(bytes)
    expect(sheet.getCell('A1').value).toBe(table.title)
    expect(sheet.getCell('A2').value).toBe(table.source)
    expect(sheet.getCell('A3').value).toBe('导出日期：2018-02-10')
    expect(valuesOf(sheet, 4)).toEqual(['名次', '单位', '综合成绩', '日期'])
    expect(valuesOf(sheet, 5)).toEqual([1, '市教育局', 90, '2018-01-23T00:00:00.000Z'])
    expect(sheet.getCell('B6').value).toBe('市人防局')
    expect(sheet.getCell('C6').value).toBeNull()
    expect(sheet.getCell('C5').numFmt).toBe('0.00')
    expect(sheet.getCell('D5').numFmt).toBe('yyyy-mm-dd')
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 4 })
    expect(sheet.autoFilter).toBe('A4:D4')
  })

  it('says its own words in the language of the caller, and leaves out a source that is not told', async () => {
    const { bytes } = await send({ ...table, source: '' }, { 'accept-language': 'en' })
    const sheet = await sheetOf(bytes)
    expect(sheet.getCell('A2').value).toBe('Exported on 2018-02-10')
    expect(sheet.getCell('A3').value).toBe('名次')
  })

  it('never holds a formula, whatever a cell, a head or the title begins with', async () => {
    const nasty = ['=1+1', '+cmd|"/c calc"!A1', '-2+3', '@SUM(A1)', '\t=1', '=HYPERLINK("http://x","y")']
    const { bytes } = await send({
      title: '=TITLE()',
      source: '=SOURCE()',
      columns: [
        { label: '=HEAD()', format: 'text' },
        { label: '数', format: 'number' },
        { label: '日', format: 'day' },
      ],
      rows: nasty.map((text) => [text, text, text]),
    })
    const sheet = await sheetOf(bytes)
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        expect(typeof cell.value).toBe('string')
        expect(cell.formula).toBeUndefined()
      }),
    )
    expect([1, 2, 4].map((row) => sheet.getRow(row).getCell(1).value)).toEqual([
      '=TITLE()',
      '=SOURCE()',
      '=HEAD()',
    ])
    expect(valuesOf(sheet, 5)).toEqual(['=1+1', '=1+1', '=1+1'])
  })

  it('keeps as text what is no number or no day that exists', async () => {
    const { bytes } = await send({ ...table, rows: [['约 3', '市教育局', '待定', '2018-02-30']] })
    expect(valuesOf(await sheetOf(bytes), 5)).toEqual(['约 3', '市教育局', '待定', '2018-02-30'])
  })

  it('is bounded in columns, rows and characters, and asks for a session', async () => {
    const column = { label: 'x', format: 'text' }
    const refused = async (body: unknown, status: number) => expect((await send(body)).status).toBe(status)
    await refused({ ...table, columns: Array.from({ length: 61 }, () => column) }, 400)
    await refused({ ...table, columns: [] }, 400)
    await refused({ ...table, rows: [['x'.repeat(30_001)]] }, 400)
    await refused({ ...table, rows: Array.from({ length: 50_001 }, () => []) }, 400)
    await refused({ ...table, rows: [[{ formula: '1+1' }]] }, 400)
    await refused({ ...table, title: ' ' }, 400)
    await refused({ ...table, rows: Array.from({ length: 700 }, () => ['x'.repeat(29_000)]) }, 413)
    expect((await send(table, {}, test.anyone)).status).toBe(401)
  })

  it('takes many rows and lets others be served meanwhile', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => [
      index,
      `第 ${index} 个单位`,
      '88.88',
      '2018-01-23',
    ])
    const writing = send({ ...table, rows })
    const health = await test.anyone('/api/health')
    expect(health.status).toBe(200)
    const { status, bytes } = await writing
    expect(status).toBe(200)
    expect(bytes.byteLength).toBeGreaterThan(200_000)
  })
})
