import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { updateStage } from '../../db/assessments.ts'
import { stages, type Stage } from '#assessment/vocabulary'
import { insertUnits } from '../../db/units.ts'
import { appOn, openMemory, withYear, type Answer, type Caller } from '../fixtures/app.ts'

const test = appOn(await openMemory())
let office: Caller
let editor: Caller
let last: string
beforeAll(async () => {
  last = await withYear(test)
  office = await test.as('office')
  editor = await test.as('editor')
  const missing = ['市政府办公室', '市政府新闻办', '市公安局', '市司法局', '市大数据局', '督查组']
  const held = new Set((await test.db.selectFrom('units').select('name').execute()).map(({ name }) => name))
  await test.db.transaction().execute((trx) =>
    insertUnits(
      trx,
      missing
        .filter((name) => !held.has(name))
        .map((name, index) => ({
          id: `agency-${index}`,
          name,
          kind: 'agency' as const,
          parentId: null,
          position: 90 + index,
        })),
    ),
  )
})
afterAll(() => test.db.destroy())

/** The day it is; sessions end meanwhile. */
async function on(day: string): Promise<void> {
  test.clock.now = new Date(`${day}T02:00:00Z`)
  office = await test.as('office')
  editor = await test.as('editor')
}
const at = (id: string, path = '') => `/api/assessments/${id}${path}`
const versionOf = async (id: string): Promise<string> =>
  String((await office(at(id, '/participants'))).json.version)
const move = async (id: string, stage: Stage, reason?: string): Promise<Answer> =>
  office(at(id, '/stage'), {
    body: { stage, ...(reason === undefined ? {} : { reason }) },
    headers: { 'if-match': await versionOf(id) },
  })
const draft = async (): Promise<string> => {
  const made = await office('/api/assessments', {
    body: { name: '新年度考核', year: 2018, preset: 'municipal' },
  })
  return String(made.json.id)
}
const putParticipants = async (id: string, participants: readonly object[], reason?: string) =>
  office(at(id, '/participants'), {
    method: 'PUT',
    body: { participants, ...(reason === undefined ? {} : { reason }) },
    headers: { 'if-match': await versionOf(id) },
  })
const set = (id: string, stage: Stage) => test.db.transaction().execute((trx) => updateStage(trx, id, stage))

describe('a new year', () => {
  it('says what is missing, refuses to open until it is there, and opens once', async () => {
    await on('2018-07-10')
    const id = await draft()
    const before = await office(at(id, '/checklist'))
    expect(before.json).toMatchObject({ ready: false })
    expect(before.json.items?.[0]).toMatchObject({ code: 'no-participants', severity: 'error' })
    const refused = await move(id, 'open')
    expect([refused.status, refused.json.code]).toEqual([409, 'not-ready-to-open'])

    const blocked = await office(at(id, '/findings'), {
      body: { kind: '专项督查', unitId: 'water', what: '目录缺失', notifiedOn: '2018-07-02' },
    })
    expect(blocked.status).toBeGreaterThanOrEqual(403)
    expect((await putParticipants(id, [{ unitId: 'water', group: '市直部门' }])).status).toBe(200)
    const opened = await move(id, 'open')
    expect([opened.status, opened.json.stage]).toEqual([201, 'open'])
    expect(opened.json.changes).toMatchObject([{ stage: 'open', on: '2018-07-10' }])
    expect((await move(id, 'open')).json.code).toBe('stage-not-possible')

    expect((await putParticipants(id, [])).json.code).toBe('reason-required')
    expect((await putParticipants(id, [], '机构撤并')).status).toBe(200)
    await putParticipants(id, [{ unitId: 'water', group: '市直部门' }], '恢复')
  })

  it('puts off a day for one unit, whose form, list and inbox show it, and closes for the others', async () => {
    await on('2018-07-10')
    const id = await draft()
    await putParticipants(id, [
      { unitId: 'water', group: '市直部门' },
      { unitId: 'agency-0', group: '市直部门' },
    ])
    await move(id, 'open')
    const place = { component: 'self', window: 'H1' }
    const grant = (unitIds: string[] | null, dueOn: string) =>
      office(at(id, '/extensions'), { body: { ...place, unitIds, dueOn, reason: '系统迁移' } })
    expect((await grant(['water'], '2018-07-15')).json.code).toBe('extension-day-not-later')
    expect((await grant(['city'], '2018-07-25')).json.code).toBe('not-a-participant')
    expect((await grant(['water'], '2018-07-25')).status).toBe(201)
    expect((await editor(at(id, '/extensions'), { body: {} })).status).toBe(403)

    await on('2018-07-18')
    const course = await office(at(id, '/course'))
    expect((course.json.windows as { overdue: number; missing: object[] }[])[0]).toMatchObject({
      overdue: 1,
      missing: [
        { unitId: 'agency-0', countsAsZero: true },
        { dueOn: '2018-07-25', countsAsZero: false },
      ],
    })
    const close = async () =>
      office(at(id, '/windows/closing'), {
        body: place,
        headers: { 'if-match': await versionOf(id) },
      })
    expect((await close()).status).toBe(201)
    expect((await close()).json.code).toBe('window-closed')

    const form = await editor(at(id, '/self-assessments/water?component=self&window=H1'))
    expect(form.json).toMatchObject({
      window: { dueOn: '2018-07-25', closedOn: null },
      steps: ['fill', 'ask'],
    })
    const inbox = await editor('/api/inbox')
    expect(inbox.json.items?.filter(({ assessmentId }) => assessmentId === id)).toMatchObject([
      { type: 'fill-in', on: '2018-07-25', window: 'H1' },
    ])
    await on('2018-07-26')
    const late = await editor(at(id, '/self-assessments/water?component=self&window=H1'))
    expect(late.json).toMatchObject({ window: { closedOn: '2018-07-18' }, steps: [] })
  })
})

