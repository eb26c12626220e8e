import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appOn, openMemory, withYear } from '../fixtures/app.ts'

const db = await openMemory()
const test = appOn(db)
beforeAll(async () => {
  await withYear(test)
  // The problem at 市林业局 is open until 20 May.
  test.clock.now = new Date('2017-05-03T02:00:00Z')
})
afterAll(() => db.destroy())

/** The events of a calendar: unfolded lines, by property. */
function eventsOf(text: string): Record<string, string>[] {
  expect(text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:')).toBe(true)
  expect(text.trimEnd().endsWith('END:VCALENDAR')).toBe(true)
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  const lines = text.replaceAll('\r\n ', '').split('\r\n')
  const events: Record<string, string>[] = []
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^:]+):(.*)$/.exec(line) ?? []
    const event = events.at(-1)
    if (line === 'BEGIN:VEVENT') events.push({})
    else if (event) event[name] ??= value
  }
  return events
}

const addressOf = async (username: string): Promise<string> =>
  String((await (await test.as(username))('/api/calendar/token', { method: 'POST' })).json.path)
const calendarOf = async (username: string) => eventsOf((await test.anyone(await addressOf(username))).text)
const summaries = async (username: string) =>
  (await calendarOf(username)).map((event) => `${event['DTSTART;VALUE=DATE']} ${event.SUMMARY}`)

describe('the calendar', () => {
  it('holds the year’s milestones as days without a time zone', async () => {
    const event = (await calendarOf('leader')).find(({ SUMMARY }) => SUMMARY?.includes('上半年'))
    expect(event).toMatchObject({ 'DTSTART;VALUE=DATE': '20170715', DTSTAMP: '20170503T020000Z' })
    expect(event?.UID).toMatch(/@zhengheng$/)
    expect((await test.anyone(await addressOf('leader'))).headers.get('content-type')).toBe(
      'text/calendar; charset=utf-8',
    )
  })

  it('holds deadlines of the kinds one provides, and of nobody else’s', async () => {
    const own = (await summaries('agency')).filter((line) => line.includes('整改期限'))
    expect(own.join()).toMatch(/20170520 .*市林业局.*链接失效/)
    expect((await summaries('leader')).join()).not.toContain('整改期限')
    expect((await summaries('head')).join()).not.toContain('市林业局')
    expect(await calendarOf('stranger')).toEqual([])
  })

  it('tells the head of the charged unit the last day to appeal', async () => {
    await db
      .updateTable('accounts')
      .set({ unitId: await forestry() })
      .where('id', '=', 'account-head')
      .execute()
    const lines = await summaries('head')
    expect(lines.join()).toMatch(/20170509 申诉截止/)
    expect((await summaries('editor')).join()).not.toContain('申诉截止')
    await db.updateTable('accounts').set({ unitId: 'water' }).where('id', '=', 'account-head').execute()
  })

  it('stops at its address when it is renewed, revoked, or the account disabled', async () => {
    const status = async (path: string) => (await test.anyone(path)).status
    const first = await addressOf('agency')
    const second = await addressOf('agency')
    expect([await status(first), await status(second)]).toEqual([404, 200])
    await db
      .updateTable('accounts')
      .set({ disabledAt: '2017-05-03T00:00:00Z' })
      .where('id', '=', 'account-agency')
      .execute()
    expect(await status(second)).toBe(404)
    await db.updateTable('accounts').set({ disabledAt: null }).where('id', '=', 'account-agency').execute()
    await (
      await test.as('agency')
    )('/api/calendar/token', { method: 'DELETE' })
    expect(await status(second)).toBe(404)
    const stored = await db.selectFrom('accounts').select('calendarTokenHash').execute()
    expect(JSON.stringify(stored)).not.toContain(first.slice(14, -4))
  })

  it('answers a calendar program, but not one that asks all the time or guesses', async () => {
    const address = await addressOf('office')
    const statuses = []
    for (let call = 0; call < 21; call++) statuses.push((await test.anyone(address)).status)
    expect([statuses[19], statuses[20]]).toEqual([200, 429])
    for (let call = 0; call < 60; call++) await test.anyone(`/api/calendar/${'a'.repeat(43)}.ics`)
    expect((await test.anyone(`/api/calendar/${'b'.repeat(43)}.ics`)).status).toBe(429)
    test.clock.now = new Date(test.clock.now.getTime() + 61_000)
    expect((await test.anyone(address)).status).toBe(200)
  })
})

const forestry = async () =>
  (await db.selectFrom('units').select('id').where('name', '=', '市林业局').executeTakeFirstOrThrow()).id
