import { beforeEach, describe, expect, it } from 'vitest'
import { insertAccount } from '../../db/accounts.ts'
import { insertParticipants } from '../../db/participants.ts'
import type { Role } from '#assessment/vocabulary'
import { insertUnits } from '../../db/units.ts'
import { hashPassword } from '../../server/access/password.ts'
import { appOn, cheapCost, unitId, withYear, type Caller, type TestApp } from '../fixtures/app.ts'
import { eachDatabase } from '../fixtures/databases.ts'

eachDatabase('nobody acts in their own case:', (open) => {
  let test: TestApp
  let year: string
  const at = (path = '') => `/api/assessments/${year}${path}`

  /** 市公安局 provides 网站安全隐患 and is assessed itself; so is a station below it. */
  beforeEach(async () => {
    test = appOn(await open())
    year = await withYear(test)
    const { db } = test
    const passwordHash = await hashPassword('x', cheapCost)
    const forestry = await unitId(db, '市林业局')
    await db.transaction().execute(async (trx) => {
      await insertUnits(trx, [
        { id: 'police', name: '市公安局', kind: 'department', parentId: 'city', position: 90 },
        { id: 'station', name: '市公安局网安支队', kind: 'section', parentId: 'police', position: 91 },
      ])
      await insertParticipants(trx, [
        { assessmentId: year, unitId: 'police', groupName: '市直部门', position: 90 },
      ])
      const account = (username: string, role: Role, unit: string) =>
        insertAccount(trx, {
          id: `account-${username}`,
          username,
          name: username,
          role,
          unitId: unit,
          passwordHash,
          mustChangePassword: 0,
          disabledAt: null,
          createdAt: '2018-01-01T00:00:00Z',
        })
      await account('police', 'agency', 'police')
      await account('police-head', 'head', 'police')
      await account('station', 'agency', 'station')
      await account('forest-head', 'head', forestry)
      await account('second-office', 'office', 'city')
    })
  })

  const record = async (caller: Caller, unit: string, kind = '网站安全隐患') =>
    caller(at('/findings'), {
      body: { kind, unitId: unit, what: '首页有高危漏洞', notifiedOn: '2018-02-10', allowDuplicate: true },
    })
  const take = async (who: string, id: string, body: object, version: number) =>
    (await test.as(who))(at(`/findings/${id}/facts`), { body, headers: { 'if-match': `"${version}"` } })

  describe('a provider that is charged itself', () => {
    it('records nothing against itself; the office does, and its note shows', async () => {
      const police = await test.as('police')
      expect((await record(police, 'water')).status).toBe(201)
      for (const place of ['police', 'station']) {
        const refused = await record(police, place)
        expect([refused.status, refused.json.code]).toEqual([403, 'own-unit-case'])
      }
      const batch = await police(at('/findings/batch?dryRun=1'), {
        body: {
          text: '单位\t扣分类别\t事由\t通知日期\t整改期限\n市公安局\t网站安全隐患\t漏洞\t2018-02-10\t',
        },
      })
      expect(batch.json).toMatchObject({ counts: { error: 1 }, rows: [{ code: 'own-unit-case' }] })
      const office = await test.as('office')
      expect((await record(office, 'water')).json.code).toBe('kind-not-yours')
      const recorded = await record(office, 'police')
      expect(recorded.status, recorded.text).toBe(201)
      const { json } = await (await test.as('police-head'))(at(`/findings/${String(recorded.json.id)}`))
      expect(json.facts).toMatchObject([{ type: 'notified', by: { unit: '云州市' }, inPlaceOf: '市公安局' }])
    })

    it('neither extends, reviews nor reverses; the office does', async () => {
      const recorded = await record(await test.as('office'), 'police')
      const id = String(recorded.json.id)
      expect((await take('police-head', id, { type: 'submitted' }, 1)).status).toBe(201)
      const seen = await (await test.as('police'))(at(`/findings/${id}`))
      expect([seen.status, seen.json.legal]).toEqual([200, []])
      for (const body of [
        { type: 'extended', deadline: '2018-06-01', reason: '工程未完' },
        { type: 'accepted' },
        { type: 'rejected', reason: '不符' },
        { type: 'reversed', reason: '登记有误' },
      ]) {
        const refused = await take('police', id, body, 2)
        expect([refused.status, refused.json.code], body.type).toEqual([403, 'own-unit-case'])
      }
      const accepted = await take('second-office', id, { type: 'accepted' }, 2)
      expect(accepted.status, accepted.text).toBe(201)
      expect((accepted.json.facts as object[]).at(-1)).toMatchObject({
        type: 'accepted',
        inPlaceOf: '市公安局',
      })
    })
  })

  it('a unit below the one charged is a party, too', async () => {
    const office = await test.as('office')
    const { version } = (await office(at('/responsible-units'))).json
    await office(at('/responsible-units'), {
      body: { name: '市公安局', unitId: 'station', reason: '职责调整' },
      headers: { 'if-match': String(version) },
    })
    const station = await test.as('station')
    expect((await record(station, 'water')).status).toBe(201)
    expect((await record(station, 'police')).json.code).toBe('own-unit-case')
    expect((await record(await test.as('office'), 'police')).status).toBe(201)
  })

  it('a form that its own unit would verify says in whose place the office does', async () => {
    const justice = await unitId(test.db, '市司法局').catch(() => null)
    const unit = justice ?? 'justice'
    await test.db.transaction().execute(async (trx) => {
      if (justice === null)
        await insertUnits(trx, [
          { id: unit, name: '市司法局', kind: 'department', parentId: 'city', position: 92 },
        ])
      await insertParticipants(trx, [
        { assessmentId: year, unitId: unit, groupName: '市直部门', position: 92 },
      ])
    })
    const { json } = await (await test.as('office'))(at(`/self-assessments/${unit}`))
    const areas = json.areas as { key: string; verifier: string; inPlaceOf: string | null }[]
    expect(areas.filter(({ inPlaceOf }) => inPlaceOf !== null)).toMatchObject([
      { key: '4', verifier: '云州市', inPlaceOf: '市司法局' },
    ])
  })

  it('a finding moved to another unit stays with the first up to then; the second sees neither its appeal nor its files', async () => {
    const recorded = await record(await test.as('police'), 'water')
    const id = String(recorded.json.id)
    const head = await test.as('head')
    const link = await head('/api/evidence', {
      body: {
        assessmentId: year,
        findingId: id,
        url: 'https://water.example.gov.cn/a',
        name: '水务内部说明',
      },
    })
    expect(link.status, link.text).toBe(201)
    const appealed = { type: 'appealed', reason: '系统由林业局管理', evidence: [link.json.id] }
    expect((await take('head', id, appealed, 1)).status).toBe(201)
    const forestry = await unitId(test.db, '市林业局')
    const amended = {
      type: 'decided',
      outcome: 'amended',
      kind: '网站安全隐患',
      unitId: forestry,
      reason: '属实',
    }
    expect((await take('office', id, amended, 2)).status).toBe(201)

    const forest = await test.as('forest-head')
    const second = await forest(at(`/findings/${id}`))
    expect((second.json.facts as { type: string }[]).map(({ type }) => type)).toEqual(['notified', 'decided'])
    expect(second.json).toMatchObject({
      chargedUnit: '市林业局',
      movedOn: null,
      // It hears of it only now: rectifying and appealing are its own.
      legal: ['submitted', 'appealed'],
    })
    expect((await forest(at('/appeals'))).json.total).toBe(0)
    expect((await forest(`/api/search?q=系统由林业局管理`)).json).toMatchObject({ findings: [] })
    const card = await forest(at(`/units/${forestry}/scorecard`))
    expect((card.json.timeline as { type: string }[]).map(({ type }) => type)).not.toContain('appealed')
    for (const view of ['/findings', '/appeals', '/deductions/mine', '/due', `/findings/${id}`])
      expect((await forest(at(view))).text).not.toMatch(/系统由林业局管理|水务内部说明/)

    expect((await take('forest-head', id, { type: 'submitted', reason: '已移交他人' }, 3)).status).toBe(201)
    const first = await head(at(`/findings/${id}`))
    expect(first.json).toMatchObject({ chargedUnit: '市水务局', movedOn: '2018-02-10', points: 0, legal: [] })
    expect((first.json.facts as { type: string }[]).map(({ type }) => type)).toEqual([
      'notified',
      'appealed',
      'decided',
    ])
    expect((await head(at('/findings?q=高危漏洞'))).json.items).toMatchObject([{ findingId: id }])
    expect((await head(at('/appeals'))).json.items).toMatchObject([{ appealReason: '系统由林业局管理' }])
    expect((await head(`/api/search?q=已移交他人`)).json).toMatchObject({ findings: [] })
    expect((await head(at(`/findings/${id}`))).text).not.toContain('市林业局"')
    expect((await take('head', id, { type: 'appealed', reason: '再诉' }, 4)).status).toBe(404)
  })
})
