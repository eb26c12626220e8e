import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '../../db/source.ts'
import { xlsx } from '../../server/http/download.ts'
import { appOn, openMemory, unitId, withYear, workbookForm, type Caller } from '../fixtures/app.ts'
import { publish } from '../fixtures/published.ts'
import { day, smallYear } from '../fixtures/workbooks.ts'

/** What spreadsheets take for a formula when it is typed, or read from a file that does not say what a cell is. */
const hostile = [
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(A1)',
  '=HYPERLINK("http://elsewhere.example.cn","看")',
  '\t=1+1',
  '=cmd|calc!A0',
]

/** Every cell of a workbook, as `sheet!A1`. */
async function cellsOf(
  bytes: ArrayBuffer,
): Promise<readonly { at: string; type: ExcelJS.ValueType; text: string; formula: string }[]> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(bytes)
  return book.worksheets.flatMap((sheet) => {
    const cells: { at: string; type: ExcelJS.ValueType; text: string; formula: string }[] = []
    sheet.eachRow((row) =>
      row.eachCell(({ address, type, text, formula }) =>
        cells.push({ at: `${sheet.name}!${address}`, type, text, formula: formula ?? '' }),
      ),
    )
    return cells
  })
}

describe('a text that looks like a formula', () => {
  let db: Db
  let office: Caller
  let paths: string[]
  beforeAll(async () => {
    db = await openMemory()
    const test = appOn(db)
    const id = await withYear(test)
    office = await test.as('office')
    const findings = hostile.map((text) => [
      '市水务局',
      '专项督查',
      text,
      day('2017-05-02'),
      null,
      null,
      null,
      null,
    ])
    const ledger = smallYear.平时考核台账?.slice(0, 1) ?? []
    const form = await workbookForm({ ...smallYear, 平时考核台账: [...ledger, ...findings] })
    const imported = await office(`/api/assessments/${id}/import`, { form })
    expect(imported.status).toBe(200)
    await publish(db, id, { asOf: '2018-02-10' })
    const given: Record<string, string> = { id, unitId: await unitId(db, '市水务局') }
    const { json } = await office('/api/openapi.json')
    paths = Object.entries(
      json.paths as Record<string, { get?: { responses: Record<string, { content?: object }> } }>,
    )
      .filter(([, { get }]) => xlsx in (get?.responses[200]?.content ?? {}))
      .map(([path]) => path.replace(/\{(\w+)\}/g, (_, name: string) => given[name] ?? ''))
  }, 60_000)
  afterAll(() => db.destroy())

  it('is text in every workbook that leaves, and in no formula of any', async () => {
    expect(paths.length).toBeGreaterThan(0)
    const written = new Set<string>()
    let books = 0
    for (const path of paths) {
      const { status, bytes } = await office(path)
      if (status !== 200) continue
      books++
      for (const { at, type, text, formula } of await cellsOf(bytes)) {
        // Sums of our own are formulas; nobody's words are in them.
        expect(hostile.filter((each) => formula.includes(each.replace(/^[	=]+/, '')))).toEqual([])
        if (hostile.includes(text)) {
          written.add(text)
          expect([path, at, type]).toEqual([path, at, ExcelJS.ValueType.String])
        }
      }
    }
    expect(books).toBeGreaterThan(0)
    expect(written.size).toBeGreaterThanOrEqual(6)
  }, 60_000)

  it('is text in a table taken from the screen, in every kind of column', async () => {
    const formats = ['text', 'number', 'points', 'day'] as const
    const { status, bytes } = await office('/api/tables.xlsx', {
      body: {
        title: '=3+3',
        source: '=2+2',
        columns: formats.map((format) => ({ label: `=${format}`, format })),
        rows: hostile.map((text) => formats.map(() => text)),
      },
    })
    expect(status).toBe(200)
    const cells = await cellsOf(bytes)
    expect(cells.length).toBeGreaterThan(hostile.length * 4)
    expect(cells.filter(({ type }) => type === ExcelJS.ValueType.Formula)).toEqual([])
    for (const text of hostile)
      expect(
        cells.filter((cell) => cell.text === text && cell.type === ExcelJS.ValueType.String).length,
      ).toBe(4)
  })
})
