import { beforeEach, expect, it } from 'vitest'
import { findAccountByUsername, insertAccount } from '../../db/accounts.ts'
import { updateStage } from '../../db/assessments.ts'
import { appOn, unitId, withYear, type Caller, type TestApp } from '../fixtures/app.ts'
import { eachDatabase } from '../fixtures/databases.ts'

interface Placed {
  readonly composite: string
  readonly rank: number | null
}

eachDatabase('a case', (open) => {
  let test: TestApp
  let year: string
  let agency: Caller
  let editor: Caller
  let head: Caller
  let office: Caller

  beforeEach(async () => {
    test = appOn(await open())
    year = await withYear(test)
    ;[agency, editor, head, office] = (await Promise.all(
      (['agency', 'editor', 'head', 'office'] as const).map((role) => test.as(role)),
    )) as [Caller, Caller, Caller, Caller]
  })

  const on = (day: string) => {
    test.clock.now = new Date(`${day}T02:00:00Z`)
  }
  const scoreOn = async (day: string): Promise<string> => {
    const { json } = await office(`/api/assessments/${year}/units/water/scorecard?asOf=${day}`)
    return String((json.scorecard as Placed).composite)
  }
  const path = (finding: string) => `/api/assessments/${year}/findings/${finding}`
  const take = async (caller: Caller, finding: string, body: object, version: number) =>
    caller(`${path(finding)}/facts`, { body, headers: { 'if-match': `"${version}"` } })

  it('goes from notice to revocation, and every day keeps the score it had', async () => {
    on('2018-01-08')
    const recorded = await agency(`/api/assessments/${year}/findings`, {
      body: { kind: '专项督查', unitId: 'water', what: '公开指南电话无人接听', notifiedOn: '2018-01-08' },
    })
    expect(recorded.status).toBe(201)
    const id = String(recorded.json.id)

    const seen = await editor(path(id))
    expect(seen.json).toMatchObject({
      status: 'open',
      deadline: '2018-01-29',
      daysLeft: 15,
      worth: '0.45',
      legal: ['submitted'],
      turn: 'unit',
      appealUntil: '2018-01-15',
    })
    const mine = await editor(`/api/assessments/${year}/deductions/mine`)
    expect(mine.json).toMatchObject({ unit: { id: 'water' }, atRisk: 300 })

    on('2018-01-12')
    const appeal = await take(head, id, { type: 'appealed', reason: '电话当日检修' }, 1)
    expect(appeal.json).toMatchObject({ appealed: true, turn: 'office' })
    const submitted = await take(editor, id, { type: 'submitted', reason: '已恢复' }, 2)
    expect(submitted.json).toMatchObject({ status: 'pending-review', legal: ['withdrawn'] })

    on('2018-01-15')
    const rejected = await take(agency, id, { type: 'rejected', reason: '仍无人接听' }, 3)
    expect(rejected.json).toMatchObject({ status: 'open', turn: 'office', whatIf: null })

    on('2018-01-30')
    expect((await editor(path(id))).json).toMatchObject({ status: 'lost', points: 150, daysLeft: -1 })
    const listed = await office(`/api/assessments/${year}/appeals?state=waiting`)
    expect(listed.json.items).toMatchObject([
      { findingId: id, mayDecide: true, appealReason: '电话当日检修' },
    ])
    const before = await office(path(id))
    const { revoked } = before.json.whatIf as { revoked: { charged: { from: Placed; to: Placed } } }
    expect(revoked.charged.from.composite).toBe('89.55')
    expect(revoked.charged.to).toMatchObject({ composite: '90.00', grade: '优秀', rank: 1 })

    on('2018-02-01')
    const decided = await take(office, id, { type: 'decided', outcome: 'revoked', reason: '检修属实' }, 4)
    expect(decided.json).toMatchObject({ status: 'revoked', points: 0, legal: [], turn: null })
    expect((decided.json.facts as { type: string }[]).map(({ type }) => type)).toEqual([
      'notified',
      'appealed',
      'submitted',
      'rejected',
      'decided',
    ])

    const days = ['2018-01-29', '2018-01-30', '2018-01-31', '2018-02-01', '2018-02-10']
    expect(await Promise.all(days.map(scoreOn))).toEqual(['90.00', '89.55', '89.55', '90.00', '90.00'])
    const then = await editor(`${path(id)}?asOf=2018-01-31`)
    expect(then.json).toMatchObject({ status: 'lost', points: 150, worth: '0.45' })
    expect(then.json.facts).toHaveLength(4)
    const ledger = await office(`/api/assessments/${year}/findings?asOf=2018-01-31&q=指南电话`)
    expect(ledger.json.items).toMatchObject([{ status: 'lost', points: 150 }])
    const standings = await office(`/api/assessments/${year}/standings?asOf=2018-01-31`)
    expect(JSON.stringify(standings.json.standings)).toContain('89.55')

    const statistics = await office(`/api/assessments/${year}/appeals/statistics`)
    expect(statistics.json).toMatchObject({
      total: 1,
      revoked: 1,
      waiting: 0,
      byKind: [{ name: '专项督查', revoked: 1 }],
      byAgency: [{ name: '督查组', revoked: 1 }],
    })
  })

  it('answers a stale step with the present state, and takes nothing', async () => {
    const { json } = await agency(`/api/assessments/${year}/findings`, {
      body: { kind: '专项督查', unitId: 'water', what: '目录缺失', notifiedOn: '2018-02-05', reason: '补登' },
    })
    const id = String(json.id)
    expect((await editor(`${path(id)}/facts`, { body: { type: 'submitted' } })).status).toBe(428)
    expect((await take(editor, id, { type: 'submitted' }, 1)).status).toBe(201)
    const stale = await take(editor, id, { type: 'withdrawn' }, 1)
    expect([stale.status, stale.json.code]).toEqual([412, 'stale'])
    expect(stale.json.current).toMatchObject({ status: 'pending-review', etag: '"2"' })
    const again = await take(editor, id, { type: 'submitted' }, 2)
    expect([again.status, again.json.code, again.json.legal]).toEqual([
      409,
      'step-not-possible',
      ['withdrawn'],
    ])
    expect(String(again.json.detail)).toContain('撤回整改')
  })

  it('withdrawn, is handed in again with the files it had, and a further one', async () => {
    on('2018-02-06')
    const { json } = await agency(`/api/assessments/${year}/findings`, {
      body: { kind: '专项督查', unitId: 'water', what: '目录缺失', notifiedOn: '2018-02-05', reason: '补登' },
    })
    const id = String(json.id)
    const stage = async (url: string): Promise<string> => {
      const { json: staged } = await editor('/api/evidence', { body: { assessmentId: year, url } })
      return String(staged.id)
    }
    const first = await stage('https://water.example/1')
    await take(editor, id, { type: 'submitted', reason: '已补', evidence: [first] }, 1)
    const early = await take(head, id, { type: 'submitted', evidence: [first] }, 2)
    expect(early.json.code).toBe('step-not-possible')
    await take(editor, id, { type: 'withdrawn' }, 2)
    const second = await stage('https://water.example/2')
    const foreign = await take(head, id, { type: 'submitted', evidence: [first, second] }, 3)
    expect(foreign.json.code).toBe('evidence-not-staged')
    const again = await take(editor, id, { type: 'submitted', evidence: [first, second] }, 3)
    expect(again.status).toBe(201)
    const facts = again.json.facts as { type: string; evidence: { url: string; id: string }[] }[]
    expect(facts.map(({ type, evidence }) => [type, evidence.map(({ url }) => url)])).toEqual([
      ['notified', []],
      ['submitted', ['https://water.example/1']],
      ['withdrawn', []],
      ['submitted', ['https://water.example/2', 'https://water.example/1']],
    ])
    await take(office, id, { type: 'rejected', reason: '不全' }, 4)
    const rejected = await take(editor, id, { type: 'submitted', evidence: [first] }, 5)
    expect(rejected.json.code).toBe('evidence-not-staged')
  })

  it('moves to another unit and kind when the decision amends it', async () => {
    on('2018-02-05')
    const { json } = await agency(`/api/assessments/${year}/findings`, {
      body: { kind: '专项督查', unitId: 'water', what: '林地审批未公开', notifiedOn: '2018-02-05' },
    })
    const id = String(json.id)
    const forestry = await unitId(test.db, '市林业局')
    expect((await take(head, id, { type: 'appealed', reason: '不归我局' }, 1)).status).toBe(201)
    const same = { type: 'decided', outcome: 'amended', kind: '专项督查', unitId: 'water', reason: '核实' }
    expect((await take(office, id, same, 2)).json.code).toBe('amendment-changes-nothing')
    expect((await take(office, id, { ...same, unitId: 'elsewhere' }, 2)).json.code).toBe('unit-not-charged')
    const effect = await office(`${path(id)}/amendment?kind=舆情回应&unitId=${forestry}`)
    expect(effect.json).toMatchObject({ charged: { unit: '市水务局' }, instead: { unit: '市林业局' } })
    const moved = await take(office, id, { ...same, kind: '舆情回应', unitId: forestry }, 2)
    expect(moved.json).toMatchObject({ chargedUnit: '市林业局', kindName: '舆情回应', status: 'lost' })
    const kept = await editor(path(id))
    expect(kept.json).toMatchObject({
      chargedUnit: '市水务局',
      kindName: '专项督查',
      status: 'revoked',
      points: 0,
      movedOn: '2018-02-05',
      legal: [],
      whatIf: null,
    })
    expect(kept.json.facts).toMatchObject([
      { type: 'notified' },
      { type: 'appealed', reason: '不归我局' },
      { type: 'decided', outcome: 'amended', unit: null },
    ])
    expect((await agency(path(id))).status).toBe(404)
  })

  it('moved by a decision, takes no file along that the former unit withdrew', async () => {
    on('2018-02-06')
    const { json } = await agency(`/api/assessments/${year}/findings`, {
      body: { kind: '专项督查', unitId: 'water', what: '目录缺失', notifiedOn: '2018-02-05', reason: '补登' },
    })
    const id = String(json.id)
    const forestry = await unitId(test.db, '市林业局')
    await test.db.transaction().execute(async (trx) => {
      const row = await findAccountByUsername(trx, 'editor')
      if (row) await insertAccount(trx, { ...row, id: 'planter', username: 'planter', unitId: forestry })
    })
    const body = { assessmentId: year, url: 'https://water.example/1' }
    const { json: staged } = await editor('/api/evidence', { body })
    await take(editor, id, { type: 'submitted', evidence: [staged.id] }, 1)
    await take(editor, id, { type: 'withdrawn' }, 2)
    await take(head, id, { type: 'appealed', reason: '不归我局' }, 3)
    const decision = {
      type: 'decided',
      outcome: 'amended',
      kind: '专项督查',
      unitId: forestry,
      reason: '属林业',
    }
    expect((await take(office, id, decision, 4)).status).toBe(201)
    const planter = await test.as('planter')
    const foreign = await take(planter, id, { type: 'submitted', evidence: [staged.id] }, 5)
    expect(foreign.json.code).toBe('evidence-not-staged')
    expect((await take(planter, id, { type: 'submitted' }, 5)).status).toBe(201)
  })

  it('moved by a decision, is told to the unit then charged: its time to rectify and to appeal begins', async () => {
    on('2018-01-08')
    const { json } = await agency(`/api/assessments/${year}/findings`, {
      body: { kind: '专项督查', unitId: 'water', what: '目录缺失', notifiedOn: '2018-01-08', reason: '补登' },
    })
    const id = String(json.id)
    const forestry = await unitId(test.db, '市林业局')
    await test.db.transaction().execute(async (trx) => {
      const row = await findAccountByUsername(trx, 'head')
      if (row) await insertAccount(trx, { ...row, id: 'ranger', username: 'ranger', unitId: forestry })
    })
    await take(editor, id, { type: 'submitted', reason: '已补' }, 1)
    await take(agency, id, { type: 'accepted' }, 2)
    await take(head, id, { type: 'appealed', reason: '不归我局' }, 3)
    // Decided when the first deadline, and the time to appeal against the notice, are long over.
    on('2018-02-05')
    const decision = {
      type: 'decided',
      outcome: 'amended',
      kind: '专项督查',
      unitId: forestry,
      reason: '属林业',
    }
    const before = await scoreOn('2018-02-05')
    const moved = await take(office, id, decision, 4)
    expect(moved.json).toMatchObject({ chargedUnit: '市林业局', status: 'open', deadline: '2018-03-01' })
    expect(await scoreOn('2018-02-05')).toBe(before)

    const ranger = await test.as('ranger')
    const told = await ranger(path(id))
    expect(told.json).toMatchObject({
      status: 'open',
      deadline: '2018-03-01',
      appealUntil: '2018-02-11',
      legal: ['submitted', 'appealed'],
      facts: [{ type: 'notified' }, { type: 'decided', outcome: 'amended', deadline: '2018-03-01' }],
    })
    const firsts = await head(path(id))
    expect((firsts.json.facts as object[]).at(-1)).toMatchObject({
      type: 'decided',
      unit: null,
      deadline: null,
    })
    const mine = await ranger(`/api/assessments/${year}/deductions/mine`)
    expect(mine.json).toMatchObject({ unit: { name: '市林业局' } })

    on('2018-02-11')
    const appeal = await take(await test.as('ranger'), id, { type: 'appealed', reason: '也不归我局' }, 5)
    expect(appeal.status).toBe(201)
    const upheld = await take(
      await test.as('office'),
      id,
      { type: 'decided', outcome: 'upheld', reason: '属林业' },
      6,
    )
    expect(upheld.json).toMatchObject({ appealed: false })
    const again = await take(await test.as('ranger'), id, { type: 'appealed', reason: '再申' }, 7)
    expect(again.json.code).toBe('step-not-possible')
  })

  it('takes no step once the results are published', async () => {
    const { json } = await agency(`/api/assessments/${year}/findings`, {
      body: { kind: '专项督查', unitId: 'water', what: '目录缺失', notifiedOn: '2018-02-05', reason: '补登' },
    })
    await test.db.transaction().execute((trx) => updateStage(trx, year, 'published'))
    const late = await take(editor, String(json.id), { type: 'submitted' }, 1)
    expect([late.status, late.json.code]).toEqual([409, 'assessment-closed'])
  })
})
