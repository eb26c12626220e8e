import { createHmac, createSecretKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { canonicalJson } from '#assessment/canonical-json'
import { auditPage, type AuditFilter } from '../../../db/audit-log.ts'
import { appendAudit } from '../../../db/audit.ts'
import { auditKeyFrom } from '../../../db/audit-key.ts'
import { bindAuditKey } from '../../../db/dialect.ts'
import type { Db } from '../../../db/source.ts'
import { appOn, openMemory, withAccounts, withYear, type Caller, type TestApp } from '../../fixtures/app.ts'
import { eachDatabase } from '../../fixtures/databases.ts'

const secret = Buffer.from('k'.repeat(32))
const from = '203.0.113.7'

async function signedCity(db: Db): Promise<{ test: TestApp; audit: Caller; yearId: string }> {
  bindAuditKey(db, auditKeyFrom(createSecretKey(secret)))
  const test = appOn(db)
  const yearId = await withYear(test)
  return { test, audit: await test.as('audit'), yearId }
}

const listed = async (audit: Caller, query = '') => {
  const { status, json } = await audit(`/api/audit${query}`)
  expect(status).toBe(200)
  return json.items as { seq: number; action: string; account: { username: string } | null }[]
}

eachDatabase('the audit administrator', (open) => {
  test('reads who did what, when with offset, from where, and whether it was refused', async () => {
    const { test, audit } = await signedCity(await open())
    const editor = await test.as('editor')
    await editor('/api/accounts', { from })
    const [refused, imported] = await listed(audit)
    expect(refused).toMatchObject({
      at: '2018-02-10T10:00:00+08:00',
      account: { username: 'editor', name: 'editor' },
      unit: '市水务局',
      address: from,
      action: 'access.refused',
      subject: '/api/accounts',
      detail: { code: 'forbidden', method: 'GET' },
      outcome: 'refused',
    })
    expect(imported).toMatchObject({ action: 'workbook.import', outcome: 'done', unit: '云州市' })
  })

  test('finds entries by person, unit, deed, subject, outcome and days', async () => {
    const { test, audit, yearId } = await signedCity(await open())
    await (
      await test.as('editor')
    )('/api/accounts')
    await test.anyone('/api/auth/sign-in', { body: { username: 'leader', password: 'wrong' } })
    const actions = async (query: string) => (await listed(audit, query)).map(({ action }) => action)
    expect(await actions('?person=EDITOR')).toEqual(['access.refused'])
    expect(await actions('?person=leader')).toEqual(['session.failed'])
    expect(await actions('?person=nobody')).toEqual([])
    expect(await actions(`?unit=${encodeURIComponent('水务')}`)).toEqual(['access.refused'])
    expect(await actions('?person=office&unit=%E6%B0%B4%E5%8A%A1')).toEqual([])
    expect(await actions('?action=workbook.import')).toEqual(['workbook.import'])
    expect(await actions(`?subject=${yearId}`)).toEqual(['workbook.import', 'assessment.create'])
    expect(await actions('?outcome=refused')).toEqual(['session.failed', 'access.refused'])
    expect(await actions('?from=2018-02-10&until=2018-02-10')).toHaveLength(5)
    expect(await actions('?until=2018-02-09')).toEqual([])
    expect((await audit('/api/audit?action=everything')).status).toBe(400)
  })

  test('pages through them all, each once', async () => {
    const db = await open()
    const { audit } = await signedCity(db)
    const entry = { accountId: 'account-office', action: 'test', subject: 's', detail: null }
    await db.transaction().execute(async (trx) => {
      // Several of one moment, and one that is dated before those that were written first.
      for (let index = 0; index < 120; index++)
        await appendAudit(trx, { ...entry, at: `2018-02-09T02:00:0${index % 3}.000Z` })
    })
    const seen: number[] = []
    let path: string | null = '/api/audit?person=office'
    while (path !== null) {
      const { json } = await audit(path)
      seen.push(...(json.items as { seq: number }[]).map(({ seq }) => seq))
      path =
        json.next === null ? null : `/api/audit?person=office&after=${encodeURIComponent(String(json.next))}`
    }
    expect(seen).toHaveLength(122)
    expect(new Set(seen).size).toBe(122)
  })

  test('takes the log along with what proves its chain', async () => {
    const { audit } = await signedCity(await open())
    const answer = await audit('/api/audit/export.jsonl')
    expect(answer.headers.get('content-disposition')).toContain('attachment')
    const [about, ...entries] = answer.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(about).toMatchObject({ format: 'zhengheng-audit', head: { seq: entries.length } })
    let previous = '0'.repeat(64)
    for (const { hash, ...content } of entries) {
      expect(content.previous_hash).toBe(previous)
      expect(createHmac('sha256', secret).update(canonicalJson(content)).digest('hex')).toBe(hash)
      previous = String(hash)
    }
    expect(about?.head).toEqual({ seq: entries.length, hash: previous })
    expect((await listed(audit))[0]?.action).toBe('file.download')
  })

  test('checks a head that was printed', async () => {
    const { audit } = await signedCity(await open())
    const head = String((await audit('/api/audit')).json.head)
    expect((await audit(`/api/audit/check?head=${head}`)).json).toEqual({ holds: true })
    const other = head.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    expect((await audit(`/api/audit/check?head=${other}`)).json).toEqual({ holds: false })
  })
})

test('nobody but the audit administrator reads the log', async () => {
  const test = appOn(await openMemory())
  await withAccounts(test)
  for (const name of ['office', 'leader', 'system', 'security', 'head', 'agency']) {
    const caller = await test.as(name)
    for (const path of ['/api/audit', '/api/audit/export.jsonl', `/api/audit/check?head=1:${'0'.repeat(64)}`])
      expect((await caller(path)).status, `${name} ${path}`).toBe(403)
  }
  await test.db.destroy()
})

test('an index answers every search, and gives the order, too', async () => {
  const db = await openMemory()
  const place = { at: '2018-02-10T02:00:00.000Z', seq: 7 }
  const searches: [AuditFilter, string][] = [
    [{}, 'by_time'],
    [{ from: place.at, until: place.at }, 'by_time'],
    [{ accountId: 'a' }, 'by_account'],
    [{ unitIds: ['u'] }, 'by_unit'],
    [{ action: 'finding.record' }, 'by_action'],
    [{ outcome: 'refused' }, 'by_outcome'],
    [{ subject: 'f' }, 'by_subject'],
  ]
  for (const [filter, index] of searches) {
    const { sql: text, parameters } = auditPage(db, filter, place, 51).compile()
    const plan = await db.executeQuery<{ readonly detail: string }>({
      ...auditPage(db, filter, place, 51).compile(),
      sql: `explain query plan ${text}`,
      parameters,
    })
    const steps = plan.rows.map(({ detail }) => detail).join('\n')
    expect(steps, JSON.stringify(filter)).toContain(`audit_entries_${index}`)
    expect(steps, JSON.stringify(filter)).not.toContain('TEMP B-TREE')
  }
  await db.destroy()
})
