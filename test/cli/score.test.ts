import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { kindDetails, kinds, ledger, parts, units } from '../fixtures/rule-sheets.ts'
import { day, smallYear, workbookOf } from '../fixtures/workbooks.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'score-'))
  await writeFile(join(folder, 'year.xlsx'), await workbookOf(smallYear))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function score(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  return new Promise((done) => {
    const command = [tsx, join(root, 'server/cli/score.ts'), ...args]
    execFile(process.execPath, command, { cwd: folder }, (error, stdout, stderr) =>
      done({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    )
  })
}

test('--json prints exactly the contract’s object, as of the latest date in the workbook', async () => {
  const { status, stdout, stderr } = await score('year.xlsx', '--json')
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toBe(
    `${JSON.stringify({
      asOf: '2017-04-20',
      standings: [
        {
          unit: '清河县政府',
          group: '县区',
          rank: 1,
          composite: '90.00',
          grade: '优秀',
          components: { 平时考核: '98.50', 自我考核: '88.50', 第三方评估: '83.50' },
          pending: [],
        },
        {
          unit: '市水务局',
          group: '市直部门',
          rank: 1,
          composite: '90.00',
          grade: '优秀',
          components: { 平时考核: '100.00', 自我考核: '85.71', 第三方评估: '85.72' },
          pending: [],
        },
      ],
      warnings: [],
    })}\n`,
  )
}, 30_000)

test('vetoes stand in the order of 扣分类别, also where those of the total come first', async () => {
  await writeFile(
    join(folder, 'vetoes.xlsx'),
    await workbookOf({
      考核办法: parts(['台账', '扣分制', 100, 100, null, null, null]),
      扣分类别: kinds(['总分', '泄密', 0], ['台账', '超期', 5]),
      扣分细则: kindDetails(
        ['台账', '超期', '扣分', null, null, '末位'],
        ['总分', '泄密', '扣分', '总分', null, '59'],
      ),
      考核对象: units(['甲县', '县区']),
      台账台账: ledger(['甲县', '超期', null, '2024-03-01']),
      总分加减台账: ledger(['甲县', '泄密', null, '2024-03-02']),
    }),
  )
  const { stdout } = await score('vetoes.xlsx', '--json')
  const { standings } = JSON.parse(stdout) as { standings: { composite: string; vetoes: string[] }[] }
  expect(standings.map(({ composite, vetoes }) => [composite, vetoes])).toEqual([['59.00', ['泄密', '超期']]])
}, 30_000)

test('--as-of scores another day; pending units have null rank, composite and grade', async () => {
  await writeFile(
    join(folder, 'pending.xlsx'),
    await workbookOf({
      ...smallYear,
      第三方评估: [
        ['单位', '得分'],
        ['清河县政府', null],
      ],
    }),
  )
  const { stdout } = await score('pending.xlsx', '--json', '--as-of', '2017-03-04')
  const { asOf, standings } = JSON.parse(stdout)
  expect(asOf).toBe('2017-03-04')
  expect(standings[0]).toEqual({
    unit: '清河县政府',
    group: '县区',
    rank: null,
    composite: null,
    grade: null,
    components: { 平时考核: '100.00', 自我考核: '88.50', 第三方评估: null },
    pending: ['第三方评估'],
  })
}, 30_000)

test('without --json a table for people, aligned under Chinese headers, with warnings', async () => {
  await writeFile(join(folder, 'extra.xlsx'), await workbookOf({ ...smallYear, 草稿: [['x']] }))
  const { stdout } = await score('extra.xlsx')
  expect(stdout).toBe(
    [
      '截至 2017-04-20',
      '',
      '县区（1 个单位）',
      '名次  单位        平时考核  自我考核  第三方评估  综合成绩  等次',
      '   1  清河县政府     98.50     88.50       83.50     90.00  优秀',
      '',
      '市直部门（1 个单位）',
      '名次  单位      平时考核  自我考核  第三方评估  综合成绩  等次',
      '   1  市水务局    100.00     85.71       85.72     90.00  优秀',
      '',
      '提示：工作表“草稿”：这个工作表不属于任何考核部分，未读取。',
      '',
    ].join('\n'),
  )
}, 30_000)

test('a wrong input ends with 1 and one line naming file, sheet, row and column', async () => {
  await writeFile(
    join(folder, 'wrong.xlsx'),
    await workbookOf({
      ...smallYear,
      第三方评估: [
        ['单位', '得分'],
        ['市水利局', 80],
        ['市水务局', 101],
      ],
    }),
  )
  expect(await score('wrong.xlsx', '--json')).toEqual({
    status: 1,
    stdout: '',
    stderr:
      'wrong.xlsx：工作表“第三方评估” 第 2 行 “单位”列：“考核对象”中没有单位“市水利局”；请改正名称，或在“考核对象”中补上。（另有 1 处问题）\n',
  })
  await writeFile(join(folder, 'broken.xlsx'), 'no workbook')
  for (const file of ['broken.xlsx', 'missing.xlsx']) {
    const { status, stdout, stderr } = await score(file)
    expect([status, stdout, stderr.split('\n').length]).toEqual([1, '', 2])
    expect(stderr).toContain(file)
  }
}, 30_000)

test('wrong usage ends with 2', async () => {
  for (const args of [
    [],
    ['year.xlsx', 'year.xlsx'],
    ['year.xlsx', '--as-of', '2017-02-30'],
    ['year.xlsx', '--as-of'],
    ['year.xlsx', '--fast'],
    ['year.xlsx', '--out', './year.xlsx'],
    ['year.xlsx', '--template', 'other.xlsx'],
  ]) {
    const { status, stdout, stderr } = await score(...args)
    expect([status, stdout], args.join(' ')).toEqual([2, ''])
    expect(stderr).toContain('npm run score')
  }
}, 60_000)

test('--out and --template write workbooks; the template scores as it stands', async () => {
  expect((await score('year.xlsx', '--out', 'result.xlsx')).status).toBe(0)
  expect((await stat(join(folder, 'result.xlsx'))).size).toBeGreaterThan(5000)
  expect(await score('--template', 'template.xlsx')).toMatchObject({ status: 0, stdout: '' })
  expect((await readFile(join(folder, 'template.xlsx'))).subarray(0, 2).toString()).toBe('PK')
  expect(await score('template.xlsx', '--json')).toMatchObject({ status: 0, stderr: '' })
  expect((await score('year.xlsx', '--out', 'nowhere/result.xlsx')).status).toBe(1)
}, 60_000)

test('a deadline in a year whose holidays are not announced is told to be provisional', async () => {
  await writeFile(
    join(folder, 'future.xlsx'),
    await workbookOf({
      考核对象: smallYear['考核对象'] ?? [],
      平时考核台账: [
        ['单位', '扣分类别', '通知日期'],
        ['市水务局', '专项督查', day('2030-03-04')],
      ],
    }),
  )
  const { stdout } = await score('future.xlsx', '--json')
  expect(JSON.parse(stdout).warnings).toEqual([
    '工作表“平时考核台账” 第 2 行 “整改期限”列：推算的整改期限 2030-03-25 所在年份的放假安排尚未公布，按普通周末推算。',
  ])
}, 30_000)
