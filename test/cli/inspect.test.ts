import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../fixtures/databases.ts'
import { drawn, pdfOf, typeset } from '../fixtures/pdfs.ts'
import { firstReports } from '../fixtures/reports/first-reports.ts'

const root = join(import.meta.dirname, '..', '..')

interface Run {
  readonly status: number
  readonly out: string
  readonly err: string
}
interface Line {
  readonly file: string
  readonly part: number
  readonly unit: string | null
  readonly year: number | null
  readonly observations: readonly {
    readonly rule: string
    readonly severity: string
    readonly excerpt: string
    readonly offset: number
    readonly message: string
    readonly source: string
  }[]
}

describe('npm run inspect', () => {
  const folder = temporaryFolder()
  const file = (name: string, content: string | Buffer): string => {
    const path = join(folder.path, name)
    writeFileSync(path, content)
    return path
  }
  const inspect = (...args: string[]): Promise<Run> =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        ['--import', 'tsx', 'server/cli/inspect.ts', ...args],
        { cwd: root },
        (error, out, err) => resolve({ status: error ? Number(error.code) : 0, out, err }),
      )
    })
  const linesOf = ({ out }: Run): Line[] =>
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line)
  const text = firstReports[0]?.text ?? ''
  const clean = file('镇.txt', text)

  it('prints one line per report, in order, with each observation in the words of the text', async () => {
    const faulty = file('改.txt', text.replace('74条', '75条').replaceAll('青石镇', '白马镇'))
    const run = await inspect(clean, faulty, '--json')
    expect([run.status, run.err]).toEqual([0, ''])
    const [first, second, ...more] = linesOf(run)
    expect(more).toEqual([])
    expect(first).toMatchObject({ file: clean, part: 1, unit: '青石镇', year: 2012 })
    expect(
      first?.observations.filter(({ rule, severity }) => severity !== 'pass' && rule !== 'near-copy'),
    ).toEqual([])
    expect(second).toMatchObject({ file: faulty, part: 1, unit: '白马镇', year: 2012 })
    expect(second?.observations).toContainEqual(
      expect.objectContaining({
        rule: 'sums',
        severity: 'fail',
        message: '总数 75条，分项 4+18+12+8+32 = 74，不符',
        source: expect.stringContaining('《政府信息公开条例》'),
      }),
    )
    expect(second?.observations.map(({ rule }) => rule)).toContain('near-copy')
    for (const { excerpt, offset } of first?.observations ?? [])
      expect(text.slice(offset, offset + excerpt.length)).toBe(excerpt)
  }, 60_000)

  it('takes a unit and a year that are given for those of the report', async () => {
    const run = await inspect(clean, '--json', '--unit', '白马镇', '--year', '2013')
    expect(linesOf(run)).toMatchObject([{ unit: '白马镇', year: 2013 }])
  }, 60_000)

  it('gives a file that holds several reports one line each', async () => {
    const others = firstReports.slice(0, 2).map((report) => report.text)
    const run = await inspect(file('汇编.txt', others.join('\n\n')), '--json')
    expect(linesOf(run).map(({ part, year }) => [part, year])).toEqual([
      [1, 2012],
      [2, 2009],
    ])
  }, 60_000)

  it('says in plain words what it found, and of pages that are pictures that they cannot be judged', async () => {
    const run = await inspect(
      clean,
      file('扫描.pdf', pdfOf([''])),
      file('一.pdf', pdfOf([drawn(typeset(['一、概述']))])),
    )
    expect(run.status).toBe(0)
    expect(run.out).toContain('镇.txt（第 1 份）：青石镇，2012 年\n')
    expect(run.out).toContain('合格  sums  74条 = 4+18+12+8+32，相符')
    expect(run.out).toContain('扫描.pdf（第 1 份）：单位不明，年度不明\n  无法判断  required-parts')
  }, 120_000)

  it('reads what it can, names in one line what it cannot, and ends with 1', async () => {
    const run = await inspect(join(folder.path, '没有.txt'), file('坏.pdf', '%PDF-1.7 坏'), clean, '--json')
    expect(run.status).toBe(1)
    expect(run.err).toBe('没有.txt：找不到这个文件，请检查路径。\n坏.pdf：文件已损坏，读不完整。\n')
    expect(linesOf(run)).toMatchObject([{ file: clean }])
  }, 120_000)

  it.each([
    [[]],
    [['--json']],
    [['a.txt', '--year', '16']],
    [['a.txt', '--unit', ' ']],
    [['a.txt', '--all']],
  ])(
    'ends with 2 and its usage on %j',
    async (args) => {
      const run = await inspect(...args)
      expect([run.status, run.out]).toEqual([2, ''])
      expect(run.err).toContain('npm run inspect -- REPORT…')
    },
    60_000,
  )
})
