import { beforeEach, expect, it } from 'vitest'
import { insertAccount } from '../../db/accounts.ts'
import { updateStage } from '../../db/assessments.ts'
import type { Db } from '../../db/source.ts'
import type { Role } from '#assessment/vocabulary'
import { insertUnits } from '../../db/units.ts'
import { hashPassword } from '../../server/access/password.ts'
import {
  appOn,
  cheapCost,
  unitId,
  withAccounts,
  workbookForm,
  type Caller,
  type TestApp,
} from '../fixtures/app.ts'
import { eachDatabase } from '../fixtures/databases.ts'

interface Leaf {
  readonly key: string
  readonly full: string
  readonly entry: { readonly etag: string; readonly marks: string | null } | null
  readonly claimed: { readonly marks: string | null } | null
  readonly verified: { readonly marks: string | null } | null
  readonly evidence: readonly { readonly id: string }[]
}
interface Form {
  readonly state: string
  readonly steps: readonly string[]
  readonly etag: string
  readonly areas: readonly {
    readonly key: string
    readonly verifier: string
    readonly leaves: readonly Leaf[]
  }[]
  readonly totals: Record<string, unknown>
}
interface Item {
  readonly unitId: string
  readonly leaf: string
  readonly etag: string
  readonly full: string
}

const place = { component: 'self', window: 'H1' }
const query = 'component=self&window=H1'

/** Accounts of the three responsible units of the municipal preset; 市司法局 takes part itself. */
async function withVerifiers(db: Db): Promise<void> {
  const passwordHash = await hashPassword('x', cheapCost)
  const [forestry, justice] = [await unitId(db, '市林业局'), await unitId(db, '市司法局')]
  await db.transaction().execute(async (trx) => {
    await insertUnits(trx, [
      { id: 'government-office', name: '市政府办公室', kind: 'agency', parentId: 'city', position: 90 },
      { id: 'data', name: '市大数据局', kind: 'agency', parentId: 'city', position: 91 },
    ])
    const account = (username: string, role: Role, unitId: string) =>
      insertAccount(trx, {
        id: `account-${username}`,
        username,
        name: username,
        role,
        unitId,
        passwordHash,
        mustChangePassword: 0,
        disabledAt: null,
        createdAt: '2017-01-01T00:00:00Z',
      })
    await account('verifier', 'agency', 'government-office')
    await account('data-verifier', 'agency', 'data')
    await account('justice', 'agency', justice)
    await account('justice-head', 'head', justice)
    await account('forest-head', 'head', forestry)
  })
}

