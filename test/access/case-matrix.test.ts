import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caseSteps, type CaseStep } from '#assessment/score/finding-course'
import { insertAccount } from '../../db/accounts.ts'
import { newId } from '../../db/ids.ts'
import { type UnitRow } from '../../db/tables.ts'
import { roles, type Role } from '#assessment/vocabulary'
import { insertUnits } from '../../db/units.ts'
import { appOn, openMemory, password, withYear, cheapCost } from '../fixtures/app.ts'
import { hashPassword } from '../../server/access/password.ts'

/** How a caller's unit stands to the finding: it is charged, the place below it, the provider, the assessing unit, or none of these. */
const relations = ['charged', 'place', 'provider', 'assessing', 'other-unit', 'other-agency'] as const
type Relation = (typeof relations)[number]

/** model.md §11 and §7, written out apart from the table in server/access. */
const allowed: Readonly<Record<CaseStep, readonly `${Role} ${Relation}`[]>> = {
  extended: ['agency provider', 'office assessing'],
  submitted: ['editor charged', 'head charged', 'editor place', 'head place'],
  withdrawn: ['editor charged', 'head charged', 'editor place', 'head place'],
  accepted: ['agency provider', 'office assessing'],
  rejected: ['agency provider', 'office assessing'],
  appealed: ['head charged'],
  decided: ['office assessing'],
  reversed: ['agency provider', 'office assessing'],
}
const reads = new Set<`${Role} ${Relation}`>([
  'agency provider',
  'office assessing',
  'leader assessing',
  'editor charged',
  'head charged',
  'editor place',
  'head place',
])

const unitOf: Readonly<Record<Relation, string>> = {
  charged: 'county',
  place: 'county-school',
  provider: 'inspectors',
  assessing: 'city',
  'other-unit': 'water',
  'other-agency': 'press',
}
const unitless = new Set<Role>(['system', 'security', 'audit'])

const db = await openMemory()
const test = appOn(db)
let year = ''
/** A finding for each state in which some step is possible. */
const findings = new Map<'open' | 'submitted' | 'appealed', { id: string; facts: number }>()
const stateFor: Readonly<Record<CaseStep, 'open' | 'submitted' | 'appealed'>> = {
  extended: 'open',
  submitted: 'open',
  withdrawn: 'submitted',
  accepted: 'submitted',
  rejected: 'submitted',
  appealed: 'open',
  decided: 'appealed',
  reversed: 'open',
}
const bodyOf: Readonly<Record<CaseStep, object>> = {
  extended: { type: 'extended', deadline: '2018-06-01', reason: '工程未完' },
  submitted: { type: 'submitted' },
  withdrawn: { type: 'withdrawn' },
  accepted: { type: 'accepted', reason: '网上核对无误' },
  rejected: { type: 'rejected', reason: '不符' },
  appealed: { type: 'appealed', reason: '有误' },
  decided: { type: 'decided', outcome: 'upheld', reason: '属实' },
  reversed: { type: 'reversed', reason: '登记有误' },
}

const callers = roles.flatMap((role) =>
  (unitless.has(role) ? [relations[0]] : relations).map((relation) => ({ role, relation })),
)

beforeAll(async () => {
  year = await withYear(test)
  const at = test.clock.now.toISOString()
  const passwordHash = await hashPassword(password, cheapCost)
  const unit = (id: string, name: string, kind: UnitRow['kind'], parentId: string | null): UnitRow => ({
    id,
    name,
    kind,
    parentId,
    position: 50,
  })
  const county = await db
    .selectFrom('units')
    .select('id')
    .where('name', '=', '清河县政府')
    .executeTakeFirstOrThrow()
  await db.transaction().execute(async (trx) => {
    await insertUnits(trx, [
      unit('county-school', '清河县第一中学', 'school', county.id),
      unit('press', '市政府新闻办', 'agency', null),
    ])
    for (const { role, relation } of callers) {
      await insertAccount(trx, {
        id: `${role} ${relation}`,
        username: `${role}-${relation}`,
        name: role,
        role,
        unitId: unitless.has(role) ? null : relation === 'charged' ? county.id : unitOf[relation],
        passwordHash,
        mustChangePassword: 0,
        disabledAt: null,
        createdAt: at,
      })
    }
    await insertAccount(trx, {
      id: 'recorder',
      username: 'recorder',
      name: 'recorder',
      role: 'agency',
      unitId: 'inspectors',
      passwordHash,
      mustChangePassword: 0,
      disabledAt: null,
      createdAt: at,
    })
  })
  const recorder = await test.as('recorder')
  for (const state of ['open', 'submitted', 'appealed'] as const) {
    const { json } = await recorder(`/api/assessments/${year}/findings`, {
      body: {
        kind: '专项督查',
        unitId: 'county-school',
        what: `问题 ${state}`,
        notifiedOn: '2018-02-08',
        reason: '补登',
        allowDuplicate: true,
      },
    })
    findings.set(state, { id: String(json.id), facts: 1 })
  }
  const step = async (username: string, state: 'submitted' | 'appealed', body: object) => {
    const finding = findings.get(state) ?? { id: '', facts: 0 }
    const caller = await test.as(username)
    await caller(`/api/assessments/${year}/findings/${finding.id}/facts`, {
      body,
      headers: { 'if-match': '"1"' },
    })
    findings.set(state, { ...finding, facts: 2 })
  }
  await step('editor-place', 'submitted', bodyOf.submitted)
  await step('head-charged', 'appealed', bodyOf.appealed)
})
afterAll(() => db.destroy())

