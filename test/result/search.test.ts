import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../db/database.ts'
import { type Db } from '../../db/source.ts'
import { insertAccount } from '../../db/accounts.ts'
import { appOn, openMemory, unitId, withYear, type Caller, type TestApp } from '../fixtures/app.ts'
import { postgresAddress } from '../fixtures/databases.ts'
import { migratedDatabase } from '../fixtures/postgres.ts'

const databases = {
  SQLite: openMemory,
  PostgreSQL: async () => openDatabase(await migratedDatabase(postgresAddress())),
}

describe.each(Object.keys(databases) as (keyof typeof databases)[])('search on %s', (kind) => {
  let db: Db
  let test: TestApp
  let id: string
  let year: string

  const found = async (caller: Caller, q: string, inAssessment: string | null = id) => {
    const query = new URLSearchParams({ q, ...(inAssessment === null ? {} : { assessmentId: inAssessment }) })
    const { status, json } = await caller(`/api/search?${query.toString()}`)
    const list = (key: string) => (json[key] ?? []) as readonly Record<string, unknown>[]
    return {
      status,
      units: list('units').map(({ unit }) => unit),
      findings: list('findings').map(({ fullNumber }) => fullNumber),
      excerpts: list('findings').map(({ field, excerpt }) => [field, excerpt]),
      more: json.more,
    }
  }

  beforeAll(async () => {
    db = await databases[kind]()
    test = appOn(db)
    id = await withYear(test)
    year = `/api/assessments/${id}`
    const agency = await test.as('agency')
    const record = async (what: string, source: string | null, caller = agency, kindKey = '专项督查') => {
      const { status, text, json } = await caller(`${year}/findings`, {
        body: {
          kind: kindKey,
          unitId: 'water',
          what,
          notifiedOn: '2018-01-09',
          reason: '补登',
          ...(source ? { source } : {}),
        },
      })
      if (status !== 201) throw new Error(text)
      return String(json.id)
    }
    await record('目录 100% 空白，a_b 栏目', '督查通报 Doc-7')
    const reversed = await record('重复登记的一条', null)
    const { status, text } = await agency(`${year}/findings/${reversed}/facts`, {
      body: { type: 'reversed', reason: '与另一条相同，登记有误' },
      headers: { 'if-match': '"1"' },
    })
    if (status >= 300) throw new Error(text)
    const county = {
      id: 'account-county',
      username: 'county',
      name: 'county',
      role: 'editor' as const,
      unitId: await unitId(db, '清河县教育局'),
      passwordHash: '-',
      mustChangePassword: 0,
      disabledAt: null,
      createdAt: test.clock.now.toISOString(),
    }
    await db.transaction().execute((trx) => insertAccount(trx, county))
  }, 60_000)
  afterAll(() => db.destroy())

  it('finds by number, matter, source, reason, place and kind, every word of them', async () => {
    const office = await test.as('office')
    expect((await found(office, '市林业局 2017-1')).findings).toEqual(['市林业局 2017-1'])
    expect((await found(office, '链接')).excerpts).toEqual([
      [
        'what',
        [
          { text: '链接', mark: true },
          { text: '失效', mark: false },
        ],
      ],
    ])
    expect((await found(office, 'doc-7')).excerpts[0]?.[0]).toBe('source')
    expect((await found(office, '登记有误')).excerpts[0]?.[0]).toBe('reason')
    expect((await found(office, '教育局')).findings).toEqual(['清河县政府 2017-1'])
    expect((await found(office, '清河县政府 栏目')).findings).toEqual(['清河县政府 2017-1'])
    expect((await found(office, '专项督查 链接')).findings).toEqual(['市林业局 2017-1'])
    expect((await found(office, '链接 栏目')).findings).toEqual([])
  })

  it('takes signs of patterns as they are', async () => {
    const office = await test.as('office')
    expect((await found(office, '100%')).findings).toHaveLength(1)
    expect((await found(office, 'a_b')).findings).toHaveLength(1)
    expect((await found(office, '%')).findings).toHaveLength(1)
    expect((await found(office, '_')).findings).toHaveLength(1)
    expect((await found(office, '!')).findings).toHaveLength(0)
    expect((await found(office, "' or 1=1 --")).findings).toHaveLength(0)
  })

  it('finds units by name and by the initials of its pinyin', async () => {
    const leader = await test.as('leader')
    expect((await found(leader, '水务')).units).toEqual(['市水务局'])
    expect((await found(leader, 'sswj')).units).toEqual(['市水务局'])
    expect((await found(leader, 'qinghe')).units).toEqual(['清河县政府'])
  })

  it('shows an agency only findings of its own kinds', async () => {
    const agency = await test.as('agency')
    expect((await found(agency, '市')).findings.length).toBeGreaterThan(0)
    for (const q of ['未及时回应', '市林业局 2017-2', '清河县政府 2017-1', '栏目三个月', '舆情回应', '清河'])
      expect((await found(agency, q)).findings, q).toEqual([])
    expect((await found(agency, '链接')).findings).toEqual(['市林业局 2017-1'])
  })

  it('shows a unit’s people nothing of other units', async () => {
    const mine = new Set(['市水务局 2017-1', '市水务局 2017-2', '市水务局 2017-3'])
    for (const name of ['editor', 'head'] as const) {
      const caller = await test.as(name)
      for (const q of ['2017', '市', '局', '督查', '未', '0']) {
        const { units, findings } = await found(caller, q)
        expect(units.filter((unit) => unit !== '市水务局')).toEqual([])
        expect(findings.filter((number) => !mine.has(String(number)))).toEqual([])
      }
      for (const q of ['链接', '市林业局 2017-1', '市林业局', '清河', 'slyj', '栏目三个月'])
        expect(await found(caller, q)).toMatchObject({ units: [], findings: [] })
      expect((await found(caller, '未按期')).findings).toEqual(['市水务局 2017-1'])
      expect((await found(caller, '未按期', null)).findings).toEqual(['市水务局 2017-1'])
    }
  })

  it('shows people below a participant only what happened at their place', async () => {
    const county = await test.as('county')
    expect((await found(county, '2017')).findings).toEqual(['清河县政府 2017-1'])
    expect((await found(county, '市')).findings).toEqual([])
    expect((await found(county, '清河')).units).toEqual([])
  })

  it('stops at twenty and says so', async () => {
    const press = await test.as('office')
    const inspectors = await test.as('agency')
    for (let number = 0; number < 21; number++)
      await inspectors(`${year}/findings`, {
        body: {
          kind: '专项督查',
          unitId: 'water',
          what: `批量 ${number}`,
          notifiedOn: '2018-01-10',
          reason: '补登',
          allowDuplicate: true,
        },
      })
    const { findings, more } = await found(press, '批量')
    expect([findings.length, more]).toEqual([20, { units: false, findings: true }])
  })

  it('is closed to another city’s office, to administrators, and to an empty question', async () => {
    expect((await found(await test.as('stranger'), '水务')).status).toBe(404)
    expect(await found(await test.as('stranger'), '水务', null)).toMatchObject({ units: [], findings: [] })
    expect((await found(await test.as('system'), '水务')).status).toBe(403)
    expect((await found(await test.as('office'), ' ')).status).toBe(400)
  })
})
