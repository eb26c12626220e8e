import { beforeEach, expect, it } from 'vitest'
import { appOn, withAccounts, workbookForm, type Caller, type TestApp } from '../fixtures/app.ts'
import { eachDatabase } from '../fixtures/databases.ts'

const announcement = '元旦：1月1日（周五）至3日（周日）放假，共3天。1月9日（周六）上班。'

eachDatabase('the holidays of a year', (open) => {
  let test: TestApp
  let office: Caller
  let year: string

  beforeEach(async () => {
    test = appOn(await open())
    test.clock.now = new Date('2026-12-24T02:00:00Z')
    await withAccounts(test)
    office = await test.as('office')
    const { json } = await office('/api/assessments', {
      body: { name: '2026', year: 2026, preset: 'municipal' },
    })
    year = `/api/assessments/${String(json.id)}`
    const form = await workbookForm({
      考核对象: [
        ['单位', '分组'],
        ['市水务局', '市直部门'],
      ],
    })
    expect((await office(`${year}/import`, { form })).status).toBe(200)
  })

  const record = async (notifiedOn: string, more: object = {}): Promise<string> => {
    const agency = await test.as('agency')
    const body = { kind: '专项督查', unitId: 'water', what: '公开指南电话无人接听', notifiedOn, ...more }
    const answer = await agency(`${year}/findings`, { body })
    expect(answer.status, answer.text).toBe(201)
    return String(answer.json.id)
  }
  const announce = (text: string, query = '', more: object = {}) =>
    office(`/api/holidays/2027${query}`, { body: { text, ...more } })
  const years = async () =>
    (await office('/api/holidays')).json.years as { year: number; holidays: string[]; workdays: string[] }[]
  const recounted = async (caller: Caller = office) =>
    (await caller(`${year}/recounted-deadlines`)).json.items as unknown as {
      findingId: string
      deadline: string
      recounted: string
      movable: boolean
    }[]
  const detail = async (id: string) => (await office(`${year}/findings/${id}`)).json

  it('are read from their announcement, shown before they are kept, and kept with who entered them', async () => {
    const dry = await announce(announcement, '?dryRun=1')
    expect(dry.status).toBe(200)
    expect(dry.json).toMatchObject({
      committed: false,
      known: false,
      counts: { new: 2, error: 0, holidays: 1, workdays: 1 },
    })
    expect((await years())[0]?.year).toBe(2026)
    expect((await announce(announcement)).status).toBe(201)
    expect((await years())[0]).toMatchObject({
      year: 2027,
      holidays: ['2027-01-01'],
      workdays: ['2027-01-09'],
      entered: { at: '2026-12-24T02:00:00.000Z', reason: null },
    })
  })

  it('with anything that was not understood are not kept', async () => {
    const wrong = await announce('1月1日（周四）放假。', '?dryRun=1')
    expect(wrong.json.counts).toMatchObject({ new: 0, error: 1 })
    expect((await announce('1月1日（周四）放假。')).json.code).toBe('announcement-invalid')
    expect((await announce('祝大家新年快乐')).json.code).toBe('announcement-empty')
    expect((await years())[0]?.year).toBe(2026)
  })

  it('are changed only with a reason', async () => {
    await announce(announcement)
    const again = '元旦：1月1日放假。'
    expect((await announce(again)).json.code).toBe('announcement-known')
    expect((await announce(again, '', { reason: '按更正后的通知' })).status).toBe(201)
    expect((await years())[0]).toMatchObject({ workdays: [], entered: { reason: '按更正后的通知' } })
  })

  it('put off the deadlines that were counted before them, once somebody confirms, and cut none short', async () => {
    const later = await record('2026-12-24')
    const chosen = await record('2026-12-24', {
      what: '依申请公开逾期答复',
      deadline: '2027-03-01',
      deadlineReason: '情况复杂',
    })
    expect(await recounted()).toEqual([])
    const before = String((await detail(later)).deadline)
    await announce(announcement.replace('1月9日（周六）上班。', ''))

    const [item, ...more] = await recounted()
    expect([item?.findingId, item?.deadline, item?.movable, more]).toEqual([later, before, true, []])
    expect((item?.recounted ?? '') > before).toBe(true)
    expect(await recounted(await test.as('agency'))).toHaveLength(1)
    expect((await (await test.as('editor'))(`${year}/recounted-deadlines`)).status).toBe(403)

    const move = (findingIds: string[]) =>
      office(`${year}/recounted-deadlines`, { body: { findingIds, reason: '放假安排公布' } })
    expect((await move([later, chosen])).json.code).toBe('stale')
    expect((await detail(later)).deadline).toBe(before)
    expect((await move([later])).json).toEqual({ moved: 1 })
    expect((await detail(later)).deadline).toBe(item?.recounted)
    expect(JSON.stringify(await detail(later))).toContain('放假安排公布')
    expect(await recounted()).toEqual([])

    // A weekend worked instead brings a deadline forward: it is told, and stays.
    const told = String((await detail(await record('2026-12-24', { what: '栏目空白' }))).deadline)
    await announce('1月9日上班。1月10日上班。', '', { reason: '更正' })
    const [early] = await recounted()
    expect([early?.deadline, early?.movable]).toEqual([told, false])
    expect((early?.recounted ?? told) < told).toBe(true)
  })
})
