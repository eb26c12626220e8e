import { expect, test } from 'vitest'
import type { Db } from '../../db/source.ts'
import { appOn, unitId, withYear, type Caller, type TestApp } from '../fixtures/app.ts'
import { eachDatabase } from '../fixtures/databases.ts'

interface Line {
  readonly findingId: string
  readonly number: string
  readonly fullNumber: string
  readonly what: string
  readonly unit: string
  readonly chargedUnit: string
}

const today = '2018-02-05'

class City {
  private constructor(
    readonly test: TestApp,
    readonly year: string,
  ) {}

  static async on(db: Db): Promise<City> {
    const app = appOn(db)
    const year = await withYear(app)
    app.clock.now = new Date(`${today}T02:00:00Z`)
    return new City(app, year)
  }
  get path(): string {
    return `/api/assessments/${this.year}`
  }
  /** Records one more problem of a special inspection at a unit. */
  async record(unitId: string, what: string): Promise<{ id: string; number: string; fullNumber: string }> {
    const agency = await this.test.as('agency')
    const { json, status, text } = await agency(`${this.path}/findings`, {
      body: { kind: '专项督查', unitId, what, notifiedOn: today, allowDuplicate: true },
    })
    expect(status, text).toBe(201)
    return { id: String(json.id), number: String(json.number), fullNumber: String(json.fullNumber) }
  }
  async take(who: 'head' | 'office', findingId: string, facts: number, body: object): Promise<void> {
    const caller = await this.test.as(who)
    const answer = await caller(`${this.path}/findings/${findingId}/facts`, {
      body,
      headers: { 'if-match': `"${facts}"` },
    })
    expect(answer.status, answer.text).toBe(201)
  }
  /** Moves a finding to another unit, as the decision on an appeal does. */
  async move(findingId: string, to: string): Promise<void> {
    await this.take('head', findingId, 1, { type: 'appealed', reason: '不归我局' })
    await this.take('office', findingId, 2, {
      type: 'decided',
      outcome: 'amended',
      kind: '专项督查',
      unitId: to,
      reason: '核实',
    })
  }
  async ledger(caller: Caller, query = 'sort=number'): Promise<readonly Line[]> {
    const { json, status, text } = await caller(`${this.path}/findings?size=200&${query}`)
    expect(status, text).toBe(200)
    return json.items as unknown as Line[]
  }
}

const fullNumbers = (lines: readonly Line[]): string[] => lines.map(({ fullNumber }) => fullNumber)

