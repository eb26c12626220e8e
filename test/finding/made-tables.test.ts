import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Db } from '../../db/source.ts'
import { appOn, openMemory, withYear, workbookForm, type Caller, type TestApp } from '../fixtures/app.ts'
import { day } from '../fixtures/workbooks.ts'

let db: Db
let test: TestApp
let year: string
let agency: Caller

beforeEach(async () => {
  db = await openMemory()
  test = appOn(db)
  year = await withYear(test)
  agency = await test.as('agency')
})
afterEach(() => db.destroy())

const at = (rest: string) => `/api/assessments/${year}${rest}`
interface Row {
  readonly row: number
  readonly column: string | null
  readonly outcome: string
  readonly code?: string
  readonly unit?: string
  readonly offers?: readonly string[]
  readonly findingId?: string
}
async function paste(lines: readonly string[], said: object | null = null, dryRun = true) {
  const { status, json, text } = await agency(at(`/findings/batch${dryRun ? '?dryRun=1' : ''}`), {
    body: { text: lines.join('\n'), reason: '补登', ...(said ? { said: JSON.stringify(said) } : {}) },
  })
  return {
    status,
    text,
    counts: json.counts,
    rows: json.rows as Row[],
    tables: json.tables as { layouts: object[] },
  }
}
const total = async () => (await agency(at('/findings'))).json.total

describe('findings as people have them', () => {
  it('come under exactly the five headings that the page lists', async () => {
    const { counts, rows } = await paste([
      '单位\t类别\t事由\t通知日期\t整改期限',
      '市水务局\t专项督查\t栏目过期\t2018-02-01\t',
    ])
    expect(counts).toMatchObject({ new: 1, error: 0 })
    expect(rows).toMatchObject([{ unit: '市水务局', kind: '专项督查', what: '栏目过期' }])
  })

  it('stand below merged titles, beside a column of row numbers, in another order and under other headings', async () => {
    const { counts, rows, tables } = await paste([
      '2018 年政务公开专项督查发现问题汇总表',
      '督查组\t\t\t\t2018年2月',
      '序号\t通报日期\t责任单位\t存在问题\t问题类别\t备注',
      '1\t2018.2.1\t市水务局\t栏目过期\t专项督查\t',
      '2\t２０１８年２月２日\t市林业局\t目录为空\t专项督查\t已电话告知',
      '3',
    ])
    expect(counts).toMatchObject({ new: 2, error: 0, leftOut: 0 })
    expect(rows).toMatchObject([
      { row: 4, unit: '市水务局', notifiedOn: '2018-02-01' },
      { row: 5, unit: '市林业局', notifiedOn: '2018-02-02' },
    ])
    expect(tables.layouts).toMatchObject([
      {
        headerRow: 3,
        columns: { 单位: 2, 扣分类别: 4, 事由: 3, 通知日期: 1 },
        headings: { 单位: '责任单位' },
      },
    ])
  })

  it('need no header, and are not led astray by row numbers before them', async () => {
    const { counts, rows } = await paste([
      '1\t市水务局\t专项督查\t栏目过期\t2018-02-01',
      '2\t市林业局\t专项督查\t目录为空\t2018-02-02',
    ])
    expect(counts).toMatchObject({ new: 2 })
    expect(rows).toMatchObject([{ unit: '市水务局' }, { unit: '市林业局' }])
  })

  it('are read by what stands in the columns where no heading is known', async () => {
    const { counts, tables } = await paste([
      '甲栏\t乙栏\t丙栏\t丁栏',
      '栏目长期没有更新过\t2018-02-01\t专项督查\t市水务局',
      '目录为空且没有说明\t2018-02-02\t专项督查\t市林业局',
    ])
    expect(tables.layouts).toMatchObject([
      { headerRow: 1, columns: { 单位: 3, 扣分类别: 2, 事由: 0, 通知日期: 1 } },
    ])
    expect(counts).toMatchObject({ new: 2, error: 0 })
  })

  it('a sum or an average below them is told as left out, and stops nothing', async () => {
    const lines = [
      '序号\t单位\t类别\t事由\t通知日期',
      '1\t市水务局\t专项督查\t栏目过期\t2018-02-01',
      '合计\t\t1\t\t',
      '\t平均分\t0.5\t\t',
    ]
    const { counts, rows } = await paste(lines)
    expect(counts).toMatchObject({ new: 1, error: 0, leftOut: 2 })
    expect(rows.map(({ row, outcome }) => [row, outcome])).toEqual([
      [2, 'new'],
      [3, 'left-out'],
      [4, 'left-out'],
    ])
    expect((await paste(lines, null, false)).status).toBe(201)
  })

  it('a short name and a day without its year are offered in full, taken when confirmed, or left out', async () => {
    const lines = [
      '单位\t类别\t事由\t通知日期',
      '水务局\t督查\t栏目过期\t2月1日',
      '水务局\t专项督查\t目录为空\t2018-02-02',
      '某某公司\t专项督查\t无此单位\t2018-02-02',
    ]
    const { rows } = await paste(lines)
    const told = rows.map(({ row, column, code, offers }) => [row, column, code, offers?.[0]])
    expect(told).toEqual(
      expect.arrayContaining([
        [2, '单位', 'unknown-unit', '市水务局'],
        [2, '扣分类别', 'unknown-kind', '专项督查'],
        [2, '通知日期', 'day-without-year', '2017-02-01'],
        [3, '单位', 'unknown-unit', '市水务局'],
      ]),
    )
    const said = {
      meanings: [
        { column: '单位', written: '水务局', means: '市水务局', row: null },
        { column: '扣分类别', written: '督查', means: '专项督查', row: null },
        { column: '通知日期', written: '2月1日', means: '2018-02-01', row: 2 },
      ],
      leftOut: [{ sheet: '', row: 4 }],
    }
    const settled = await paste(lines, said)
    expect(settled.counts).toMatchObject({ new: 2, error: 0, leftOut: 1 })
    expect(settled.rows[0]).toMatchObject({ unit: '市水务局', writtenUnit: '水务局' })
    const before = Number(await total())
    expect((await paste(lines, said, false)).status).toBe(201)
    expect(await total()).toBe(before + 2)
  })

  it('a day without its year is offered only where it can be recorded: a notice not in the future, a deadline ahead', async () => {
    const lines = ['单位\t类别\t事由\t通知日期\t整改期限', '市水务局\t专项督查\t栏目过期\t12月31日\t12月31日']
    const { rows } = await paste(lines)
    const offered = (column: string) => rows.find((row) => row.column === column)?.offers ?? []
    expect(offered('通知日期').filter((day: string) => day > '2018-02-28')).toEqual([])
    expect(offered('整改期限').some((day: string) => day > '2018-02-28')).toBe(true)
  })

  it('columns are put right by a person, and headings of last time are known', async () => {
    const lines = ['谁\t何事\t何类\t何日', '市水务局\t栏目过期\t专项督查\t2018-02-01']
    const said = {
      layouts: [{ sheet: '', headerRow: 1, columns: { 单位: 0, 事由: 1, 扣分类别: 2, 通知日期: 3 } }],
    }
    expect((await paste(lines, said)).counts).toMatchObject({ new: 1 })
    const headings = Object.entries({ 谁: '单位', 何事: '事由', 何类: '扣分类别', 何日: '通知日期' }).map(
      ([heading, column]) => ({ heading, column }),
    )
    const again = await paste(lines, { headings })
    expect(again.tables.layouts).toMatchObject([{ headerRow: 1, columns: { 单位: 0, 事由: 1 } }])
    expect(again.counts).toMatchObject({ new: 1 })
  })

  it('a cell left blank is filled in where it stands', async () => {
    const lines = ['单位\t类别\t事由\t通知日期', '市水务局\t专项督查\t栏目过期\t']
    expect((await paste(lines)).rows).toMatchObject([
      { column: '通知日期', code: 'notice-missing', written: '' },
    ])
    const meanings = [{ column: '通知日期', written: '', means: '2018-02-01', row: 2 }]
    expect((await paste(lines, { meanings })).counts).toMatchObject({ new: 1 })
  })

  it('the preview tells the computed deadline and what is taken off today', async () => {
    const { rows, counts } = await paste([
      '单位\t类别\t事由\t通知日期',
      '市水务局\t专项督查\t栏目过期\t2018-02-01',
    ])
    expect(rows).toMatchObject([{ deadline: '2018-02-27', provisional: false, today: 0 }])
    expect(counts).toMatchObject({ today: 0 })
  })

  it('come in a workbook whose sheet is called otherwise', async () => {
    const form = await workbookForm({
      封面: [['说明']],
      二月: [
        ['督查情况'],
        ['序号', '单位名称', '类别', '问题描述', '通报日期'],
        [1, '市水务局', '专项督查', '年度报告缺项', day('2018-02-05')],
        ['合计', '', 1, '', ''],
      ],
    })
    const { json } = await agency(at('/findings/batch?dryRun=1'), { form })
    expect(json.counts, JSON.stringify(json.rows)).toMatchObject({ new: 1, error: 0, leftOut: 1 })
    expect(json.tables).toMatchObject({ layouts: [{ sheet: '二月', headerRow: 2 }] })
  })
})