eachDatabase('a self-assessment', (open) => {
  let test: TestApp
  let base: string
  let editor: Caller
  let head: Caller
  let office: Caller
  let verifier: Caller
  let justice: Caller
  let data: Caller

  beforeEach(async () => {
    test = appOn(await open())
    await withAccounts(test)
    office = await test.as('office')
    const created = await office('/api/assessments', {
      body: { name: '2017 年度考核', year: 2017, preset: 'municipal' },
    })
    base = `/api/assessments/${String(created.json.id)}`
    const form = await workbookForm({
      考核对象: [
        ['单位', '分组', '上级单位', '参评'],
        ['市水务局', '市直部门', null, null],
        ['市林业局', '市直部门', null, null],
        ['市司法局', '市直部门', null, null],
      ],
    })
    const imported = await office(`${base}/import`, { form })
    expect(imported.status, imported.text).toBe(200)
    await withVerifiers(test.db)
    on('2017-07-03')
    ;[office, editor, head, verifier, justice, data] = [
      'office',
      'editor',
      'head',
      'verifier',
      'justice',
      'data-verifier',
    ].map(person) as [Caller, Caller, Caller, Caller, Caller, Caller]
  })

  /** Signs in for every call, since sessions do not outlive the days that pass here. */
  const person =
    (name: string): Caller =>
    async (path, call) =>
      (await test.as(name))(path, call)
  const on = (day: string) => {
    test.clock.now = new Date(`${day}T02:00:00Z`)
  }
  const read = async (caller: Caller, unit = 'water'): Promise<Form> => {
    const { json, status, text } = await caller(`${base}/self-assessments/${unit}?${query}`)
    expect(status, text).toBe(200)
    return json as unknown as Form
  }
  const leavesOf = (form: Form): Leaf[] => form.areas.flatMap(({ leaves }) => leaves)
  const fill = (caller: Caller, leaf: string, etag: string, entry: Record<string, unknown>, unit = 'water') =>
    caller(`${base}/self-assessments/${unit}/draft`, {
      method: 'PUT',
      body: { ...place, leaf, marks: null, note: null, ...entry },
      headers: { 'if-match': etag },
    })
  const fillAll = async (caller: Caller, unit = 'water') => {
    for (const { key, full, entry } of leavesOf(await read(caller, unit))) {
      const answer = await fill(caller, key, entry?.etag ?? '', { marks: full }, unit)
      expect(answer.status, answer.text).toBe(200)
    }
  }
  const step = async (caller: Caller, name: string, body: Record<string, unknown> = {}, unit = 'water') => {
    const { etag } = await read(caller, unit)
    return caller(`${base}/self-assessments/${unit}/${name}`, {
      body: { ...place, ...body },
      headers: { 'if-match': etag },
    })
  }
  const queueOf = async (caller: Caller, filter = 'unitId=water'): Promise<Item[]> => {
    const { json, status, text } = await caller(`${base}/verification/marks?${query}&${filter}&size=500`)
    expect(status, text).toBe(200)
    return json.items as unknown as Item[]
  }
  const acceptAll = async (caller: Caller, filter?: string) => {
    const items = (await queueOf(caller, filter)).map(({ unitId, leaf, etag }) => ({ unitId, leaf, etag }))
    const answer = await caller(`${base}/verification/acceptance`, { body: { ...place, items } })
    expect(answer.status, answer.text).toBe(200)
    return answer.json as unknown as { accepted: number; left: unknown[] }
  }
  const mark = (caller: Caller, item: Item, change: Record<string, unknown>) =>
    caller(`${base}/verification/mark`, {
      method: 'PUT',
      body: { ...place, unitId: item.unitId, leaf: item.leaf, marks: null, ...change },
      headers: { 'if-match': item.etag },
    })
  const scoreOf = async (unit: string) => {
    const { json } = await office(`${base}/units/${unit}/scorecard`)
    const card = json.scorecard as { components: { key: string; score: string | null; pending: unknown[] }[] }
    return card.components.find(({ key }) => key === 'self')
  }

  it('is shown to the head by who filled it in, who finds it among the to-dos, sends it back or hands it in', async () => {
    const waiting = async (caller: Caller) =>
      ((await caller('/api/inbox')).json.items ?? []).map(({ type, on: day }) => [type, day])
    const asked = (caller: Caller, body: object = {}) => step(caller, 'sign-off', { ...body })
    expect((await asked(head)).json.code).toBe('sign-off-not-possible')
    expect((await asked(editor)).json.code).toBe('self-incomplete')
    await fillAll(editor)
    const first = await asked(editor)
    expect(first.status, first.text).toBe(201)
    expect(first.json).toMatchObject({ steps: ['fill'], signOff: { type: 'asked', by: 'editor' } })
    expect((await asked(editor)).json.code).toBe('sign-off-not-possible')
    expect(await waiting(head)).toEqual([['sign-off', '2017-07-15']])
    expect(await waiting(editor)).toEqual([])
    // Only the unit's own people know.
    expect((await read(office)) as unknown).toMatchObject({ signOff: null })

    expect((await editor(`${base}/self-assessments/water/sign-off/decline`, { body: place })).status).toBe(
      403,
    )
    const declined = await step(head, 'sign-off/decline', { reason: '第三项没有附材料' })
    expect(declined.json).toMatchObject({ signOff: { type: 'declined', reason: '第三项没有附材料' } })
    expect(await waiting(editor)).toEqual([['fill-in-again', '2017-07-15']])

    expect((await asked(editor)).status).toBe(201)
    const [leaf] = leavesOf(await read(head)) as [Leaf]
    expect((await fill(head, leaf.key, leaf.entry?.etag ?? '', { marks: '0' })).status).toBe(200)
    const handed = await step(head, 'submission')
    expect(handed.json).toMatchObject({ state: 'submitted', steps: ['withdraw'], signOff: null })
    expect(await waiting(head)).toEqual([])
    const deeds = await test.db
      .selectFrom('auditEntries')
      .select('action')
      .where('action', 'like', 'self.%')
      .orderBy('seq')
      .execute()
    expect(deeds.map(({ action }) => action)).toEqual(['self.ask', 'self.decline', 'self.ask', 'self.submit'])
  })

  it('goes from the first draft to a verified window, through a return', async () => {
    const [first, second] = leavesOf(await read(editor)) as [Leaf, Leaf]
    expect((await read(editor)).steps).toEqual(['fill', 'ask'])
    expect((await fill(editor, first.key, '"0"', { marks: '99' })).json.code).toBe('claim-above-full')
    expect((await fill(editor, first.key, '"0"', { marks: '-1' })).status).toBe(400)
    expect(
      (await fill(editor, first.key, '"0"', { marks: first.full, note: ' 见附件 ' })).json,
    ).toMatchObject({
      marks: first.full,
      note: '见附件',
      etag: '"1"',
    })
    expect((await step(head, 'submission')).json.code).toBe('self-incomplete')
    expect((await read(office)).areas[0]?.leaves[0]).toMatchObject({ entry: null, claimed: null })
    await fillAll(head)
    expect((await editor(`${base}/self-assessments/water/submission`, { body: place })).status).toBe(403)

    const submitted = await step(head, 'submission')
    expect(submitted.status, submitted.text).toBe(201)
    expect(submitted.json).toMatchObject({ state: 'submitted', steps: ['withdraw'] })
    expect((await scoreOf('water'))?.pending).toMatchObject([
      { code: 'marks-missing', missing: leavesOf(await read(head)).length },
      { code: 'window-missing' },
    ])
    expect((await fill(editor, first.key, '"2"', { marks: '1' })).json.code).toBe('self-locked')

    on('2017-07-05')
    const returned = await step(verifier, 'return', { reason: '制度文本未附' })
    expect(returned.status, returned.text).toBe(201)
    expect((await read(editor)).state).toBe('returned')
    // What was sent back neither waits for the verifier nor counts as done.
    expect((await verifier(`${base}/verification?${query}`)).json).toMatchObject({ waiting: 0, of: 0 })
    const etag = leavesOf(await read(editor))[1]?.entry?.etag ?? ''
    expect((await fill(editor, second.key, etag, { marks: '3', note: '已补附' })).status).toBe(200)
    expect((await step(head, 'submission')).json).toMatchObject({ state: 'resubmitted' })
    expect(
      await test.db
        .selectFrom('claims')
        .select('marks')
        .where('leaf', '=', second.key)
        .orderBy('seq')
        .execute(),
    ).toEqual([{ marks: second.full }, { marks: '3' }])

    on('2017-07-20')
    expect(await acceptAll(data)).toMatchObject({ left: [] })
    expect((await step(head, 'withdrawal')).json.code).toBe('self-step-not-possible')
    const [wrong] = await queueOf(verifier)
    expect((await mark(verifier, wrong as Item, { marks: '1' })).json.code).toBe('mark-reason-required')
    const lowered = await mark(verifier, wrong as Item, { marks: '1', reason: '分工文件已过期' })
    expect(lowered.json, lowered.text).toMatchObject({ verified: { marks: '1', by: 'verifier' } })
    expect((await acceptAll(verifier)).left).toHaveLength(1)
    expect((await read(head)).state).toBe('resubmitted')
    await acceptAll(justice)
    expect(await read(head)).toMatchObject({ state: 'verified', steps: [] })
    expect((await scoreOf('water'))?.pending).toEqual([{ code: 'window-missing', window: '下半年' }])
  })

  it('makes a score once both windows are verified', async () => {
    for (const window of ['H1', 'H2']) {
      const at = { component: 'self', window }
      const path = `${base}/self-assessments/water?component=self&window=${window}`
      const form = (await head(path)).json as unknown as Form
      for (const { key, full } of leavesOf(form)) {
        await head(`${base}/self-assessments/water/draft`, {
          method: 'PUT',
          body: { ...at, leaf: key, marks: full, note: null },
          headers: { 'if-match': '"0"' },
        })
      }
      const etag = String((await head(path)).json.etag)
      await head(`${base}/self-assessments/water/submission`, { body: at, headers: { 'if-match': etag } })
      for (const caller of [verifier, justice, data]) {
        const { json } = await caller(
          `${base}/verification/marks?component=self&window=${window}&unitId=water&size=500`,
        )
        const items = (json.items as unknown as Item[]).map(({ unitId, leaf, etag }) => ({
          unitId,
          leaf,
          etag,
        }))
        await caller(`${base}/verification/acceptance`, { body: { ...at, items } })
      }
    }
    expect(await scoreOf('water')).toMatchObject({ score: '100.00', pending: [] })
  })

  it('nobody verifies their own unit; the office does it instead', async () => {
    const own = person('justice-head')
    const unit = await unitId(test.db, '市司法局')
    await fillAll(own, unit)
    expect((await step(own, 'submission', {}, unit)).status).toBe(201)
    expect(await queueOf(justice, `unitId=${unit}`)).toEqual([])
    const form = await read(office, unit)
    const area = form.areas.find(({ key }) => key === '4')
    expect(area?.verifier).toBe('云州市')
    const item = { unitId: unit, leaf: '4.1', etag: '"0-0"', full: '3' }
    const refused = await mark(justice, item, { marks: '3' })
    expect([refused.status, refused.json.code]).toEqual([403, 'own-unit-verification'])
    expect((await mark(verifier, item, { marks: '3' })).json.code).toBe('area-not-yours')
    const back = await justice(`${base}/self-assessments/${unit}/return`, {
      body: { ...place, reason: '退回' },
      headers: { 'if-match': form.etag },
    })
    expect([back.status, back.json.code]).toEqual([404, 'not-found'])
    expect((await justice(`${base}/self-assessments/${unit}?${query}`)).status).toBe(404)
    expect((await read(justice)).areas.map(({ key }) => key)).toEqual(['4'])
    expect((await acceptAll(office, `unitId=${unit}`)).accepted).toBe(area?.leaves.length)
  })

  it('the office verifies for a responsible unit that does not, saying why; where nobody works for it, it is the office’s turn', async () => {
    await fillAll(head)
    await step(head, 'submission')
    const queue = async (others = '') =>
      (await office(`${base}/verification?${query}${others}`)).json as unknown as {
        waiting: number
        others: number
        missing: { unit: string; waiting: number }[]
      }
    const all = leavesOf(await read(head)).length
    expect(await queue()).toMatchObject({ waiting: 0, others: all, missing: [] })
    expect(await queue('&others=1')).toMatchObject({ waiting: all, others: all })
    expect(await queueOf(office)).toEqual([])
    const turns = async () => ((await office('/api/inbox')).json.items ?? []).map(({ type }) => type)
    expect(await turns()).not.toContain('verify')

    const items = await queueOf(office, 'unitId=water&others=1')
    const ofJustice = items.filter(({ leaf }) => leaf.startsWith('4.'))
    expect(ofJustice[0]).toMatchObject({ insteadOf: '市司法局' })
    const [first, ...others] = ofJustice as [Item, ...Item[]]
    const silent = await mark(office, first, { marks: first.full })
    expect([silent.status, silent.json.code]).toEqual([422, 'reason-in-place-required'])
    const reason = '责任单位逾期未核查'
    expect((await mark(office, first, { marks: first.full, reason })).status).toBe(200)
    const accept = (body: object) =>
      office(`${base}/verification/acceptance`, {
        body: {
          ...place,
          items: others.map(({ unitId, leaf, etag }) => ({ unitId, leaf, etag })),
          ...body,
        },
      })
    expect((await accept({})).json.code).toBe('reason-in-place-required')
    expect((await accept({ reason })).json).toEqual({ accepted: others.length, left: [] })
    const seen = (await read(head)).areas.find(({ key }) => key === '4')
    expect(seen?.leaves.map(({ verified }) => verified)).toEqual(
      ofJustice.map(() => expect.objectContaining({ reason, insteadOf: '市司法局', unit: '云州市' })),
    )
    const logged = await test.db
      .selectFrom('auditEntries')
      .select('detail')
      .where('action', 'in', ['mark.verify', 'mark.accept'])
      .execute()
    expect(logged.map(({ detail }) => detail.includes('市司法局') && detail.includes(reason))).toEqual([
      true,
      true,
    ])

    // What it verifies itself is no deputising.
    expect((await acceptAll(verifier)).accepted).toBeGreaterThan(0)
    const own = (await read(head)).areas.find(({ verifier }) => verifier === '市政府办公室')
    expect(own?.leaves[0]?.verified).toMatchObject({ insteadOf: null })

    await test.db
      .updateTable('accounts')
      .set({ disabledAt: '2017-07-03T00:00:00Z' })
      .where('username', '=', 'data-verifier')
      .execute()
    const left = await queue()
    expect(left).toMatchObject({ others: 0, missing: [{ unit: '市大数据局', waiting: left.waiting }] })
    expect(left.waiting).toBeGreaterThan(0)
    expect(await turns()).toContain('verify')
  })

  it('answers a stale entry or mark with both values, and overwrites nothing', async () => {
    const [first] = leavesOf(await read(editor)) as [Leaf]
    expect((await fill(editor, first.key, '', { marks: '1' })).status).toBe(428)
    await fill(editor, first.key, '"0"', { marks: '1', note: '我的' })
    const stale = await fill(head, first.key, '"0"', { marks: '2' })
    expect([stale.status, stale.json.current]).toEqual([
      412,
      expect.objectContaining({ marks: '1', note: '我的', etag: '"1"', updatedBy: 'editor' }),
    ])
    await fillAll(head)
    const seen = (await read(head)).etag
    await fill(editor, first.key, '"2"', { marks: '0' })
    const late = await head(`${base}/self-assessments/water/submission`, {
      body: place,
      headers: { 'if-match': seen },
    })
    expect(late.json.code).toBe('stale')
    await step(head, 'submission')
    const [item] = (await queueOf(verifier)) as [Item]
    await mark(verifier, item, { marks: '0' })
    const second = await mark(verifier, item, { marks: '1', reason: '核实' })
    expect([second.status, second.json.current]).toEqual([
      412,
      expect.objectContaining({ verified: expect.objectContaining({ marks: '0', by: 'verifier' }) }),
    ])
  })

  it('can be withdrawn until verification starts, and leaves nothing waiting', async () => {
    await fillAll(head)
    await step(head, 'submission')
    expect((await step(head, 'withdrawal')).json).toMatchObject({ state: 'draft', steps: ['fill', 'submit'] })
    expect((await scoreOf('water'))?.pending).toMatchObject([
      { code: 'window-missing' },
      { code: 'window-missing' },
    ])
    expect(await queueOf(verifier, 'unitId=water&handedIn=1')).toEqual([])
    expect((await step(head, 'submission')).json).toMatchObject({ state: 'submitted' })
    expect((await scoreOf('water'))?.pending).toMatchObject([{ code: 'marks-missing' }, {}])
  })

  it('keeps evidence with its claim, and shows it to those who verify', async () => {
    const [first] = leavesOf(await read(editor)) as [Leaf]
    const link = await editor('/api/evidence', {
      body: { assessmentId: base.split('/').at(-1), url: 'https://example.gov.cn/fengong', name: '分工文件' },
    })
    const evidenceId = String(link.json.id)
    const meant = await editor(`${base}/self-assessments/water/evidence`, {
      method: 'PUT',
      body: { ...place, leaf: first.key, evidenceId },
    })
    expect(meant.status, meant.text).toBe(200)
    expect(leavesOf(await read(head))[0]?.evidence).toMatchObject([{ id: evidenceId }])
    await fillAll(head)
    await step(head, 'submission')
    expect((await queueOf(verifier))[0]).toMatchObject({ evidence: [{ id: evidenceId, staged: false }] })
    await step(verifier, 'return', { reason: '补充' })
    const etag = leavesOf(await read(editor))[0]?.entry?.etag ?? ''
    await fill(editor, first.key, etag, { marks: '1' })
    await step(head, 'submission')
    const claims = await test.db.selectFrom('evidence').select('claimId').execute()
    expect(new Set(claims.map(({ claimId }) => claimId)).size).toBe(2)
    expect((await queueOf(verifier))[0]).toMatchObject({ evidence: [{ name: '分工文件' }] })
  })

  it('shows claimed against verified by unit, area and verifier', async () => {
    await fillAll(head)
    await step(head, 'submission')
    const [item] = (await queueOf(verifier)) as [Item]
    await mark(verifier, item, { marks: '1', reason: '分工文件已过期' })
    await acceptAll(verifier)
    await acceptAll(data)
    const ofTwo = [...(await queueOf(verifier)), ...(await queueOf(data))]
    const { json } = await office(`${base}/verification/statistics?${query}`)
    expect(json).toMatchObject({
      total: { leaves: ofTwo.length, lowered: 1, raised: 0, difference: '2' },
      units: [{ name: '市水务局', difference: '2' }],
      verifiers: [
        { name: '市政府办公室', difference: '2' },
        { name: '市大数据局', difference: '0' },
      ],
    })
    const own = await data(`${base}/verification/statistics?${query}`)
    expect((own.json.areas as { name: string }[]).map(({ name }) => name)).toEqual(['（五）平台建设'])
  })

  it('lists how far the units are, and takes nothing once the results are out', async () => {
    const other = person('forest-head')
    await fillAll(head)
    await step(head, 'submission')
    on('2017-08-01')
    const { json } = await office(`${base}/self-assessments?${query}`)
    expect(json).toMatchObject({ total: 3, overdue: 2, counts: { draft: 2, submitted: 1 } })
    expect((await other(`${base}/self-assessments/water?${query}`)).status).toBe(404)
    expect((await other(`${base}/self-assessments?${query}`)).json.total).toBe(1)
    const queue = await verifier(`${base}/verification?${query}`)
    const mine = await queueOf(verifier)
    expect(queue.json).toMatchObject({ waiting: mine.length, of: mine.length })
    const id = base.split('/').at(-1) ?? ''
    await test.db.transaction().execute((trx) => updateStage(trx, id, 'published'))
    const [item] = (await queueOf(verifier)) as [Item]
    expect((await mark(verifier, item, { marks: '1' })).json.code).toBe('assessment-closed')
  })
})
