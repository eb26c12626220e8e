import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillDemo } from '../../db/demo.ts'
import { freezeResults } from '../../server/frozen-results.ts'
import { openSpreadsheet } from '../../server/exchange/spreadsheet/spreadsheet.ts'
import { newFirstStartCode } from '../../server/access/first-start-code.ts'
import { appOn, openMemory, type Caller, type TestApp } from '../fixtures/app.ts'
import { firstStartOf } from '../fixtures/first-start.ts'
import { readYear, yearWorkbook } from '../fixtures/year.ts'
import { day, workbookOf } from '../fixtures/workbooks.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const opened: TestApp[] = []
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'round-trip-'))
})
afterAll(async () => {
  for (const { db } of opened) await db.destroy()
  await rm(folder, { recursive: true, force: true })
})

/** A new assessment of a year in a database as it is after the first start. */
async function emptyYear(year = 2017): Promise<{ office: Caller; id: string }> {
  const test = appOn(await openMemory(), newFirstStartCode('the-code'))
  opened.push(test)
  test.clock.now = new Date('2027-03-01T02:00:00Z')
  const body = firstStartOf('the-code', '云州市')
  expect((await test.anyone('/api/setup', { body })).status).toBe(201)
  // Whoever has the slip chooses another password first.
  await test.db.updateTable('accounts').set({ mustChangePassword: 0 }).execute()
  const office = await test.as('office')
  const { json } = await office('/api/assessments', {
    body: { name: '新库', year, preset: 'municipal' },
  })
  return { office, id: String(json.id) }
}

async function importInto(office: Caller, id: string, bytes: ArrayBuffer | Uint8Array): Promise<void> {
  const form = new FormData()
  form.set('file', new File([new Uint8Array(bytes)], '导出.xlsx'))
  const answer = await office(`/api/assessments/${id}/import`, { form })
  expect([answer.status, answer.json.committed], answer.text.slice(0, 600)).toEqual([200, true])
}

const exported = async (office: Caller, id: string): Promise<ArrayBuffer> =>
  (await office(`/api/assessments/${id}/export.xlsx`)).bytes

async function cellsOf(bytes: ArrayBuffer): Promise<Record<string, unknown>> {
  const book = await openSpreadsheet(Buffer.from(bytes))
  const sheets: Record<string, unknown> = {}
  for (const name of book.names) sheets[name] = (await book.sheet(name)).rows
  return sheets
}

/** Without ids, which a new database gives anew, and the rank of another year. */
async function standingsOn(office: Caller, id: string, asOf: string): Promise<unknown> {
  const { json } = await office(`/api/assessments/${id}/standings?asOf=${asOf}`)
  return (json.standings as Record<string, unknown>[]).map((standing) => ({
    ...standing,
    unitId: '',
    previousRank: null,
  }))
}

async function score(bytes: ArrayBuffer, name: string, ...args: string[]): Promise<string> {
  const path = join(folder, `${name}.xlsx`)
  await writeFile(path, new Uint8Array(bytes))
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
  return new Promise((done, failed) =>
    execFile(
      process.execPath,
      [tsx, join(root, 'server/cli/score.ts'), path, '--json', ...args],
      (error, stdout) => (error ? failed(error) : done(stdout)),
    ),
  )
}

/** Exports, imports into an empty database and compares: cells, standings on days, and what `score` prints. */
async function comesBack(
  office: Caller,
  id: string,
  days: readonly string[],
  name: string,
  year = 2017,
): Promise<void> {
  const first = await exported(office, id)
  const other = await emptyYear(year)
  await importInto(other.office, other.id, first)
  const second = await exported(other.office, other.id)
  expect(await cellsOf(second)).toEqual(await cellsOf(first))
  for (const day of days)
    expect([day, await standingsOn(other.office, other.id, day)]).toEqual([
      day,
      await standingsOn(office, id, day),
    ])
  const [printed, again] = await Promise.all([score(first, `${name}-1`), score(second, `${name}-2`)])
  expect(again).toBe(printed)
  const { asOf, standings } = JSON.parse(printed) as { asOf: string; standings: object[] }
  expect(await standingsOn(office, id, asOf)).toEqual(
    standings.map((standing) => ({ ...standing, unitId: '', previousRank: null })),
  )
}

describe('everything of the fictional city, exported and imported into an empty database', () => {
  let office: Caller
  let years: { id: string; year: number }[]
  beforeAll(async () => {
    const test = appOn(await openMemory())
    opened.push(test)
    test.clock.now = new Date('2026-11-22T02:00:00Z')
    await fillDemo(test.db, { freeze: freezeResults, today: '2026-11-22', passwordHash: 'hash' })
    office = await test.as('office')
    years = ((await office('/api/assessments')).json.items as typeof years).map(({ id, year }) => ({
      id,
      year,
    }))
  }, 60_000)

  it.each([2025, 2026])(
    'gives the ranking of %i again on every day, and byte for byte from the command line',
    async (year) => {
      const found = years.find((one) => one.year === year)
      const days = [`${year}-06-30`, `${year}-10-31`, `${year + 1}-01-16`, `${year + 1}-02-28`]
      await comesBack(office, String(found?.id), days, `demo-${year}`, year)
    },
    60_000,
  )
})

describe('a year that came as a workbook', () => {
  it('comes back from its export as it was', async () => {
    const year = readYear('case-3')
    const { office, id } = await emptyYear()
    await importInto(office, id, await yearWorkbook(year))
    await comesBack(office, id, [year.asOf], 'case-3')
  }, 60_000)

  it('brings its bonus points, those taken back with their days, and takes them back again', async () => {
    const { sheets } = readYear('case-9')
    const [unit = '', other = ''] = (sheets.考核对象 ?? []).slice(1).map(([name]) => String(name))
    const book = await workbookOf({
      ...sheets,
      计算规则: [
        ['规则', '内容'],
        ['加分', '创新加分'],
        ['加分起点', '10'],
        ['加分上限', '3'],
      ],
      加分: [
        ['单位', '分值', '事由', '日期', '冲销', '冲销事由'],
        [unit, 1.25, '省级表彰', day('2017-05-02'), null, null],
        [unit, 1.25, '省级表彰', day('2017-05-02'), day('2017-08-01'), '重复登记'],
        [other, 0.5, '市级表彰', day('2017-06-01'), null, null],
      ],
    })
    const { office, id } = await emptyYear()
    await importInto(office, id, book)
    const at = `/api/assessments/${id}`
    const given = async () =>
      (await office(`${at}/findings?kind=bonus&asOf=2017-12-31&sort=notifiedOn`)).json.items as {
        findingId: string
        points: number
        status: string
      }[]
    expect(await given()).toMatchObject([
      { points: 125, status: 'gained' },
      { points: 0, status: 'reversed' },
      { points: 50, status: 'gained' },
    ])
    const { findingId = '' } = (await given())[2] ?? {}
    const reversed = await office(`${at}/findings/${findingId}/facts`, {
      headers: { 'if-match': String((await office(`${at}/findings/${findingId}`)).headers.get('etag')) },
      body: { type: 'reversed', reason: '登记有误' },
    })
    expect(reversed.status, reversed.text).toBe(201)
    await comesBack(office, id, ['2017-05-01', '2017-06-30', '2017-11-08', '2026-12-31'], 'bonuses')

    await importInto(office, id, await exported(office, id))
    expect(await given()).toHaveLength(3)
  }, 60_000)
})