describe('the stages', () => {
  const legal: Readonly<Record<Stage, Partial<Record<Stage, number>>>> = {
    draft: { open: 201 },
    open: { aggregating: 201, published: 409 },
    aggregating: { open: 422, published: 409 },
    published: { archived: 201 },
    archived: {},
  }
  it.each(stages.flatMap((from) => stages.map((to) => [from, to] as const)))(
    'from %s to %s: only as the table says',
    async (from, to) => {
      await on('2018-02-10')
      const id = await draft()
      await putParticipants(id, [{ unitId: 'water', group: '市直部门' }])
      await set(id, from)
      const answered = await move(id, to)
      expect(answered.status).toBe(legal[from][to] ?? 409)
      if (from === 'aggregating' && to === 'open')
        expect((await move(id, to, '漏登问题')).json.stage).toBe('open')
    },
  )

  const recorded = (id: string) =>
    test.as('agency').then((agency) =>
      agency(at(id, '/findings'), {
        body: {
          kind: '专项督查',
          unitId: 'water',
          what: '目录缺失',
          notifiedOn: '2018-02-05',
          reason: '补登',
        },
      }),
    )
  it.each([
    ['draft', 'assessment-draft'],
    ['open', undefined],
    ['aggregating', 'stage-forbids'],
    ['published', 'assessment-closed'],
    ['archived', 'assessment-closed'],
  ] as const)('in %s a finding is recorded, or refused in words', async (stage, code) => {
    await on('2018-02-10')
    await set(last, stage)
    expect((await recorded(last)).json.code).toBe(code)
  })

  it('keeps a participant about whom something is recorded', async () => {
    await set(last, 'open')
    const refused = await putParticipants(last, [], '精简')
    expect([refused.status, refused.json.code]).toEqual([409, 'participant-has-facts'])
    const list = (await office(at(last, '/participants'))).json.items as { heldBy: string[] }[]
    expect(list[0]?.heldBy).toContain('findings')
    expect((await office(at(last, '/course'))).json.mayAmend).toBe(true)
    expect((await editor(at(last, '/course'))).json.mayAmend).toBe(false)
  })

  it('the list tells who may change it and how; a leader reads it without what is on record, a unit not at all', async () => {
    await set(last, 'open')
    const leader = await test.as('leader')
    expect((await office(at(last, '/participants'))).json.change).toBe('with-reason')
    const { json } = await leader(at(last, '/participants'))
    expect(json.change).toBeNull()
    expect((json.items as { heldBy: string[] }[]).flatMap(({ heldBy }) => heldBy)).toEqual([])
    expect((json.items ?? []).length).toBeGreaterThan(0)
    expect((await office(at(await draft(), '/participants'))).json.change).toBe('free')
    await set(last, 'archived')
    expect((await office(at(last, '/participants'))).json.change).toBeNull()
    expect((await editor(at(last, '/participants'))).status).toBe(403)
    await set(last, 'open')
  })
})