describe('undoing a batch', () => {
  const lines = [
    '单位\t类别\t事由\t通知日期',
    '市水务局\t专项督查\t栏目过期\t2018-02-01',
    '市林业局\t专项督查\t目录为空\t2018-02-02',
  ]
  const undo = (findingIds: readonly string[]) =>
    agency(at('/findings/reversals'), { body: { findingIds, reason: '粘贴有误' } })
  const record = async () => (await paste(lines, null, false)).rows.map(({ findingId }) => String(findingId))

  it('reverses every entry, and keeps what was recorded', async () => {
    const ids = await record()
    const undone = await undo(ids)
    expect([undone.status, undone.json]).toEqual([201, { reversed: 2 }])
    for (const id of ids) {
      const { json } = await agency(at(`/findings/${id}`))
      expect(json).toMatchObject({
        status: 'reversed',
        facts: [{ type: 'notified' }, { type: 'reversed', reason: '粘贴有误' }],
      })
    }
    expect((await undo(ids)).status).toBe(412)
  })

  it('is refused as a whole once something happened to one of them', async () => {
    const [first = '', second = ''] = await record()
    const { headers } = await agency(at(`/findings/${first}`))
    const editor = await test.as('editor')
    await editor(at(`/findings/${first}/facts`), {
      body: { type: 'submitted', reason: '已补' },
      headers: { 'if-match': headers.get('etag') ?? '' },
    })
    expect((await undo([second, first])).json.code).toBe('stale')
    expect((await agency(at(`/findings/${second}`))).json).toMatchObject({ status: 'open' })
  })
})
