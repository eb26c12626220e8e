import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '../../db/source.ts'
import { docx, xlsx } from '../../server/http/download.ts'
import { createJobs, type JobDesk } from '../../server/jobs/jobs.ts'
import { poolLimits } from '../../server/jobs/limits.ts'
import { createQueue } from '../../server/jobs/queue.ts'
import { startThreads } from '../../server/jobs/threads.ts'
import {
  appOn,
  cityYear,
  openMemory,
  unitId,
  withYear,
  workbookForm,
  type Caller,
  type TestApp,
} from '../fixtures/app.ts'
import { publish } from '../fixtures/published.ts'
import { day } from '../fixtures/workbooks.ts'
import { sheetPart, textRow, workbookParts, zipOf } from '../fixtures/zips.ts'

const threads = startThreads(poolLimits.threads, poolLimits.heapMegabytes)

/** A desk whose queue the test can enter as well, to hold its threads. */
function openDesk(waiting: number = poolLimits.waiting) {
  const queue = createQueue({ ...poolLimits, waiting })
  const desk = createJobs(poolLimits, queue, threads)
  /** Takes every thread; gives how to let go of them. */
  const hold = async (): Promise<() => void> => {
    const held = await Promise.all(
      Array.from({ length: poolLimits.threads }, (_, index) => queue.enter(`somebody else ${index}`)),
    )
    return () => held.forEach((giveBack) => giveBack())
  }
  return { desk, queue, hold }
}

/** A table from somebody's screen, which everybody may take along. */
const table = [
  '/api/tables.xlsx',
  { body: { title: '表', source: '', columns: [{ label: '单位', format: 'text' }], rows: [['市水务局']] } },
] as const

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
/** Waits until something holds; for what takes a few turns of the loop. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await turn()
}

let db: Db
let test: TestApp
let office: Caller
let year: string
beforeAll(async () => {
  db = await openMemory()
  test = appOn(db)
  year = await withYear(test)
  office = await test.as('office')
}, 60_000)
afterAll(() => db.destroy())

/** The same database behind another desk. */
const behind = (jobs: JobDesk): TestApp => appOn(db, null, undefined, null, jobs)

describe('while other people’s files are at work', () => {
  it('no file is written, by whatever address; everything else is answered, and the place in the queue told', async () => {
    const { desk, queue, hold } = openDesk()
    const other = behind(desk)
    const [caller, watcher] = [await other.as('office'), await other.as('office')]
    const publicationId = await publish(db, year, { asOf: '2018-02-10' })
    const scheme = await db.selectFrom('assessments').select('schemeId').executeTakeFirstOrThrow()
    const { json } = await office('/api/openapi.json')
    const given: Record<string, string> = { publicationId, unitId: await unitId(db, '市水务局') }
    const files = Object.entries(
      json.paths as Record<string, { get?: { responses: Record<string, { content?: object }> } }>,
    )
      .filter(([, { get }]) => [xlsx, docx].some((type) => type in (get?.responses[200]?.content ?? {})))
      .map(([path]) =>
        path
          .replace('{id}', path.startsWith('/api/schemes') ? scheme.schemeId : year)
          .replace(/\{(\w+)\}/g, (_, name: string) => given[name] ?? ''),
      )
    expect(files.length).toBeGreaterThanOrEqual(9)
    for (const path of [...files, `/api/assessments/${year}/publications/${publicationId}`]) {
      const release = await hold()
      let answered = false
      const answer = caller(path).finally(() => (answered = true))
      const account = 'account-office'
      await until(() => answered || queue.placesOf(account).length > 0)
      expect((await watcher('/api/health')).json).toEqual({ status: 'ok' })
      expect([path, (await watcher('/api/queue')).json]).toEqual([path, { waiting: [{ before: 0 }] }])
      expect([path, answered]).toEqual([path, false])
      release()
      expect([path, (await answer).status]).toEqual([path, 200])
    }
  }, 120_000)

  it('nobody sees how others wait', async () => {
    const { desk, queue, hold } = openDesk()
    const other = behind(desk)
    const release = await hold()
    const waiting = [await other.as('office'), await other.as('agency')].map((call) => call(...table))
    await until(
      () => queue.placesOf('account-office').length > 0 && queue.placesOf('account-agency').length > 0,
    )
    const places = await Promise.all(
      ['office', 'agency', 'leader'].map(async (name) => (await (await other.as(name))('/api/queue')).json),
    )
    expect(places).toEqual([{ waiting: [{ before: 0 }] }, { waiting: [{ before: 1 }] }, { waiting: [] }])
    release()
    await Promise.all(waiting)
  }, 60_000)

  it('a full queue says so in both languages, and when to come again', async () => {
    const { desk, queue, hold } = openDesk(1)
    const other = behind(desk)
    const release = await hold()
    const waits = (await other.as('agency'))(...table)
    await until(() => queue.placesOf('account-agency').length > 0)
    const ask = await other.as('office')
    for (const [language, title] of [
      ['zh-CN', '排队的人太多'],
      ['en', 'Too many are waiting'],
    ] as const) {
      const { status, json, headers } = await ask(table[0], {
        ...table[1],
        headers: { 'accept-language': language },
      })
      expect([status, json.code, json.title]).toEqual([503, 'queue-full', title])
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    }
    release()
    expect((await waits).status).toBe(200)
  }, 60_000)
})

