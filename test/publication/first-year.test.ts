import { expect, it } from 'vitest'
import { newFirstStartCode } from '../../server/access/first-start-code.ts'
import { appOn, type Caller, type TestApp } from '../fixtures/app.ts'
import { eachDatabase } from '../fixtures/databases.ts'
import { firstStartOf, type Slip } from '../fixtures/first-start.ts'
import { readYear, yearWorkbook } from '../fixtures/year.ts'

const year = readYear('year-2017')
const asOf = '2018-02-26'

/** Everybody that the first start makes, each with the password of their slip changed. */
async function firstStart(test: TestApp): Promise<{ readonly office: Caller; readonly leader: Caller }> {
  const { json } = await test.anyone('/api/setup', { body: firstStartOf('the-code') })
  const callerOf = async (username: string): Promise<Caller> => {
    const slip = (json.slips as Slip[]).find((each) => each.username === username)
    const caller = await test.as(username)
    const changed = await caller('/api/auth/password', {
      body: { current: slip?.password, next: 'Long enough for one 1' },
    })
    expect(changed.status, changed.text).toBeLessThan(300)
    return test.as(username)
  }
  return { office: await callerOf('office'), leader: await callerOf('leader') }
}

interface Waiting {
  readonly findingId: string
  readonly etag: string
  readonly status: string
  readonly insteadOf: string | null
}

eachDatabase('a first year from a workbook', (open) => {
  it('is published by the office and the leader that the first start made, its blank reviews closed in one step', async () => {
    const test = appOn(await open(), newFirstStartCode('the-code'))
    test.clock.now = new Date(`${asOf}T02:00:00Z`)
    const { office, leader } = await firstStart(test)

    const made = await office('/api/assessments', {
      body: { name: '2017 年度考核', year: 2017, preset: 'municipal' },
    })
    const at = (path: string) => `/api/assessments/${String(made.json.id)}${path}`
    const form = new FormData()
    form.set('file', new File([new Uint8Array(await yearWorkbook(year))], '2017.xlsx'))
    expect((await office(at('/import'), { form })).status).toBe(200)
    const standings = async () => (await office(at(`/standings?asOf=${asOf}`))).json
    const before = await standings()

    // A blank 核查结果 waits and is not lost; the agencies that would review have no accounts, and the office is told who is missing.
    const waiting = await office(at('/reviews'))
    const items = waiting.json.items as unknown as Waiting[]
    // Four were rectified too late to win anything; they want an answer all the same.
    expect(items.map(({ status }) => status).sort()).toEqual([
      ...Array.from({ length: 4 }, () => 'lost'),
      ...Array.from({ length: 24 }, () => 'pending-review'),
    ])
    expect(waiting.json.missing).not.toEqual([])
    const inbox = async () =>
      ((await office('/api/inbox?size=200')).json.items ?? []).filter(({ type }) => type === 'review')
    expect(await inbox()).toHaveLength(28)

    const moved = await office(at('/stage'), {
      body: { stage: 'aggregating' },
      headers: { 'if-match': String((await office(at('/course'))).json.version) },
    })
    expect(moved.status, moved.text).toBe(201)
    const prepare = () => office(at('/publications'), { body: { asOf } })
    const blocked = await prepare()
    expect(blocked.json).toMatchObject({
      code: 'publication-blocked',
      errors: [{ code: 'unreviewed-rectification' }],
    })

    const close = (body: object) => office(at('/reviews'), { body: { type: 'accepted', on: asOf, ...body } })
    const all = items.map(({ findingId, etag }) => ({ findingId, etag }))
    // For another unit the office says why.
    expect((await close({ items: all })).json).toMatchObject({
      reviewed: 0,
      left: expect.arrayContaining([expect.objectContaining({ code: 'reason-in-place-required' })]),
    })
    const [first, ...others] = all
    const reason = '提供单位没有账号，按台账原件核对'
    expect((await close({ items: others, reason })).json).toEqual({ reviewed: 27, left: [] })
    const kept = '未作核查，维持不扣分：原件已经移交档案馆'
    expect((await close({ items: [first], reason: kept })).json).toEqual({ reviewed: 1, left: [] })
    expect(await inbox()).toEqual([])

    // Dated facts, each saying for whom and why; no score moves.
    const detail = await office(at(`/findings/${String(first?.findingId)}`))
    expect((detail.json.facts as object[]).at(-1)).toMatchObject({
      type: 'accepted',
      on: asOf,
      reason: kept,
      insteadOf: items[0]?.insteadOf,
    })
    const logged = await test.db
      .selectFrom('auditEntries')
      .select('detail')
      .where('action', '=', 'finding.accepted')
      .execute()
    expect(logged).toHaveLength(28)
    expect(logged.every(({ detail }) => detail.includes('insteadOf'))).toBe(true)
    expect((await standings()).items).toEqual(before.items)

    const prepared = await prepare()
    expect(prepared.status, prepared.text).toBe(201)
    const approved = await leader(at(`/publications/${String(prepared.json.id)}/steps`), {
      body: { type: 'approved' },
    })
    expect([approved.status, approved.json.state]).toEqual([200, 'approved'])
    expect((await leader(at(''))).json.stage).toBe('published')
  })
})
