import { expect, it } from 'vitest'
import type { Db } from '../../db/source.ts'
import { appOn, cityYear, withAccounts, workbookForm, type Caller } from '../fixtures/app.ts'
import { eachDatabase } from '../fixtures/databases.ts'
import { day, smallYear, type Sheets } from '../fixtures/workbooks.ts'

interface Report {
  readonly warnings: readonly string[]
  readonly committed: boolean
  readonly newScheme: boolean
  readonly history: boolean
  readonly counts: Record<string, Record<string, number>>
  readonly rows: readonly {
    sheet: string
    row: number
    outcome: string
    told: readonly string[]
    code?: string
    message?: string
  }[]
}

const tally = (changes: Partial<Record<'new' | 'same' | 'changed' | 'error', number>>) => ({
  new: 0,
  same: 0,
  changed: 0,
  error: 0,
  ...changes,
})
const headerOf = (sheets: Sheets, name: string) => sheets[name]?.[0] ?? []
const factTables = [
  'units',
  'participants',
  'findings',
  'findingFacts',
  'verifiedMarks',
  'externalMarks',
  'imports',
  'schemes',
] as const

async function contents(db: Db): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of factTables) counts[table] = (await db.selectFrom(table).selectAll().execute()).length
  return counts
}

eachDatabase('importing a workbook', (open) => {
  const start = async () => {
    const test = appOn(await open())
    await withAccounts(test)
    const office = await test.as('office')
    const { json } = await office('/api/assessments', {
      body: { name: '2017', year: 2017, preset: 'municipal' },
    })
    return { test, office, path: `/api/assessments/${String(json.id)}` }
  }
  const send = async (office: Caller, path: string, sheets: Sheets, query = '') => {
    const answer = await office(`${path}/import${query}`, { form: await workbookForm(sheets) })
    return { ...answer, report: answer.json as unknown as Report }
  }
  const standings = async (office: Caller, path: string) => {
    const { json } = await office(`${path}/standings`)
    return (json.standings as { unit: string; composite: string | null; rank: number | null }[]).map(
      ({ unit, composite, rank }) => [unit, composite, rank],
    )
  }

  const lastDayToAppeal = async (office: Caller, path: string): Promise<unknown> => {
    const { json } = await office(`${path}/findings?sort=number`)
    const overdue = (json.items as { findingId: string; what: string }[]).find(
      ({ what }) => what === '未按期公开',
    )
    return (await office(`${path}/findings/${overdue?.findingId}`)).json.appealUntil
  }

  it('tries everything in a dry run and leaves nothing', async () => {
    const { test, office, path } = await start()
    const before = await contents(test.db)
    const { status, report } = await send(office, path, smallYear, '?dryRun=1')
    expect([status, report.committed]).toEqual([200, false])
    expect(report.counts.考核对象).toEqual(tally({ new: 3 }))
    expect(await contents(test.db)).toEqual(before)
    // Rows say what they are about, not only where they stand.
    const told = (sheet: string) => report.rows.filter((row) => row.sheet === sheet).map((row) => row.told)
    expect(told('考核对象')[0]).toContain('清河县政府')
    expect(told('第三方评估')[0]?.length).toBeGreaterThan(2)
    expect(report.rows.every((row) => row.told.length > 1)).toBe(true)
  })

  it('makes the ranking that the workbook says, and adds nothing the second time', async () => {
    const { test, office, path } = await start()
    const first = await send(office, path, smallYear)
    expect([first.status, first.report.committed]).toEqual([200, true])
    expect(await standings(office, path)).toEqual([
      ['清河县政府', '90.00', 1],
      ['市水务局', '90.00', 1],
    ])
    const after = await contents(test.db)
    const second = await send(office, path, smallYear)
    expect(second.report.counts).toEqual({
      考核对象: tally({ same: 3 }),
      平时考核台账: tally({ same: 2 }),
      自我考核: tally({ same: 4 }),
      第三方评估: tally({ same: 2 }),
    })
    expect(await contents(test.db)).toEqual(after)
  })

  it('adds what is new and records what changed as further facts', async () => {
    const { office, path } = await start()
    await send(office, path, smallYear)
    const ledger = headerOf(smallYear, '平时考核台账')
    const { report } = await send(office, path, {
      ...smallYear,
      平时考核台账: [
        ledger,
        [
          '清河县教育局',
          '上级检查通报',
          '栏目三个月未更新',
          day('2017-03-05'),
          null,
          null,
          null,
          day('2017-04-01'),
        ],
        [
          '市水务局',
          '专项督查',
          '未按期公开',
          '2017-04-01',
          day('2017-04-20'),
          day('2017-04-20'),
          '不通过',
          null,
        ],
        ['市水务局', '专项督查', '未按期公开', '2017-04-01', day('2017-04-20'), null, null, null],
      ],
      第三方评估: [
        ['单位', '得分'],
        ['清河县政府', 90],
        ['市水务局', '85.720'],
      ],
    })
    expect(report.counts.平时考核台账).toEqual(tally({ changed: 2, new: 1 }))
    expect(report.counts.第三方评估).toEqual(tally({ changed: 1, same: 1 }))
    const { json } = await office(`${path}/findings?sort=number`)
    expect(json.items?.map(({ fullNumber, status }) => [fullNumber, status])).toEqual([
      ['清河县政府 2017-1', 'revoked'],
      ['市水务局 2017-1', 'lost'],
      ['市水务局 2017-2', 'lost'],
    ])
  })

  it('gives units time to appeal from the day on which they hear of it, and none anew for history', async () => {
    const { test, office, path } = await start()
    test.clock.now = new Date('2017-05-02T02:00:00Z')
    expect((await send(office, path, smallYear, '?dryRun=1')).report.history).toBe(false)
    expect((await send(office, path, smallYear)).report).toMatchObject({ committed: true, history: false })
    expect(await lastDayToAppeal(office, path)).toBe('2017-05-09')

    const other = await start()
    other.test.clock.now = new Date('2017-05-02T02:00:00Z')
    expect((await send(other.office, other.path, smallYear, '?history=1')).report.history).toBe(true)
    expect(await lastDayToAppeal(other.office, other.path)).toBe('2017-04-11')

    const past = await start()
    expect((await send(past.office, past.path, smallYear, '?dryRun=1')).report.history).toBe(true)
    expect((await send(past.office, past.path, smallYear, '?dryRun=1&history=0')).report.history).toBe(false)
  })

  it('with a row that contradicts what is stored adds nothing at all', async () => {
    const { test, office, path } = await start()
    await send(office, path, smallYear)
    const before = await contents(test.db)
    const { status, json } = await send(office, path, {
      ...smallYear,
      考核对象: [
        headerOf(smallYear, '考核对象'),
        ['清河县政府', '其他组', null, '是'],
        ['市水务局', '市直部门', null, '否'],
        ['新单位', '市直部门', null, '是'],
        ['清河县教育局', '县区', null, '否'],
      ],
      平时考核台账: [headerOf(smallYear, '平时考核台账')],
      自我考核: [headerOf(smallYear, '自我考核')],
      第三方评估: [headerOf(smallYear, '第三方评估')],
    })
    expect([status, json.code]).toEqual([422, 'workbook-invalid'])
    expect(json.errors).toMatchObject([
      { sheet: '考核对象', row: 2, code: 'group-differs' },
      { sheet: '考核对象', row: 3, code: 'takes-part' },
    ])
    expect(await contents(test.db)).toEqual(before)
  })

  it('with errors says where they are, in the language asked for', async () => {
    const { office, path } = await start()
    const broken: Sheets = {
      ...smallYear,
      第三方评估: [
        ['单位', '得分'],
        ['没有的单位', 80],
        ['市水务局', 120],
      ],
    }
    const { status, json } = await send(office, path, broken)
    expect([status, json.code]).toEqual([422, 'workbook-invalid'])
    expect(json.errors).toMatchObject([
      { sheet: '第三方评估', row: 2, column: '单位', code: 'unknown-unit' },
      { sheet: '第三方评估', row: 3, column: '得分', code: 'marks-above-full' },
    ])
    const form = await workbookForm(broken)
    const english = await office(`${path}/import?dryRun=1`, { form, headers: { 'accept-language': 'en' } })
    expect((english.json as unknown as Report).rows[0]?.message).toMatch(/^[ -~“”’]+没有的单位/)
  })

  it('with a scheme of its own adopts it while there are no facts', async () => {
    const { office, path } = await start()
    const own: Sheets = {
      ...smallYear,
      考核办法: [
        ['部分', '方式', '权重', '基准分'],
        ['平时考核', '扣分制', 50, 100],
        ['自我考核', '核查得分', 30, null],
        ['第三方评估', '外部评分', 20, 100],
      ],
    }
    const { report } = await send(office, path, own)
    expect([report.committed, report.newScheme]).toEqual([true, true])
    const { json } = await office(path)
    expect(
      (json.scheme as { components: { weight: number }[] }).components.map(({ weight }) => weight),
    ).toEqual([5000, 3000, 2000])
    expect((await send(office, path, own)).report.newScheme).toBe(false)

    const another = await send(office, path, {
      ...own,
      计算规则: [
        ['规则', '内容'],
        ['考核年度', 2031],
      ],
    })
    expect(another.status).toBe(200)
    expect(another.report.warnings.join()).toContain('工作簿的考核年度是 2031')

    const other: Sheets = {
      ...smallYear,
      等次: [
        ['等次', '下限分'],
        ['好', 80],
        ['差', 0],
      ],
    }
    const refused = await send(office, path, other)
    expect([refused.status, refused.json.errors]).toMatchObject([
      422,
      [{ sheet: '等次', code: 'scheme-differs' }],
    ])
  })

  it.each([
    [
      '公开范围',
      '计算规则',
      '公开范围',
      {
        计算规则: [
          ['规则', '内容'],
          ['公开范围', '本单位等次'],
        ],
      },
    ],
    [
      '申诉工作日',
      '计算规则',
      '申诉工作日',
      {
        计算规则: [
          ['规则', '内容'],
          ['申诉工作日', 9],
        ],
      },
    ],
    [
      'the milestones',
      '时间节点',
      '事项',
      {
        时间节点: [
          ['事项', '年', '月', '日', '依据'],
          ['通报', '次年', 3, 1, '六'],
        ],
      },
    ],
    [
      'the days of windows',
      '周期',
      '日',
      {
        周期: [
          ['部分', '周期', '年', '月', '日'],
          ['自我考核', '上半年', '当年', 7, 16],
          ['自我考核', '下半年', '次年', 1, 15],
        ],
      },
    ],
  ] satisfies [string, string, string, Sheets][])(
    'that differs from the scheme in %s only is refused where it does',
    async (_, sheet, column, differing) => {
      const { office, path } = await start()
      await send(office, path, smallYear)
      const { status, json } = await send(office, path, { ...smallYear, ...differing })
      expect(status).toBe(422)
      expect(json.errors).toContainEqual(expect.objectContaining({ sheet, column, code: 'scheme-differs' }))
    },
  )

  it('keeps numbers that a workbook brings, clear of those given out', async () => {
    const { office, path } = await start()
    const ledger = [...headerOf(smallYear, '平时考核台账'), '编号']
    const row = (what: string, number: string | null) => [
      '市水务局',
      '舆情回应',
      what,
      '2017-05-01',
      null,
      null,
      null,
      null,
      number,
    ]
    await send(office, path, {
      ...smallYear,
      平时考核台账: [ledger, row('甲', null), row('乙', '2017-001'), row('丙', 'A-7')],
    })
    const { json } = await office(`${path}/findings`)
    const numbers = new Map(json.items?.map(({ what, number }) => [what, number]))
    expect(numbers).toEqual(
      new Map([
        ['甲', '2017-2'],
        ['乙', '2017-001'],
        ['丙', 'A-7'],
      ]),
    )
    const taken = await send(office, path, { ...smallYear, 平时考核台账: [ledger, row('丁', 'A-7')] })
    expect(taken.json.errors).toMatchObject([{ code: 'number-taken', row: 2 }])
  })

  it('brings findings that share a number back, each as its own, here and elsewhere', async () => {
    const { office, path } = await start()
    const row = (what: string) => [
      '市林业局',
      '举报查实',
      what,
      '2017-05-02',
      null,
      null,
      null,
      null,
      '2017-1',
    ]
    const sheets: Sheets = {
      ...smallYear,
      考核对象: cityYear.考核对象 ?? [],
      平时考核台账: [
        [...headerOf(smallYear, '平时考核台账'), '编号'],
        row('本局的问题'),
        row('水务局移来的问题'),
      ],
      问题经过: [
        ['编号', '日期', '事项', '期限', '决定', '单位', '扣分类别', '事由'],
        ['2017-1', '2017-05-02', '通知', null, null, '市水务局', '举报查实', '水务局移来的问题'],
        ['2017-1', '2017-06-01', '申诉决定', null, '变更', '市林业局', '举报查实', null],
      ],
    }
    const first = await send(office, path, sheets)
    expect([first.report.committed, first.report.warnings], first.text).toEqual([true, []])
    const ledgerOf = async (at: string) =>
      (await office(`${at}/findings?sort=number`)).json.items?.map(
        ({ fullNumber, what, chargedUnit }) => `${String(fullNumber)} ${String(what)} ${String(chargedUnit)}`,
      )
    expect((await ledgerOf(path))?.toSorted()).toEqual([
      '市林业局 2017-1 本局的问题 市林业局',
      '市水务局 2017-1 水务局移来的问题 市林业局',
    ])

    const { bytes } = await office(`${path}/export.xlsx`)
    const form = () => {
      const data = new FormData()
      data.set('file', new File([bytes], 'export.xlsx'))
      return data
    }
    const again = (await office(`${path}/import`, { form: form() })).json as unknown as Report
    expect(again.counts.平时考核台账).toEqual(tally({ same: 2 }))
    const copy = await office('/api/assessments', { body: { name: '副本', year: 2017, preset: 'municipal' } })
    const copyPath = `/api/assessments/${String(copy.json.id)}`
    const elsewhere = (await office(`${copyPath}/import`, { form: form() })).json as unknown as Report
    expect([elsewhere.committed, elsewhere.warnings]).toEqual([true, []])
    expect(await ledgerOf(copyPath)).toEqual(await ledgerOf(path))
    expect(await standings(office, copyPath)).toEqual(await standings(office, path))

    // Where nothing tells that they are of two units, the second gives the number up.
    const { 问题经过: _courses, ...without } = sheets
    const untold = await start()
    const { report } = await send(untold.office, untold.path, without)
    expect(report.warnings.join()).toContain('编号“2017-1”在这个单位重复')
    expect((await untold.office(`${untold.path}/findings?sort=number`)).json.items).toMatchObject([
      { fullNumber: '市林业局 2017-1', what: '本局的问题' },
      { fullNumber: '市林业局 2017-2', what: '水务局移来的问题' },
    ])
  })

  it('comes out as a workbook that imports back unchanged, here and elsewhere', async () => {
    const { office, path } = await start()
    await send(office, path, cityYear)
    const { bytes } = await office(`${path}/export.xlsx`)
    const form = () => {
      const data = new FormData()
      data.set('file', new File([bytes], 'export.xlsx'))
      return data
    }
    const back = (await office(`${path}/import?dryRun=1`, { form: form() })).json as unknown as Report
    expect(
      Object.values(back.counts).map(({ new: added, changed, error }) => [added, changed, error]),
    ).toEqual(Object.values(back.counts).map(() => [0, 0, 0]))
    const copy = await office('/api/assessments', { body: { name: '副本', year: 2017, preset: 'municipal' } })
    const copyPath = `/api/assessments/${String(copy.json.id)}`
    await office(`${copyPath}/import`, { form: form() })
    expect(await standings(office, copyPath)).toEqual(await standings(office, path))
  })

  it('tells its progress line by line and ends with the report', async () => {
    const { office, path } = await start()
    const { text, headers } = await office(`${path}/import`, {
      form: await workbookForm(smallYear),
      headers: { accept: 'application/x-ndjson' },
    })
    expect(headers.get('content-type')).toContain('application/x-ndjson')
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; done?: number; of?: number })
    expect(lines.at(-1)).toMatchObject({ type: 'report', committed: true })
    const progress = lines.filter(({ type }) => type === 'progress')
    expect(progress.at(-1)?.done).toBe(progress.at(-1)?.of)
  })

  it('of something else than a workbook is refused', async () => {
    const { office, path } = await start()
    expect((await office(`${path}/import`, { form: new FormData() })).json.code).toBe('file-missing')
    expect((await office(`${path}/import`, { body: {} })).json.code).toBe('file-missing')
    const form = new FormData()
    form.set('file', new File(['not a workbook'], 'x.xlsx'))
    const { status, json } = await office(`${path}/import`, { form })
    expect([status, json.errors]).toMatchObject([422, [{ code: 'not-a-workbook' }]])
  })
})