eachDatabase('finding numbers', (open) => {
  test('tell a unit how many problems of its own there are, and nothing of the city', async () => {
    const db = await open()
    const city = await City.on(db)
    const forestry = await unitId(db, '市林业局')
    const before = await city.ledger(await city.test.as('office'))
    const at = (unit: string) => before.filter(({ chargedUnit }) => chargedUnit === unit).length
    const next = (unit: string) => `2017-${at(unit) + 1}`
    expect(await city.record('water', '一')).toMatchObject({
      number: next('市水务局'),
      fullNumber: `市水务局 ${next('市水务局')}`,
    })
    expect(await city.record(forestry, '二')).toMatchObject({ number: next('市林业局') })
    // A county answers for its departments: theirs count with its own.
    const education = await unitId(db, '清河县教育局')
    const county = await unitId(db, '清河县政府')
    const place = at('清河县政府')
    expect((await city.record(education, '三')).fullNumber).toBe(`清河县政府 2017-${place + 1}`)
    expect((await city.record(county, '四')).fullNumber).toBe(`清河县政府 2017-${place + 2}`)
  })

  test('are each given once, however many are recorded at the same time', async () => {
    const city = await City.on(await open())
    const first = await city.record('water', '起')
    const start = Number(first.number.split('-')[1])
    const many = await Promise.all(
      Array.from({ length: 8 }, (_, index) => city.record('water', `同时 ${index}`)),
    )
    const places = many.map(({ number }) => Number(number.split('-')[1])).sort((a, b) => a - b)
    expect(places).toEqual(Array.from({ length: 8 }, (_, index) => start + 1 + index))
  })

  test('stay when the finding moves, and bear the name of the unit that they were given in', async () => {
    const db = await open()
    const city = await City.on(db)
    const forestry = await unitId(db, '市林业局')
    const office = await city.test.as('office')
    // Both units come to have the same number.
    const { number: wanted } = await city.record(forestry, '本地')
    let moving = await city.record('water', '移走')
    while (moving.number !== wanted) moving = await city.record('water', '移走')
    await city.move(moving.id, forestry)

    const alike = (await city.ledger(office)).filter(({ fullNumber }) => fullNumber.endsWith(` ${wanted}`))
    expect(
      alike.map(({ number, fullNumber, chargedUnit }) => [number, fullNumber, chargedUnit]).sort(),
    ).toEqual(
      [
        [wanted, `市林业局 ${wanted}`, '市林业局'],
        [`市水务局 ${wanted}`, `市水务局 ${wanted}`, '市林业局'],
      ].sort(),
    )
    const { json: detail } = await office(`${city.path}/findings/${moving.id}`)
    expect(detail).toMatchObject({ number: `市水务局 ${wanted}`, fullNumber: `市水务局 ${wanted}` })
    const { json: card } = await office(`${city.path}/units/${forestry}/scorecard`)
    expect(JSON.stringify(card)).toContain(`"number":"市水务局 ${wanted}"`)
    // The unit that it left keeps it under its own number.
    const left = await city.ledger(await city.test.as('head'))
    expect(left.find(({ findingId }) => findingId === moving.id)).toMatchObject({
      number: wanted,
      fullNumber: `市水务局 ${wanted}`,
    })
    // The number is not given again, neither where it was given nor where it is now.
    const next = `2017-${Number(wanted.split('-')[1]) + 1}`
    expect([(await city.record('water', '后')).number, (await city.record(forestry, '后')).number]).toEqual([
      next,
      next,
    ])
  })

  test('are found alone, with the unit that they were given in and with the one charged', async () => {
    const db = await open()
    const city = await City.on(db)
    const forestry = await unitId(db, '市林业局')
    const office = await city.test.as('office')
    const { id, number } = await city.record('water', '移走')
    await city.move(id, forestry)
    const search = async (q: string) => {
      const query = new URLSearchParams({ q, assessmentId: city.year })
      const { json } = await office(`/api/search?${query.toString()}`)
      return fullNumbers(json.findings as unknown as Line[])
    }
    const listed = async (q: string) =>
      fullNumbers(await city.ledger(office, new URLSearchParams({ q }).toString()))
    for (const find of [search, listed])
      for (const q of [number, `市水务局 ${number}`, `市水务局${number}`, `市林业局 ${number}`])
        expect(await find(q), q).toContain(`市水务局 ${number}`)
    expect(await listed(`清河县政府 ${number}`)).not.toContain(`市水务局 ${number}`)

    // Of many numbers that begin alike, the one asked for comes first.
    for (let count = 0; count < 12; count++) await city.record('water', `第 ${count} 个`)
    expect((await search('市水务局 2017-1'))[0]).toBe('市水务局 2017-1')
  })

  test('stand with their unit in the audit log, the inbox and the calendar', async () => {
    const db = await open()
    const city = await City.on(db)
    const education = await unitId(db, '清河县教育局')
    const { id, number, fullNumber } = await city.record('water', '错链')
    const below = await city.record(education, '县里的')
    await city.take('head', id, 1, { type: 'appealed', reason: '不归我局' })
    const entries = await db
      .selectFrom('auditEntries')
      .select(['action', 'detail'])
      .where('subject', 'in', [id, below.id])
      .orderBy('seq')
      .execute()
    expect(entries.map(({ detail }) => (JSON.parse(detail ?? '{}') as { number: string }).number)).toEqual([
      fullNumber,
      below.fullNumber,
      fullNumber,
    ])
    const { json: inbox } = await (await city.test.as('office'))('/api/inbox')
    expect(inbox.items).toContainEqual(expect.objectContaining({ unit: '市水务局', number, what: '错链' }))

    const head = await city.test.as('head')
    const { json: calendar } = await head('/api/calendar/token', { method: 'POST' })
    const { text } = await city.test.anyone(String(calendar.path))
    expect(text.replaceAll('\r\n ', '')).toContain(`市水务局 ${number} 错链`)
  })

  test('written in a batch may be those of another unit, but not given twice in one', async () => {
    const db = await open()
    const city = await City.on(db)
    const agency = await city.test.as('agency')
    const { number } = await city.record('water', '先')
    const row = (unit: string, what: string) =>
      [unit, '专项督查', what, today, '', '', '', '', number].join('\t')
    const head = [
      '单位',
      '扣分类别',
      '事由',
      '通知日期',
      '整改期限',
      '整改日期',
      '核查结果',
      '撤销日期',
      '编号',
    ]
    const send = (...rows: string[]) =>
      agency(`${city.path}/findings/batch`, { body: { text: [head.join('\t'), ...rows].join('\n') } })
    const refused = await send(row('市水务局', '重号'))
    expect(refused.json.errors).toMatchObject([{ code: 'number-taken' }])
    const recorded = await send(row('清河县政府', '另一单位的同号'))
    expect([recorded.status, recorded.json.rows], recorded.text).toMatchObject([201, [{ number }]])
  })
})
