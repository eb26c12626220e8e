import { expect, it } from 'vitest'
import { appOn, unitId, withYear, type Caller, type TestApp } from '../fixtures/app.ts'
import { eachDatabase, temporaryFolder } from '../fixtures/databases.ts'
import { verifyVouched } from '../../db/vouched-check.ts'
import { reportOf, soundSum, wrongSum } from '../fixtures/report-texts.ts'

interface Suspected {
  readonly id: string
  readonly rule: string
  readonly unit: string
  readonly state: string
  readonly excerpt: string
  readonly finding: { readonly id: string; readonly number: string } | null
}

eachDatabase('an annual report', (open) => {
  const folder = temporaryFolder()
  const started = async () => {
    const test: TestApp = appOn(await open(), null, folder.path)
    const year = await withYear(test)
    const water = await unitId(test.db, '市水务局')
    return { test, water, base: `/api/assessments/${year}`, office: await test.as('office') }
  }
  const send = (
    caller: Caller,
    base: string,
    unit: string,
    text: string,
    name = '报告.txt',
    year = '2017',
  ) => {
    const form = new FormData()
    form.set('file', new File([text], name))
    form.set('unitId', unit)
    form.set('year', year)
    return caller(`${base}/reports`, { form })
  }
  const desk = async (caller: Caller, base: string, query = ''): Promise<readonly Suspected[]> =>
    (await caller(`${base}/suspicions${query}`)).json.items as unknown as Suspected[]
  const sums = async (caller: Caller, base: string) =>
    (await desk(caller, base)).filter(({ rule }) => rule === 'sums')

  it('says of itself whose it is and on which year', async () => {
    const { office, base, water } = await started()
    const form = new FormData()
    form.set('file', new File([reportOf('市水务局', 2017, soundSum)], '报告.txt'))
    const read = await office(`${base}/reports/reading`, { form })
    expect(read.json).toMatchObject({ unitId: water, year: 2017, fileName: '报告.txt' })
  })

  it('with a sum that does not add up puts it on the desk, once, whatever is sent again', async () => {
    const { office, base, water } = await started()
    const text = reportOf('市水务局', 2017, wrongSum)
    const first = await send(office, base, water, text)
    expect([first.status, first.json.isNew, first.json.version]).toEqual([201, true, 1])
    const found = await sums(office, base)
    expect(found).toMatchObject([{ unit: '市水务局', state: 'open' }])
    const again = await send(office, base, water, text, '改名.txt')
    expect([again.status, again.json]).toEqual([200, { ...first.json, isNew: false, entered: 0 }])
    const longer = await send(office, base, water, `${text}\n附注`)
    expect(longer.json).toMatchObject({ isNew: true, version: 2, entered: 0 })
    expect(await sums(office, base)).toHaveLength(1)
    const list = await office(`${base}/reports`)
    expect(list.json.items).toMatchObject([{ unit: '市水务局', year: 2017, version: 2 }])
    const old = await office(`${base}/reports/${String(first.json.id)}`)
    expect(old.json).toMatchObject({ text, version: 1 })
    const observed = old.json.observations as { offset: number; excerpt: string; rule: string }[]
    const seen = observed.find(({ rule }) => rule === 'sums')
    expect(text.slice(seen?.offset, (seen?.offset ?? 0) + (seen?.excerpt.length ?? 0))).toBe(seen?.excerpt)
  })

  it('that was dismissed stays so, also in the next version; a postponed suspicion comes back on its day', async () => {
    const { test, office, base, water } = await started()
    await send(office, base, water, reportOf('市水务局', 2017, wrongSum))
    const [one] = await sums(office, base)
    const at = `${base}/suspicions/${one?.id}`
    const past = await office(`${at}/postpone`, { body: { until: '2018-02-10' } })
    expect(past.json.code).toBe('postponed-to-past')
    expect((await office(`${at}/postpone`, { body: { until: '2018-02-12' } })).status).toBe(204)
    expect((await desk(office, base, '?state=postponed')).map(({ id }) => id)).toEqual([one?.id])
    test.clock.now = new Date('2018-02-12T02:00:00Z')
    const then = await test.as('office')
    expect((await sums(then, base))[0]?.state).toBe('open')
    expect((await then(`${at}/dismiss`, { body: {} })).status).toBe(400)
    expect((await then(`${at}/dismiss`, { body: { reason: '另有 10 条为转载' } })).status).toBe(204)
    await send(then, base, water, `${reportOf('市水务局', 2017, wrongSum)}附注`)
    expect((await sums(then, base)).map(({ state }) => state)).toEqual(['dismissed'])
    const late = await then(`${at}/dismiss`, { body: { reason: '再排除一次' } })
    expect([late.status, late.json.code]).toEqual([409, 'suspicion-settled'])
    expect(await verifyVouched(test.db)).toMatchObject({ tampering: [] })
  })

  it('becomes a finding that tells where it came from, with the file as evidence; the unit then sees the place', async () => {
    const { test, office, base, water } = await started()
    const agency = await test.as('agency')
    const kept = await send(office, base, water, reportOf('市水务局', 2017, wrongSum))
    expect(await desk(agency, base)).toEqual([])
    expect((await agency(`${base}/reports/${String(kept.json.id)}`)).status).toBe(404)
    const assigned = await office(`${base}/suspicions/kinds`, {
      method: 'PUT',
      body: { monitor: 'report', kind: '专项督查' },
    })
    expect(assigned.status).toBe(204)
    const [one] = await sums(agency, base)
    const editor = await test.as('editor')
    const own = () => editor(`${base}/reports/${String(kept.json.id)}`)
    expect((await own()).json.observations).toEqual([])

    const at = `${base}/suspicions/${one?.id}/confirm`
    const body = {
      kind: '专项督查',
      unitId: water,
      what: '年度报告分项之和不等于总数',
      notifiedOn: '2018-02-10',
    }
    const elsewhere = await agency(at, { body: { ...body, kind: '舆情回应' } })
    expect(elsewhere.json.code).toBe('kind-not-yours')
    const confirmed = await agency(at, { body })
    expect([confirmed.status, confirmed.json.number]).toEqual([
      201,
      expect.stringMatching(/^市水务局 2017-\d+$/),
    ])
    const again = await agency(at, { body: { ...body, allowDuplicate: true } })
    expect(again.json.code).toBe('suspicion-settled')

    const finding = await editor(`${base}/findings/${String(confirmed.json.findingId)}`)
    expect(finding.json).toMatchObject({
      what: body.what,
      origin: { monitor: 'report', rule: 'sums', excerpt: one?.excerpt, recordId: kept.json.id },
      facts: [{ type: 'notified', evidence: [{ fileName: '报告.txt' }] }],
    })
    const shown = (await own()).json.observations
    expect(shown).toMatchObject([
      { rule: 'sums', suspicion: { state: 'confirmed', finding: { id: confirmed.json.findingId } } },
    ])
    expect(shown).toHaveLength(1)
    expect((await sums(office, base))[0]?.finding?.number).toBe(confirmed.json.number)
    expect(await verifyVouched(test.db)).toMatchObject({ tampering: [] })
  })

  it('sent twice at once is one report, and two who settle at once settle once', async () => {
    const { office, base, water } = await started()
    const text = reportOf('市水务局', 2017, wrongSum)
    const sent = await Promise.all([send(office, base, water, text), send(office, base, water, text)])
    expect(sent.map(({ status }) => status).sort()).toEqual([200, 201])
    expect(new Set(sent.map(({ json }) => json.id)).size).toBe(1)
    const [one] = await sums(office, base)
    const dismiss = () =>
      office(`${base}/suspicions/${one?.id}/dismiss`, { body: { reason: '另有 10 条为转载' } })
    const settled = await Promise.all([dismiss(), dismiss()])
    expect(settled.map(({ status }) => status).sort()).toEqual([204, 409])
  })

  it('is read by its own unit and by no other, and kept by nobody of a unit', async () => {
    const { test, office, base, water } = await started()
    const forest = await unitId(test.db, '市林业局')
    const kept = await send(office, base, forest, reportOf('市林业局', 2017, soundSum))
    const editor = await test.as('editor')
    expect((await editor(`${base}/reports`)).json.items).toEqual([])
    expect((await editor(`${base}/reports/${String(kept.json.id)}`)).status).toBe(404)
    expect((await send(editor, base, water, 'x')).status).toBe(403)
    const leader = await test.as('leader')
    expect((await leader(`${base}/reports`)).json.items).toHaveLength(1)
    const stranger = await test.as('stranger')
    expect((await stranger(`${base}/reports`)).status).toBe(404)
  })

  it('that nobody can read is refused with the reason, and pages without text are not assessable', async () => {
    const { office, base, water } = await started()
    const broken = await send(office, base, water, 'no pdf at all', '报告.pdf')
    expect([broken.status, broken.json.code]).toEqual([422, 'report-unreadable'])
    const empty = await send(office, base, water, ' ', '扫描.txt')
    const report = await office(`${base}/reports/${String(empty.json.id)}`)
    expect(report.json.observations).toMatchObject([{ severity: 'not-assessable', message: 'no-text' }])
    expect(await desk(office, base)).toEqual([])
  })

  it('pasted by several units in the same words is told to be like the other', async () => {
    const { test, office, base, water } = await started()
    const forest = await unitId(test.db, '市林业局')
    const paste = (unit: string, text: string) =>
      office(`${base}/reports`, { body: { text, unitId: unit, year: 2017 } })
    const long = `${soundSum}本局通过门户网站、政务新媒体和公示栏公开机构职能、办事指南、财政预算决算和重点领域信息，并组织工作人员学习条例，办理各类咨询。`
    await paste(water, reportOf('市水务局', 2017, long))
    await paste(forest, reportOf('市林业局', 2017, long))
    const rules = (await desk(office, base)).map(({ rule, unit }) => `${unit} ${rule}`)
    expect(rules).toContain('市林业局 near-copy')
  })
})
