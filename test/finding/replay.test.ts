import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDays } from '#assessment/day'
import type { CaseStep } from '#assessment/score/finding-course'
import { appOn, openMemory, withYear } from '../fixtures/app.ts'

const db = await openMemory()
const test = appOn(db)
let year = ''

beforeAll(async () => {
  year = await withYear(test)
})
afterAll(() => db.destroy())

const bodyOf: Readonly<Record<CaseStep, (on: string, choice: number) => object>> = {
  extended: (on, choice) => ({ type: 'extended', deadline: addDays(on, 40 + choice), reason: '工程未完' }),
  submitted: () => ({ type: 'submitted' }),
  withdrawn: () => ({ type: 'withdrawn' }),
  accepted: () => ({ type: 'accepted', reason: '已核对' }),
  rejected: () => ({ type: 'rejected', reason: '不符' }),
  appealed: () => ({ type: 'appealed', reason: '有误' }),
  decided: (_, choice) => ({
    type: 'decided',
    outcome: choice % 2 === 0 ? 'upheld' : 'revoked',
    reason: '已核实',
  }),
  reversed: () => ({ type: 'reversed', reason: '登记有误' }),
}
const people = ['office', 'agency', 'editor', 'head'] as const

const moves = fc.array(
  fc.record({ wait: fc.nat(15), who: fc.nat(3), pick: fc.nat(50), choice: fc.nat(20) }),
  {
    minLength: 3,
    maxLength: 8,
  },
)

it('every past day is shown as it was, whoever took whichever steps since', async () => {
  await fc.assert(
    fc.asyncProperty(moves, async (course) => {
      let today = '2018-03-01'
      const at = (day: string) => {
        today = day
        test.clock.now = new Date(`${day}T02:00:00Z`)
      }
      at(today)
      const { json } = await (
        await test.as('agency')
      )(`/api/assessments/${year}/findings`, {
        body: { kind: '专项督查', unitId: 'water', what: '栏目', notifiedOn: today, allowDuplicate: true },
      })
      const path = `/api/assessments/${year}/findings/${String(json.id)}`
      const shown = new Map<string, object>()
      const look = async (asOf?: string) => {
        const office = await test.as('office')
        const { json } = await office(asOf === undefined ? path : `${path}?asOf=${asOf}`)
        const { status, points, atRisk, worth, lostOn, appealed } = json
        expect([0, 150]).toContain(Number(points) + Number(atRisk))
        return { status, points, atRisk, worth, lostOn, appealed }
      }
      for (const { wait, who, pick, choice } of course) {
        shown.set(today, await look(today))
        at(addDays(today, wait))
        const caller = await test.as(people[who] ?? 'office')
        const before = await caller(path)
        const legal = before.json.legal as CaseStep[]
        const step = legal[pick % (legal.length || 1)]
        if (!step) continue
        const taken = await caller(`${path}/facts`, {
          body: bodyOf[step](today, choice),
          headers: { 'if-match': String(before.json.etag) },
        })
        // A second extension may not be longer than the first; nothing else that is offered is refused.
        if (taken.status !== 201) expect([step, taken.json.code]).toEqual(['extended', 'extension-not-later'])
      }
      shown.set(today, await look(today))
      for (const [day, was] of shown) expect(await look(day)).toEqual(was)
    }),
    { numRuns: 12 },
  )
}, 60_000)
