import { expect, it } from 'vitest'
import { updateStage } from '../../db/assessments.ts'
import { appOn, unitId, withYear } from '../fixtures/app.ts'
import { eachDatabase } from '../fixtures/databases.ts'

/* Points lost below a county are the county's: whoever puts a unit elsewhere moves points. */
eachDatabase('a unit that is put below another', (open) => {
  const start = async () => {
    const test = appOn(await open())
    const year = await withYear(test)
    const office = await test.as('office')
    const bureau = await unitId(test.db, '清河县教育局')
    const move = async (username: string, parentId: string | null) => {
      const caller = await test.as(username)
      const { json } = await caller('/api/units?size=500')
      const etag = json.items?.find(({ id }) => id === bureau)?.etag
      return caller(`/api/units/${bureau}`, {
        method: 'PATCH',
        body: { parentId },
        headers: { 'if-match': String(etag) },
      })
    }
    const standings = async () =>
      (await office(`/api/assessments/${year}/standings?asOf=2018-02-10`)).json.standings
    const seen = async () => (await office(`/api/assessments/${year}/findings`)).json.items
    const become = (stage: 'open' | 'published') =>
      test.db.transaction().execute((trx) => updateStage(trx, year, stage))
    return { test, move, standings, seen, become }
  }

  it('moves points in a year that runs, and none in one that is over', async () => {
    const { move, standings, seen, become } = await start()
    const [before, found] = [await standings(), await seen()]
    await become('published')
    expect((await move('office', null)).status).toBe(200)
    expect(await standings()).toEqual(before)
    expect(await seen()).toEqual(found)
    await become('open')
    expect(await standings()).toEqual(before)

    const other = await start()
    const running = await other.standings()
    expect((await other.move('office', await unitId(other.test.db, '市水务局'))).status).toBe(200)
    expect(await other.standings()).not.toEqual(running)
  })

  it('is put there by the office, not by an administrator', async () => {
    const { move, standings } = await start()
    const before = await standings()
    expect((await move('system', null)).status).toBe(403)
    expect(await standings()).toEqual(before)
  })
})
