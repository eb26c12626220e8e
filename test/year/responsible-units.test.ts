import { beforeEach, expect, it } from 'vitest'
import { insertAccount } from '../../db/accounts.ts'
import { updateStage } from '../../db/assessments.ts'
import type { Db } from '../../db/source.ts'
import { insertUnits } from '../../db/units.ts'
import { hashPassword } from '../../server/access/password.ts'
import { appOn, cheapCost, withYear, type TestApp } from '../fixtures/app.ts'
import { eachDatabase } from '../fixtures/databases.ts'

/** The press office, which provides 舆情回应, and another unit that would like to. */
async function withAgencies(db: Db): Promise<void> {
  const passwordHash = await hashPassword('x', cheapCost)
  await db.transaction().execute(async (trx) => {
    await insertUnits(trx, [
      { id: 'press', name: '市政府新闻办', kind: 'agency', parentId: null, position: 90 },
      { id: 'culture', name: '市文化局', kind: 'agency', parentId: null, position: 91 },
    ])
    for (const username of ['press', 'culture'])
      await insertAccount(trx, {
        id: username,
        username,
        name: username,
        role: 'agency',
        unitId: username,
        passwordHash,
        mustChangePassword: 0,
        disabledAt: null,
        createdAt: '2018-01-01T00:00:00Z',
      })
  })
}

eachDatabase('the units that a rule names', (open) => {
  let db: Db
  let test: TestApp
  let year: string
  const at = (path = '', id = year) => `/api/assessments/${id}${path}`

  beforeEach(async () => {
    db = await open()
    test = appOn(db)
    year = await withYear(test)
    await withAgencies(db)
  })

  const rename = async (id: string, name: string) => {
    const office = await test.as('office')
    const { json } = await office('/api/units?size=500')
    const unit = json.items?.find((item) => item.id === id)
    const answer = await office(`/api/units/${id}`, {
      method: 'PATCH',
      body: { name },
      headers: { 'if-match': String(unit?.etag) },
    })
    expect(answer.status, answer.text).toBe(200)
  }
  const kindsSeenBy = async (username: string): Promise<unknown> => {
    const { status, json } = await (await test.as(username))(at('/findings'))
    return status === 200 ? json.items?.map(({ kind }) => kind) : status
  }
  const record = async (username: string, id = year) =>
    (await test.as(username))(at('/findings', id), {
      body: {
        kind: '舆情回应',
        unitId: 'water',
        what: '未及时回应',
        notifiedOn: '2018-02-10',
        allowDuplicate: true,
      },
    })

  it('keep their rights under a new name, and who takes the old one gains nothing', async () => {
    await rename('press', '市新闻中心')
    await rename('culture', '市政府新闻办')
    expect(await kindsSeenBy('press')).toEqual(['舆情回应'])
    expect(await kindsSeenBy('culture')).toBe(404)
    expect((await record('culture')).status).toBe(404)
    const recorded = await record('press')
    expect(recorded.status, recorded.text).toBe(201)
    const { json } = await (await test.as('press'))(at(`/findings/${String(recorded.json.id)}`))
    expect(json.provider).toBe('市新闻中心')
    expect((await (await test.as('press'))(at())).json.provides).toEqual(['舆情回应'])
  })

  it('are the same in a year begun on the same rule or on a copy of it', async () => {
    await rename('press', '市新闻中心')
    await rename('culture', '市政府新闻办')
    const office = await test.as('office')
    const { schemeId } = (await office(at())).json
    const copy = await office('/api/schemes', { body: { copyOf: schemeId, name: '下年度办法' } })
    expect(copy.status, copy.text).toBe(201)
    for (const scheme of [schemeId, copy.json.id]) {
      const begun = await office('/api/assessments', {
        body: { name: '2018 年度考核', year: 2018, schemeId: scheme },
      })
      const { json } = await office(at('/responsible-units', String(begun.json.id)))
      const units = json.items?.filter(({ kinds }) => (kinds as string[]).includes('舆情回应'))
      expect(units).toMatchObject([{ unit: { id: 'press', name: '市新闻中心' } }])
    }
  })

  it('keep the name that they had in years that are over', async () => {
    await record('press')
    await db.transaction().execute((trx) => updateStage(trx, year, 'published'))
    await rename('press', '市新闻中心')
    await rename('water', '市水利局')
    await rename('water', '市水利和湖泊局')
    const { json } = await (await test.as('office'))(at('/findings?q=未及时回应'))
    const line = json.items?.find(({ chargedUnitId }) => chargedUnitId === 'water')
    expect(line).toMatchObject({ provider: '市政府新闻办', unit: '市水务局', chargedUnit: '市水务局' })
  })

  it('hand over to another unit by the office alone, from the day and with a reason that show', async () => {
    const office = await test.as('office')
    const { version } = (await office(at('/responsible-units'))).json
    const to = { name: '市政府新闻办', unitId: 'culture', reason: '机构改革，职责并入市文化局' }
    const headers = { 'if-match': String(version) }
    const byAgency = await (await test.as('press'))(at('/responsible-units'), { body: to, headers })
    expect([byAgency.status, byAgency.json.code]).toEqual([403, 'forbidden'])
    const silent = await office(at('/responsible-units'), { body: { ...to, reason: ' ' }, headers })
    expect(silent.status).toBe(400)
    const unheard = await office(at('/responsible-units'), { body: { ...to, name: '市气象局' }, headers })
    expect(unheard.status).toBe(404)
    const handed = await office(at('/responsible-units'), { body: to, headers })
    expect(handed.status, handed.text).toBe(201)
    expect(handed.json.items?.find(({ name }) => name === to.name)).toMatchObject({
      unit: { id: 'culture', name: '市文化局' },
      handedOver: [{ unit: '市文化局', on: '2018-02-10', reason: to.reason, by: 'office' }],
    })
    expect(await kindsSeenBy('press')).toBe(404)
    expect(await kindsSeenBy('culture')).toEqual(['舆情回应'])
    expect((await record('culture')).status).toBe(201)
    expect(
      await db
        .selectFrom('auditEntries')
        .select('subject')
        .where('action', '=', 'responsible.hand-over')
        .execute(),
    ).toEqual([{ subject: year }])
    const again = await office(at('/responsible-units'), {
      body: to,
      headers: { 'if-match': String((await office(at('/responsible-units'))).json.version) },
    })
    expect([again.status, again.json.code]).toEqual([409, 'handed-over-already'])
  })

  it('change neither the rule nor its workbook', async () => {
    const office = await test.as('office')
    const { json: before } = await office(at())
    await rename('press', '市新闻中心')
    const { json: after } = await office(at())
    expect(after.scheme).toEqual(before.scheme)
    expect(after.schemeId).toBe(before.schemeId)
  })
})
