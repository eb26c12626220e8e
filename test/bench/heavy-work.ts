import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { openDatabase } from '../../db/database.ts'
import { startBuilt } from '../browser/built-server.ts'
import { appOn, password, withAccounts, workbookForm } from '../fixtures/app.ts'
import { publish } from '../fixtures/published.ts'
import { workbookOf } from '../fixtures/workbooks.ts'
import { sheetPart, textRow, workbookParts, zipOf } from '../fixtures/zips.ts'
import { largeYearSheets } from './large-year.ts'

/*
 * What heavy work costs everybody else: while it runs, /api/health is asked again and again from this process, and the server's memory is
 * read. A server of its own on a database file, as it is built.
 */
const size = { units: 100, findings: 20_000 }
const calmRounds = 300
const MEGABYTE = 2 ** 20

const rounded = (value: number): number => Number(value.toPrecision(3))

/** A form of less than 1 MB whose sheet unpacks to 161 MB of rows. */
function swollenForm(): Buffer {
  const filled = textRow('1.1', '不适用', '没有这项职责', '市水务局', '上半年')
  const rows = filled.repeat(Math.ceil((161 * MEGABYTE) / Buffer.byteLength(filled)))
  const sheet = sheetPart(`${textRow('指标编号', '自评分', '说明', '单位', '周期')}${rows}`)
  return zipOf(workbookParts(sheet, '自评表'))
}

/** The data of a server: a year of many findings, published, as of a day of the year after. */
async function filledFolder() {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhengheng-bench-'))
  const db = await openDatabase(`file:${dataDir}/zhengheng.db`)
  try {
    const test = appOn(db)
    await withAccounts(test)
    const office = await test.as('office')
    const created = await office('/api/assessments', {
      body: { name: '2017年度考核', year: 2017, preset: 'municipal' },
    })
    const year = String(created.json.id)
    const workbook = await workbookOf(largeYearSheets(size.units, size.findings))
    const form = new FormData()
    form.set('file', new Blob([new Uint8Array(workbook)]), 'year.xlsx')
    const imported = await office(`/api/assessments/${year}/import`, { form })
    if (imported.status !== 200) throw new Error(`import: ${imported.text.slice(0, 500)}`)
    const publication = await publish(db, year, { asOf: '2018-02-10' })
    // The year that is running, in which a unit fills its form and a workbook can be tried.
    const running = await office('/api/assessments', {
      body: { name: '今年考核', year: new Date().getUTCFullYear(), preset: 'municipal' },
    })
    const now = String(running.json.id)
    const units = {
      考核对象: [
        ['单位', '分组'],
        ['市水务局', '市直部门'],
      ],
    }
    const opened = await office(`/api/assessments/${now}/import`, { form: await workbookForm(units) })
    if (opened.status !== 200) throw new Error(`import: ${opened.text.slice(0, 500)}`)
    await db.updateTable('accounts').set({ passwordSetAt: new Date().toISOString() }).execute()
    return { dataDir, year, now, publication, workbook }
  } finally {
    await db.destroy()
  }
}

/** Memory of a process in megabytes: the most since it was last asked to forget. NaN where Linux does not tell. */
function mostMemory(pid: number, forget: boolean): number {
  try {
    if (forget) writeFileSync(`/proc/${pid}/clear_refs`, '5')
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return Number(peak) / 1024
  } catch {
    return Number.NaN
  }
}

/** Milliseconds of processor that the main thread of a process has used; NaN where Linux does not tell. */
function mainThreadOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/task/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    const [user, system] = [Number(fields[11]), Number(fields[12])]
    return (user + system) * 10
  } catch {
    return Number.NaN
  }
}

/**
 * For each heavy request the time until it was answered, the longest wait of /api/health meanwhile and, as the measure of this machine, in the
 * calm before, how long the main thread worked in all (ms), and how much more memory the server held (MB).
 */
export async function measureHeavyWork() {
  const { dataDir, year, now, publication, workbook } = await filledFolder()
  const server = await startBuilt({}, dataDir)
  try {
    const origin = server.url
    const pid = server.process.pid as number
    const signIn = async (username: string): Promise<string> => {
      const answer = await fetch(`${origin}/api/auth/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin },
        body: JSON.stringify({ username, password }),
      })
      if (!answer.ok) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`)
      return answer.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; ')
    }
    const cookie = await signIn('office')
    const editor = await signIn('editor')
    const health = async (): Promise<number> => {
      const before = performance.now()
      // A server that is stuck for long drops the connection.
      await fetch(`${origin}/api/health`).then(
        (answer) => answer.arrayBuffer(),
        () => undefined,
      )
      return performance.now() - before
    }
    const measured = async (work: () => Promise<readonly Response[]>) => {
      let calm = 0
      for (let turn = 0; turn < calmRounds; turn++) calm = Math.max(calm, await health())
      const [before, workedBefore] = [mostMemory(pid, true), mainThreadOf(pid)]
      const started = performance.now()
      let isOver = false
      const working = work().finally(() => (isOver = true))
      let longest = 0
      for (;;) {
        if (isOver) break
        longest = Math.max(longest, await health())
        await setTimeout(10)
      }
      const answers = await working
      return {
        status: answers.map(({ status }) => status).join(' '),
        ms: rounded(performance.now() - started),
        healthMs: rounded(longest),
        calmHealthMs: rounded(calm),
        mainThreadMs: mainThreadOf(pid) - workedBefore,
        megabytes: rounded(mostMemory(pid, false) - before),
      }
    }
    const got = async (path: string, init: RequestInit = {}): Promise<Response> => {
      const answer = await fetch(origin + path, { headers: { cookie, origin }, ...init })
      await answer.arrayBuffer()
      return answer
    }
    const sent = (path: string, who: string, bytes: Buffer, name: string): Promise<Response> => {
      const form = new FormData()
      form.set('file', new Blob([new Uint8Array(bytes)]), name)
      return got(path, { method: 'POST', headers: { cookie: who, origin }, body: form })
    }
    const base = `/api/assessments/${year}`
    const swollen = swollenForm()
    const running = `/api/assessments/${now}`
    const formPath = `${running}/self-assessments/water/form?dryRun=1`
    return {
      ...size,
      formKilobytes: Math.round(swollen.length / 1024),
      fourSwollenForms: await measured(() =>
        Promise.all([1, 2, 3, 4].map(() => sent(formPath, editor, swollen, '自评表.xlsx'))),
      ),
      standings: await measured(async () => [await got(`${base}/standings?asOf=2018-02-10`)]),
      exportWorkbook: await measured(async () => [await got(`${base}/export.xlsx`)]),
      exportWorkbookAgain: await measured(async () => [await got(`${base}/export.xlsx`)]),
      resultWorkbook: await measured(async () => [await got(`${base}/standings.xlsx`)]),
      publication: await measured(async () => [await got(`${base}/publications/${publication}`)]),
      publicationAgain: await measured(async () => [await got(`${base}/publications/${publication}`)]),
      importPreview: await measured(async () => [
        await sent(`${running}/import?dryRun=1`, cookie, workbook, '台账.xlsx'),
      ]),
    }
  } finally {
    await server.close()
  }
}