const path = (id: string) => `/api/assessments/${year}/findings/${id}`

describe.each(callers)('$role whose unit is $relation', ({ role, relation }) => {
  const name = `${role} ${relation}` as const

  it(`${reads.has(name) ? 'reads' : 'does not see'} the finding`, async () => {
    const caller = await test.as(`${role}-${relation}`)
    const { status } = await caller(path(findings.get('open')?.id ?? ''))
    expect(status === 200).toBe(reads.has(name))
    expect([200, 403, 404]).toContain(status)
  })

  it.each(caseSteps)('is told rightly whether it may do: %s', async (step) => {
    const caller = await test.as(`${role}-${relation}`)
    const { json } = await caller(path(findings.get(stateFor[step])?.id ?? ''))
    const legal = (json.legal ?? []) as CaseStep[]
    expect(legal.includes(step)).toBe(allowed[step].includes(name))
  })

  it.each(caseSteps)('takes exactly the steps it may: %s', async (step) => {
    const caller = await test.as(`${role}-${relation}`)
    // A version that nobody holds: those who may are told that it is stale, so that nothing changes between callers.
    const { status, json } = await caller(`${path(findings.get(stateFor[step])?.id ?? '')}/facts`, {
      body: bodyOf[step],
      headers: { 'if-match': `"${newId()}"` },
    })
    expect(status === 412).toBe(allowed[step].includes(name))
    if (status !== 412) expect([403, 404]).toContain(status)
    expect(json.code).not.toBe('internal')
  })
})

describe('who judges', () => {
  it('has recorded, handled and submitted nothing of the case', async () => {
    const finding = path(findings.get('submitted')?.id ?? '')
    const office = await test.as('office-assessing')
    const facts = async () => ((await office(finding)).json.facts as unknown[]).length
    const take = async (body: object) =>
      office(`${finding}/facts`, { body, headers: { 'if-match': `"${await facts()}"` } })
    const head = await test.as('head-charged')
    await head(`${finding}/facts`, {
      body: bodyOf.appealed,
      headers: { 'if-match': `"${await facts()}"` },
    })
    expect((await office(finding)).json.legal).toContain('decided')
    const rejecter = await test.as('agency-provider')
    await rejecter(`${finding}/facts`, {
      body: bodyOf.rejected,
      headers: { 'if-match': `"${await facts()}"` },
    })
    expect((await take(bodyOf.extended)).status).toBe(201)
    expect((await office(finding)).json.legal).not.toContain('decided')
    const own = await take(bodyOf.decided)
    expect([own.status, own.json.code]).toEqual([403, 'own-case'])
    expect(String(own.json.detail)).toContain('没有经手的人')
    const other = await test.as('office')
    expect((await other(finding)).json.legal).toContain('decided')
  })

  it('dates a step before today only with a reason, never in the future nor before the last', async () => {
    const { json } = await (
      await test.as('recorder')
    )(`/api/assessments/${year}/findings`, {
      body: {
        kind: '专项督查',
        unitId: 'county-school',
        what: '日期',
        notifiedOn: '2018-02-07',
        reason: '补登',
        allowDuplicate: true,
      },
    })
    const take = async (who: string, body: object) =>
      (await (await test.as(who))(`${path(String(json.id))}/facts`, { body, headers: { 'if-match': '"1"' } }))
        .json.code
    const extend = { ...bodyOf.extended }
    expect(await take('agency-provider', { ...extend, on: '2018-02-11' })).toBe('fact-in-future')
    expect(await take('agency-provider', { ...extend, on: '2018-02-06' })).toBe('fact-before-previous')
    expect(await take('agency-provider', { ...extend, deadline: '2018-02-08' })).toBe('extension-not-later')
    expect(await take('editor-place', { type: 'submitted', on: '2018-02-09', reason: '补报' })).toBe(
      'backdating-not-yours',
    )
    expect(await take('agency-provider', { ...extend, on: '2018-02-09' })).toBeUndefined()
  })
})
