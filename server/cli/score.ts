import { writeFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { announcedCalendar } from '../../db/holidays.ts'
import { assess } from '../assessment/score/assess.ts'
import type { Assessed } from '../assessment/score/scorecard.ts'
import { type Day, isDay } from '../assessment/day.ts'
import { describe } from '../exchange/spreadsheet/messages.ts'
import { provisionalDeadlines } from '../exchange/workbook/provisional-deadlines.ts'
import { readBook } from '../jobs/read-workbook.ts'
import { standingsTable } from './standings-table.ts'
import { argumentsOf, exit } from './arguments.ts'

const usage = `用法：npm run score -- BOOK.xlsx [--as-of YYYY-MM-DD] [--interim] [--json] [--out RESULT.xlsx]
      npm run score -- --template BOOK.xlsx
`

interface Order {
  readonly book: string | null
  readonly asOf: Day | null
  /** 阶段成绩. */
  readonly interim: boolean
  readonly json: boolean
  readonly out: string | null
  readonly template: string | null
}

/** What was asked for, or why it cannot be understood. */
function readArguments(args: readonly string[]): Order | string {
  const parsed = argumentsOf(args, {
    'as-of': { type: 'string' },
    json: { type: 'boolean', default: false },
    interim: { type: 'boolean', default: false },
    out: { type: 'string' },
    template: { type: 'string' },
  })
  if (typeof parsed === 'string') return parsed
  const { values, positionals } = parsed
  const { out = null, template = null, json, interim } = values
  const asOf = values['as-of'] ?? null
  const [book = null] = positionals
  if (asOf !== null && !isDay(asOf)) return `--as-of 不是有效日期：${asOf}（应为 YYYY-MM-DD）`
  if (out === '' || template === '') return '--out 和 --template 须给出文件名'
  if (positionals.length > 1) return `只能计算一个工作簿，给出了 ${positionals.length} 个`
  if ((book === null) === (template === null))
    return book === null ? '没有给出工作簿' : '--template 不能与工作簿同时使用'
  if (template !== null && (json || interim || out !== null || asOf !== null))
    return '--template 不与其他选项同用'
  if (book !== null && out !== null && resolve(book) === resolve(out)) return '--out 不能覆盖要计算的工作簿'
  return { book, asOf, interim, json, out, template }
}

function today(): Day {
  const now = new Date()
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

/** Writes a file; false after telling why when that is not possible. */
async function save(path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    await writeFile(path, bytes)
    return true
  } catch (error) {
    process.stderr.write(
      `${basename(path)}：无法写入（${error instanceof Error ? error.message : String(error)}）\n`,
    )
    return false
  }
}

/** Kinds that veto in the order of 扣分类别: a scheme keeps those of 总分 apart from those of its parts. */
const vetoesInOrder = (assessed: Assessed, kindNames: readonly string[]): Assessed => ({
  ...assessed,
  standings: assessed.standings.map((standing) => ({
    ...standing,
    ...(standing.vetoes && {
      vetoes: standing.vetoes.toSorted((a, b) => kindNames.indexOf(a) - kindNames.indexOf(b)),
    }),
  })),
})

async function score(path: string, { asOf: asked, interim, json, out }: Order): Promise<number> {
  const reading = await readBook(path, { asOf: asked })
  if (!reading.ok) {
    const [first] = reading.problems
    const more = reading.problemCount > 1 ? `（另有 ${reading.problemCount - 1} 处问题）` : ''
    process.stderr.write(`${basename(path)}：${first ? describe(first, 'zh-CN') : ''}${more}\n`)
    return exit.wrongInput
  }
  const { scheme, facts, latestDay, kindNames } = reading.book
  const asOf = asked ?? latestDay ?? today()
  const calendar = announcedCalendar()
  const assessed = vetoesInOrder(assess(scheme, facts, asOf, calendar, { interim }), kindNames)
  const warnings = [...reading.warnings, ...provisionalDeadlines(reading.book, calendar)].map((one) =>
    describe(one, 'zh-CN'),
  )
  if (out !== null) {
    const { writeResult } = await import('../exchange/workbook/write-result.ts')
    if (!(await save(out, await writeResult(assessed, scheme, { warnings })))) return exit.wrongInput
  }
  if (json) {
    const standings = assessed.standings.map(({ unitId: _unitId, ...standing }) => standing)
    const basis = assessed.interim && { interim: assessed.interim }
    process.stdout.write(`${JSON.stringify({ asOf, standings, ...basis, warnings })}\n`)
  } else process.stdout.write(standingsTable(assessed, scheme, warnings))
  return exit.done
}

async function main(args: readonly string[]): Promise<number> {
  const order = readArguments(args)
  if (typeof order === 'string') {
    process.stderr.write(`${order}\n${usage}`)
    return exit.wrongUsage
  }
  if (order.template !== null) {
    const { writeTemplate } = await import('../exchange/workbook/write-template.ts')
    return (await save(order.template, await writeTemplate())) ? exit.done : exit.wrongInput
  }
  return score(order.book as string, order)
}

process.exitCode = await main(process.argv.slice(2))
