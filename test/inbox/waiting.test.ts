import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { insertAccount } from '../../db/accounts.ts'
import type { Db } from '../../db/source.ts'
import { insertUnits } from '../../db/units.ts'
import { hashPassword } from '../../server/access/password.ts'
import { createAssessedCache } from '../../server/assessed.ts'
import { waitingFor } from '../../server/inbox/inbox.ts'
import { appOn, cheapCost, openMemory, unitId, withYear, type TestApp } from '../fixtures/app.ts'

let db: Db
let test: TestApp
let year: string

beforeEach(async () => {
  db = await openMemory()
  test = appOn(db)
  year = await withYear(test)
})
afterEach(() => db.destroy())

const at = (rest: string) => `/api/assessments/${year}${rest}`
interface Item {
  readonly type: string
  readonly findingId: string
  readonly on: string | null
  readonly worth: string
  readonly [key: string]: unknown
}
const waitingOf = async (username: string): Promise<Item[]> =>
  ((await (await test.as(username))('/api/inbox?size=200')).json.items ?? []) as unknown as Item[]
const stepsOf = async (username: string, findingId: string) =>
  (await waitingOf(username)).filter((item) => item.findingId === findingId).map(({ type, on }) => [type, on])
const on = (day: string) => {
  test.clock.now = new Date(`${day}T02:00:00Z`)
}
/** A providing or responsible unit with an account of its own. */
async function withAgency(username: string, name: string): Promise<void> {
  const passwordHash = await hashPassword('x', cheapCost)
  await db.transaction().execute(async (trx) => {
    await insertUnits(trx, [{ id: username, name, kind: 'agency', parentId: 'city', position: 90 }])
    await insertAccount(trx, {
      id: `account-${username}`,
      username,
      name: username,
      role: 'agency',
      unitId: username,
      passwordHash,
      mustChangePassword: 0,
      disabledAt: null,
      createdAt: '2017-01-01T00:00:00Z',
    })
  })
}
const record = async (username: string, more: object) => {
  const { json, status, text } = await (
    await test.as(username)
  )(at('/findings'), { body: { unitId: 'water', notifiedOn: '2018-02-10', ...more } })
  expect(status, text).toBe(201)
  return String(json.id)
}

describe('what a head can still win', () => {
  it('of a problem to be rectified is the appeal and the rectification, each until its last day, the nearest first', async () => {
    const id = await record('agency', { kind: '专项督查', what: '栏目长期未更新' })
    expect(await stepsOf('head', id)).toEqual([
      ['appeal', '2018-02-22'],
      ['rectify', '2018-03-07'],
    ])
    const days = (await waitingOf('head')).map((item) => item.on ?? '')
    expect(days).toEqual([...days].sort())
    on('2018-02-23')
    expect(await stepsOf('head', id)).toEqual([['rectify', '2018-03-07']])
    on('2018-03-08')
    expect(await stepsOf('head', id)).toEqual([])
  })

  it('of a problem that costs at once is the appeal alone: rectifying brings nothing back', async () => {
    await withAgency('press', '市政府新闻办')
    const id = await record('press', { kind: '舆情回应', what: '未及时回应' })
    expect(await stepsOf('head', id)).toEqual([['appeal', '2018-02-22']])
    // The editor cannot appeal, and nothing that the editor does wins the points back.
    expect(await stepsOf('editor', id)).toEqual([])
    on('2018-02-23')
    expect(await stepsOf('head', id)).toEqual([])
  })

  it('shows what the step is worth and which grade it keeps', async () => {
    const id = await record('agency', { kind: '专项督查', what: '栏目长期未更新' })
    const [appeal, rectify] = (await waitingOf('head')).filter((item) => item.findingId === id)
    expect([appeal?.worth, rectify?.worth]).toEqual(['0.45', '0.45'])
    expect(rectify).toMatchObject({ rank: null, grade: { from: expect.anything(), to: expect.anything() } })
  })

  it('is not among the problems of one’s own before it is notified', async () => {
    on('2018-02-09')
    const { json } = await (await test.as('head'))(at('/deductions/mine?asOf=2017-04-30'))
    const items = (json.places as { items: { status: string }[] }[]).flatMap((place) => place.items)
    expect(items.map(({ status }) => status)).not.toContain('not-notified')
  })
})

