import { expect, it } from 'vitest'
import { roles } from '#assessment/vocabulary'
import { roleWords } from '../../server/exchange/account-list/account-list.ts'
import { vocabulary as english } from '../../web/locales/en/vocabulary.ts'
import { vocabulary as chinese } from '../../web/locales/zh-CN/vocabulary.ts'
import { appOn, withAccounts, withYear, workbookForm, type Answer, type Caller } from '../fixtures/app.ts'
import { eachDatabase } from '../fixtures/databases.ts'

interface Row {
  readonly row: number | null
  readonly column: string | null
  readonly outcome: string
  readonly message?: string
  readonly username?: string
  readonly name?: string
  readonly unit?: string | null
}
const rowsOf = (answer: Answer) => answer.json.rows as readonly Row[]
const paste = (caller: Caller, lines: readonly (readonly string[])[], dryRun = false) =>
  caller(`/api/accounts/batch${dryRun ? '?dryRun=1' : ''}`, {
    body: { text: lines.map((cells) => cells.join('\t')).join('\r\n') },
  })

eachDatabase('accounts in bulk', (open) => {
  const start = async () => {
    const test = appOn(await open())
    await withAccounts(test)
    return { test, system: await test.as('system'), security: await test.as('security') }
  }

  it('fifty from one paste, granted all at once, each with a slip that lets its owner in', async () => {
    const { test, system, security } = await start()
    const people = Array.from({ length: 50 }, (_, index) => [
      `王小${String.fromCharCode(0x4e00 + index)}`,
      index % 3 === 0 ? '督查组' : '市水务局',
      index % 3 === 0 ? '责任单位' : index % 3 === 1 ? '填报员' : '单位负责人',
    ])
    const preview = await paste(system, people, true)
    expect(preview.json).toMatchObject({ counts: { new: 50, error: 0 }, committed: false })
    expect((await system('/api/accounts?waiting=1')).json.total).toBe(0)
    const made = await paste(system, people)
    expect([made.status, made.json.committed, made.text.includes('password')]).toEqual([201, true, false])
    expect(new Set(rowsOf(made).map(({ username }) => username)).size).toBe(50)

    const waiting = await security('/api/accounts?waiting=1&size=500')
    expect(waiting.json.total).toBe(50)
    const accounts = (waiting.json.items ?? []).map(({ id, etag }) => ({ id, etag }))
    const granted = await security('/api/accounts/grants', { body: { accounts } })
    const slips = granted.json.slips as { username: string; password: string; unit: string }[]
    expect(slips).toHaveLength(50)
    for (const { username, password } of [slips[0], slips[49]].filter((slip) => slip !== undefined)) {
      const answer = await test.anyone('/api/auth/sign-in', { body: { username, password } })
      expect([answer.status, answer.json.account]).toMatchObject([
        200,
        { username, mustChangePassword: true },
      ])
    }
    const { json } = await system(`/api/accounts?q=${slips[0]?.username}`)
    expect(json.items?.[0]).toMatchObject({ lastSignInAt: test.clock.now.toISOString() })
    const entries = await test.db
      .selectFrom('auditEntries')
      .select('action')
      .where('action', 'in', ['account.add', 'account.grant'])
      .execute()
    expect(entries).toHaveLength(100)
  })

  it('name the row and the reason of whatever is wrong, and make nothing then', async () => {
    const { system } = await start()
    const lines = [
      ['姓名', '所属单位', '角色', '用户名'],
      ['张三', '市水利局', '填报员', ''],
      ['李四', '市水务局', '局长', ''],
      ['', '市水务局', '填报员', ''],
      ['王五', '', '填报员', ''],
      ['赵六', '市水务局', '审计管理员', ''],
      ['孙七', '市水务局', '填报员', 'a b'],
      ['周八', '市水务局', '填报员', 'OFFICE'],
      ['吴九', '市水务局', '填报员', ''],
      ['吴九', '市水务局', '填报员', ''],
      ['吴九', '市水务局', '填报员', 'wujiu.two'],
    ]
    const preview = await paste(system, lines, true)
    expect(preview.json.counts).toEqual({ new: 2, leftOut: 0, error: 8 })
    expect(
      rowsOf(preview).map(({ row, column, outcome, message, username }) => [
        row,
        outcome,
        column ?? username,
        message,
      ]),
    ).toEqual([
      [2, 'error', '单位', '没有单位“市水利局”；请改正名称，或先登记这个单位。'],
      [3, 'error', '角色', expect.stringContaining('“局长”无法识别；只能填写：考核办、')],
      [4, 'error', '姓名', '不能空白；请填写。'],
      [5, 'error', '单位', '不能空白；请填写。'],
      [6, 'error', '单位', '这个角色不属于任何单位；请清空单位。'],
      [7, 'error', '用户名', expect.stringContaining('“a b”不能作用户名')],
      [8, 'error', '用户名', '用户名“OFFICE”已被使用；请另填一个。'],
      [9, 'new', 'wujiu', undefined],
      [10, 'error', '姓名', '“吴九”在这个单位已有同样角色的账号 wujiu；如是另一人，请填写用户名。'],
      [11, 'new', 'wujiu.two', undefined],
    ])
    // Who a row is about stands beside what is wrong with it.
    expect(rowsOf(preview).map(({ name, unit }) => [name, unit])).toEqual(
      lines.slice(1).map(([name, unit]) => [name || undefined, unit || null]),
    )
    const refused = await paste(system, lines)
    expect([refused.status, refused.json.code]).toEqual([422, 'account-list-invalid'])
    expect(refused.json.errors).toContainEqual(
      expect.objectContaining({ row: 2, column: '单位', code: 'no-such-unit' }),
    )
    expect((await system('/api/accounts?waiting=1')).json.total).toBe(0)
    expect((await paste(system, [['姓名', '单位', '角色']])).json.code).toBe('account-list-empty')
  })

  it('under headings of their own, with row numbers and a sum, a short unit name offered and settled', async () => {
    const { system } = await start()
    const lines = [
      ['人员名单'],
      ['序号', '部门', '人员', '角色'],
      ['1', '水务局', '张三', '填报员'],
      ['合计', '', '1', ''],
    ]
    const asked = await paste(system, lines, true)
    expect(asked.json.counts).toEqual({ new: 0, leftOut: 1, error: 1 })
    expect(rowsOf(asked)[0]).toMatchObject({
      row: 3,
      column: '单位',
      written: '水务局',
      offers: ['市水务局'],
    })
    const said = { meanings: [{ column: '单位', written: '水务局', means: '市水务局', row: null }] }
    const settled = await system('/api/accounts/batch?dryRun=1', {
      body: { text: lines.map((cells) => cells.join('\t')).join('\n'), said: JSON.stringify(said) },
    })
    expect(settled.json).toMatchObject({
      counts: { new: 1, leftOut: 1, error: 0 },
      rows: [{ unit: '市水务局' }, {}],
    })
  })

  it('come from a workbook whose table stands below a title, and from a text file', async () => {
    const { system } = await start()
    const table = {
      说明: [['政务公开考核账号']],
      名单: [
        ['政务公开考核账号名单'],
        [],
        ['序号', '单位名称', '姓名', '岗位', '角色'],
        [1, '市水务局', '陈一', '科员', '填报员'],
      ],
    }
    const book = await system('/api/accounts/batch?dryRun=1', { form: await workbookForm(table) })
    expect(rowsOf(book)).toMatchObject([{ sheet: '名单', row: 4, outcome: 'new', username: 'chenyi' }])
    const form = new FormData()
    form.set('file', new File(['Name,Unit,Role,Username\n"Chen, Er",市水务局,Unit editor,\n'], 'people.csv'))
    const made = await system('/api/accounts/batch', { form })
    expect([made.status, rowsOf(made)]).toMatchObject([
      201,
      [{ row: 2, name: 'Chen, Er', username: 'chener' }],
    ])
    const broken = new FormData()
    broken.set('file', new File(['no workbook'], 'people.xlsx'))
    expect((await system('/api/accounts/batch', { form: broken })).json.code).toBe('file-unreadable')
  })

  it('give names that are spelled alike usernames of their own, and nobody the one that another chose', async () => {
    const { system } = await start()
    const made = await paste(system, [
      ['张伟', '市水务局', '填报员'],
      ['章维', '市水务局', '填报员'],
      ['吕静', '市水务局', '填报员'],
      ['单雄', '市水务局', '单位负责人'],
      ['张维', '市水务局', '单位负责人', 'zhangwei'],
      ['阿依古丽·买买提', '市水务局', '填报员'],
    ])
    expect(rowsOf(made).map(({ username }) => username)).toEqual([
      'zhangwei2',
      'zhangwei3',
      'lvjing',
      'shanxiong',
      'zhangwei',
      'ayigulimaimaiti',
    ])
  })

  it('tell which units of an assessment under way lack an account that their part needs', async () => {
    const test = appOn(await open())
    await withYear(test)
    await test.db.updateTable('assessments').set({ stage: 'open' }).execute()
    const system = await test.as('system')
    const missing = async () =>
      new Map(
        ((await system('/api/accounts/missing')).json.items ?? []).map(({ unit, roles: wanted }) => [
          (unit as { name: string }).name,
          wanted,
        ]),
      )
    const before = await missing()
    expect(before.get('市林业局')).toEqual(['editor', 'head'])
    // The fixture has an editor and a head of the one, and the agency.
    expect([before.has('市水务局'), before.has('督查组')]).toEqual([false, false])
    await paste(system, [['林一', '市林业局', '填报员']])
    expect((await missing()).get('市林业局')).toEqual(['head'])
    await test.db.updateTable('assessments').set({ stage: 'published' }).execute()
    expect((await missing()).size).toBe(0)
  })
})

it('a list may call the roles as the pages do, in both languages', () => {
  for (const role of roles)
    expect(roleWords[role].slice(0, 2)).toEqual([chinese.role[role], english.role[role]])
})
