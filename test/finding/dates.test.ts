import { beforeEach, expect, it } from 'vitest'
import {
  appOn,
  cityYear,
  unitId,
  withYear,
  workbookForm,
  type Caller,
  type TestApp,
} from '../fixtures/app.ts'
import { eachDatabase } from '../fixtures/databases.ts'
import { day, type Sheets } from '../fixtures/workbooks.ts'

/** Today is 2018-02-10, and the year assessed 2017. */
eachDatabase('no date takes a unit by surprise:', (open) => {
  let test: TestApp
  let year: string
  let agency: Caller
  const at = (path = '') => `/api/assessments/${year}${path}`

  beforeEach(async () => {
    test = appOn(await open())
    year = await withYear(test)
    agency = await test.as('agency')
  })

  const record = (more: object) =>
    agency(at('/findings'), {
      body: {
        kind: '专项督查',
        unitId: 'water',
        what: '目录缺失',
        notifiedOn: '2018-02-10',
        allowDuplicate: true,
        ...more,
      },
    })

  it.each([
    ['0001-01-01', 'notice-before-year'],
    ['2016-12-31', 'notice-before-year'],
    ['2018-02-11', 'notice-in-future'],
    ['2017-01-05', undefined],
  ])('a notice of %s, with a reason', async (notifiedOn, code) => {
    expect((await record({ notifiedOn, reason: '查处通知书补登' })).json.code).toBe(code)
  })

  it('a notice dated before today needs a reason, which the unit sees, and leaves it its time to appeal', async () => {
    expect((await record({ notifiedOn: '2018-01-05' })).json.code).toBe('notice-reason-required')
    expect((await record({ notifiedOn: '2018-01-05', reason: ' ' })).status).toBe(400)
    const { json } = await record({ notifiedOn: '2018-01-05', reason: '通知书已于当日送达，补登' })
    const head = await test.as('head')
    const seen = await head(at(`/findings/${String(json.id)}`))
    expect(seen.json).toMatchObject({
      appealUntil: '2018-02-22',
      facts: [{ reason: '通知书已于当日送达，补登' }],
    })
    expect(seen.json.legal).toContain('appealed')
  })

  it('a batch needs it for its rows; a file’s is its name and the day', async () => {
    const rows = [
      ['单位', '扣分类别', '事由', '通知日期', '整改期限'],
      ['市水务局', '专项督查', '链接失效', day('2018-01-08'), null],
    ] as const
    const text = rows.map((row) => row.map((cell) => (cell instanceof Date ? '2018-01-08' : cell)).join('\t'))
    const pasted = await agency(at('/findings/batch?dryRun=1'), { body: { text: text.join('\n') } })
    expect(pasted.json).toMatchObject({ rows: [{ code: 'notice-reason-required' }] })
    const form = await workbookForm({ 平时考核台账: rows }, '督查台账.xlsx')
    const taken = await agency(at('/findings/batch'), { form })
    expect(taken.status, taken.text).toBe(201)
    const [row] = taken.json.rows as { findingId: string }[]
    const { json } = await agency(at(`/findings/${row?.findingId ?? ''}`))
    expect(json.facts).toMatchObject([{ reason: '导入 督查台账.xlsx，2018-02-10' }])
  })

  it('a workbook says its name and the day, and brings no day ahead; days before the year are told', async () => {
    const office = await test.as('office')
    const { json } = await office(at('/findings?q=未按期公开'))
    const first = await office(at(`/findings/${String(json.items?.[0]?.findingId)}`))
    expect((first.json.facts as object[])[0]).toMatchObject({ reason: '导入 工作簿.xlsx，2018-02-10' })
    const withNotice = async (notice: string) => {
      const ledger = [
        ['单位', '扣分类别', '事由', '通知日期', '整改期限'],
        ['市水务局', '专项督查', '另一个问题', day(notice), null],
      ]
      return office(at('/import?dryRun=1'), {
        form: await workbookForm({ ...cityYear, 平时考核台账: ledger }),
      })
    }
    const ahead = await withNotice('2018-02-11')
    expect(JSON.stringify(ahead.json.rows), ahead.text).toContain('day-ahead')
    expect((await withNotice('2016-12-31')).text).toContain('有 1 个问题的日期早于 2017-01-01')
  })

  it('nor does it bring marks, closings and submissions of days ahead', async () => {
    const office = await test.as('office')
    const brought = async (sheets: Sheets) => {
      const form = await workbookForm({ ...cityYear, ...sheets })
      const { json } = await office(at('/import?dryRun=1'), { form })
      return (
        json.rows as { sheet: string; column: string | null; code?: string; message?: string }[]
      ).flatMap(({ sheet, column, code, message }) =>
        code === 'day-ahead' ? [[sheet, column, message]] : [],
      )
    }
    const message = '日期晚于今天；请改正日期。'
    const sheetsOn = (on: string): readonly (readonly [sheet: string, column: string | null, Sheets])[] => [
      [
        '第三方评估',
        null,
        {
          得分记录: [
            ['部分', '单位', '得分', '日期'],
            ['第三方评估', '市水务局', '85.72', day(on)],
          ],
        },
      ],
      [
        '周期',
        '关闭日期',
        {
          周期: [
            ['部分', '周期', '年', '月', '日', '关闭日期'],
            ['自我考核', '上半年', null, 7, 15, day(on)],
            ['自我考核', '下半年', '次年', 1, 15, null],
          ],
        },
      ],
      [
        '报送记录',
        '日期',
        {
          报送记录: [
            ['部分', '周期', '单位', '日期'],
            ['自我考核', '上半年', '市水务局', day(on)],
          ],
        },
      ],
    ]
    for (const [sheet, column, sheets] of sheetsOn('2018-02-11'))
      expect(await brought(sheets), sheet).toEqual([[sheet, column, message]])
    for (const [sheet, , sheets] of sheetsOn('2018-02-10')) expect(await brought(sheets), sheet).toEqual([])
  })

  it('neither the day of finding nor a deadline lies anywhere', async () => {
    expect((await record({ foundOn: '0001-01-01' })).json.code).toBe('found-out-of-bounds')
    expect((await record({ foundOn: '2018-02-11' })).json.code).toBe('found-out-of-bounds')
    expect((await record({ deadline: '9999-12-31', deadlineReason: '工程' })).json.code).toBe(
      'deadline-too-late',
    )
    const { json } = await record({})
    const extended = await agency(at(`/findings/${String(json.id)}/facts`), {
      body: { type: 'extended', deadline: '9999-12-31', reason: '工程' },
      headers: { 'if-match': '"1"' },
    })
    expect(extended.json.code).toBe('deadline-too-late')
    const late = await (
      await test.as('office')
    )(at('/extensions'), {
      body: {
        component: 'self',
        window: 'H2',
        unitIds: [await unitId(test.db, '市林业局')],
        dueOn: '9999-12-31',
        reason: '机构改革',
      },
    })
    expect(late.json.code, late.text).toBe('deadline-too-late')
  })
})