describe('what waits', () => {
  it('is one number from one place: the list, and the letter, whoever asks', async () => {
    await record('agency', { kind: '专项督查', what: '栏目长期未更新' })
    const assessed = createAssessedCache(db)
    for (const username of ['office', 'agency', 'editor', 'head', 'leader'] as const) {
      const listed = await waitingOf(username)
      const unit = { office: 'city', leader: 'city', agency: 'inspectors', editor: 'water', head: 'water' }
      const account = {
        id: `account-${username}`,
        username,
        name: username,
        role: username,
        unit: { id: unit[username], name: '' },
      }
      const told = await waitingFor(
        { db, assessed, today: '2018-02-10', language: 'zh-CN' },
        account as unknown as Parameters<typeof waitingFor>[1],
      )
      expect([username, told]).toEqual([username, listed])
    }
    const { json } = await (await test.as('office'))(at('/overview'))
    expect(json).not.toHaveProperty('todo')
  })

  it('has one day, told to everybody alike', async () => {
    const id = await record('agency', { kind: '专项督查', what: '栏目长期未更新' })
    const take = async (username: string, version: number, body: object) => {
      const { status, text } = await (
        await test.as(username)
      )(at(`/findings/${id}/facts`), { body, headers: { 'if-match': `"${version}"` } })
      expect(status, text).toBe(201)
    }
    await take('editor', 1, { type: 'submitted', reason: '已更新' })
    const office = await test.as('office')
    const listed = async (username: string) => {
      const { json } = await (await test.as(username))(at('/reviews'))
      return (json.items as { findingId: string; reviewOn: string }[]).find((one) => one.findingId === id)
    }
    const days = [
      (await stepsOf('agency', id))[0]?.[1],
      (await listed('agency'))?.reviewOn,
      (await listed('office'))?.reviewOn,
    ]
    expect(days).toEqual(['2018-03-07', '2018-03-07', '2018-03-07'])
    await take('head', 2, { type: 'appealed', reason: '有误' })
    const { json } = await office(at(`/findings/${id}`))
    expect([(await stepsOf('office', id))[0], json.deadline]).toEqual([
      ['decide', '2018-02-22'],
      '2018-03-07',
    ])
  })

  it('at an agency for which nobody works waits for the office, and at one that has somebody is that one’s', async () => {
    const reviews = async () => (await waitingOf('office')).filter(({ type }) => type === 'review')
    expect(await reviews()).toEqual([])
    expect((await waitingOf('agency')).filter(({ type }) => type === 'review')).not.toEqual([])
    const { json: before } = await (await test.as('office'))(at('/reviews'))
    expect(before.missing).toEqual([])
    await db
      .updateTable('accounts')
      .set({ disabledAt: '2018-02-10T00:00:00Z' })
      .where('username', '=', 'agency')
      .execute()
    const { json } = await (await test.as('office'))(at('/reviews'))
    expect(json.missing).toEqual([{ unit: '督查组', waiting: 1 }])
    expect(await reviews()).toMatchObject([{ insteadOf: '督查组' }])
  })

  it('for a verifier is one step a window, as many indicators as the page of verification counts, by the day of aggregation', async () => {
    await withAgency('verifier', '市政府办公室')
    const forestry = await unitId(db, '市林业局')
    await db.updateTable('accounts').set({ unitId: forestry }).where('username', '=', 'head').execute()
    const head = await test.as('head')
    const form = await head(at(`/self-assessments/${forestry}?component=self&window=H2`))
    expect((await waitingOf('head')).filter(({ type }) => type === 'fill-in')).toMatchObject([
      { window: 'H1', on: '2017-07-15' },
      { window: 'H2', on: '2018-01-15' },
    ])
    const handed = await head(at(`/self-assessments/${forestry}/submission`), {
      body: { component: 'self', window: 'H2', incomplete: true },
      headers: { 'if-match': String(form.json.etag) },
    })
    expect(handed.status, handed.text).toBe(201)
    const verifier = await test.as('verifier')
    const queue = await verifier(at('/verification?component=self&window=H2'))
    expect(queue.json.waiting).toBeGreaterThan(0)
    expect((await waitingOf('verifier')).filter(({ type }) => type === 'verify')).toMatchObject([
      {
        window: 'H2',
        on: '2018-02-10',
        unit: '市林业局',
        what: `自我考核 下半年：${String(queue.json.waiting)} 项待核查`,
      },
    ])
    expect((await waitingOf('head')).filter(({ type }) => type === 'fill-in')).toHaveLength(1)
  })
})