describe('a file of thousands of findings', () => {
  let large: string
  const columns = cityYear.平时考核台账?.slice(0, 1) ?? []
  beforeAll(async () => {
    const rows = Array.from({ length: 3000 }, (_, index) => [
      '市水务局',
      '专项督查',
      `第${index}件`,
      day('2017-05-02'),
      null,
      null,
      null,
      null,
    ])
    const created = await office('/api/assessments', {
      body: { name: '大考核', year: 2018, preset: 'municipal' },
    })
    large = `/api/assessments/${String(created.json.id)}`
    const imported = await office(`${large}/import`, {
      form: await workbookForm({ ...cityYear, 平时考核台账: [...columns, ...rows] }),
    })
    expect([imported.status, imported.text.slice(0, 300)]).toEqual([200, expect.anything()])
  }, 120_000)

  it('is written while the loop turns on for everybody else', async () => {
    expect((await office(`${large}/export.xlsx`)).status).toBe(200)
    let turns = 0
    let isOver = false
    const answer = office(`${large}/export.xlsx`).finally(() => (isOver = true))
    for (;;) {
      if (isOver) break
      await turn()
      turns++
    }
    expect((await answer).status).toBe(200)
    // Written in this thread, it takes a hundred.
    expect(turns).toBeGreaterThan(1000)
  }, 120_000)

  it('that needs too much memory is refused in both languages; the server goes on', async () => {
    const small = behind(createJobs({ ...poolLimits, heapMegabytes: 24 }))
    const caller = await small.as('office')
    for (const [language, title] of [
      ['zh-CN', '所需内存超过上限'],
      ['en', 'It needs more memory than is allowed'],
    ] as const) {
      const { status, json } = await caller(`${large}/export.xlsx`, {
        headers: { 'accept-language': language },
      })
      expect([status, json.code, json.title]).toEqual([503, 'work-too-large', title])
    }
    const units = Array.from({ length: 150_000 }, (_, index) => textRow(`第${index}局`, '市直部门'))
    const sheet = sheetPart(`${textRow('单位', '分组')}${units.join('')}`)
    const form = new FormData()
    form.set('file', new File([new Uint8Array(zipOf(workbookParts(sheet)))], '台账.xlsx'))
    const read = await caller(`${large}/import?dryRun=1`, { form })
    expect(read.text).toContain('内存超过上限')
    expect((await caller('/api/health')).status).toBe(200)
  }, 120_000)
})
