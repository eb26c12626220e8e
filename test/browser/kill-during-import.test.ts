import { once } from 'node:events'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { setUp } from '../fixtures/first-start.ts'
import { workbookOf } from '../fixtures/workbooks.ts'
import { startBuilt, type BuiltServer } from './built-server.ts'

const findings = 12_000

const workbook = workbookOf({
  考核对象: [
    ['单位', '分组'],
    ...Array.from({ length: 40 }, (_, index) => [`市第${index + 1}局`, '市直部门']),
  ],
  平时考核台账: [
    ['单位', '扣分类别', '事由', '通知日期'],
    ...Array.from({ length: findings }, (_, index) => [
      `市第${(index % 40) + 1}局`,
      '举报查实',
      `第${index + 1}件`,
      '2026-03-02',
    ]),
  ],
})

let server: BuiltServer | null = null
afterAll(() => server?.close())

async function post(url: string, path: string, body: unknown, cookie = ''): Promise<Response> {
  const headers = { 'content-type': 'application/json', origin: url, cookie }
  return fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
}

/** Starts an import of the workbook and gives its answer, or null when the server died first. */
async function importWorkbook(
  url: string,
  cookie: string,
  id: string,
  onProgress: (rows: number) => void,
): Promise<boolean> {
  const form = new FormData()
  form.set('file', new Blob([await workbook]), 'year.xlsx')
  try {
    const response = await fetch(`${url}/api/assessments/${id}/import`, {
      method: 'POST',
      headers: { origin: url, cookie, accept: 'application/x-ndjson' },
      body: form,
    })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let rest = ''
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      const lines = (rest + part.value).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const event = JSON.parse(line) as { type: string; done?: number; committed?: boolean }
        if (event.type === 'progress') onProgress(event.done ?? 0)
        if (event.type === 'report') return event.committed === true
      }
    }
    return false
  } catch {
    return false
  }
}

/** A server with an office signed in and an empty assessment. */
async function prepare(): Promise<{ running: BuiltServer; cookie: string; id: string }> {
  const running = await startBuilt()
  const { office: cookie } = await setUp(running.setupUrl, 'a long enough password 1')
  const created = await post(
    running.url,
    '/api/assessments',
    { name: '2026年度考核', year: 2026, preset: 'municipal' },
    cookie,
  )
  const { id } = (await created.json()) as { id: string }
  return { running, cookie, id }
}

describe('the server is killed with SIGKILL during an import', () => {
  it.each([0, 0.3, 0.7])('at %f of the rows: afterwards all of them are there or none', async (share) => {
    const { running, cookie, id } = await prepare()
    server = running
    let killed = false
    const committed = await importWorkbook(running.url, cookie, id, (rows) => {
      if (killed || rows < share * findings) return
      killed = true
      running.process.kill('SIGKILL')
    })
    if (running.process.exitCode === null && running.process.signalCode === null)
      await once(running.process, 'exit')
    expect(killed).toBe(true)

    const db = new Database(join(running.dataDir, 'zhengheng.db'))
    const count = (table: string) =>
      (db.prepare(`select count(*) as n from ${table}`).get() as { n: number }).n
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(db.pragma('foreign_key_check')).toEqual([])
    expect([0, findings]).toContain(count('findings'))
    expect(count('finding_facts')).toBe(count('findings'))
    if (committed) expect(count('findings')).toBe(findings)
    db.close()

    // The same data serve again, and the import can be repeated.
    const again = await startBuilt({}, running.dataDir)
    server = again
    expect(await importWorkbook(again.url, cookie, id, () => {})).toBe(true)
    await again.close()
    server = null
  })
})
