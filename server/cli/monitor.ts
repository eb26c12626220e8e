import { basename } from 'node:path'
import { announcedCalendar } from '../../db/holidays.ts'
import { type Day, isDay } from '../assessment/day.ts'
import type { WorkCalendar } from '../assessment/working-days.ts'
import { describe } from '../exchange/spreadsheet/messages.ts'
import { sheetOfRegister } from '../exchange/records/columns.ts'
import type { Records } from '../exchange/records/parse-records.ts'
import { readRecords } from '../jobs/read-records.ts'
import { monitors, registers, type Register } from '../monitors/records.ts'
import { suspicionText } from '../monitors/words.ts'
import { dayInChina } from '../today.ts'
import { argumentsOf, exit } from './arguments.ts'

const usage = '用法：npm run monitor -- BOOK.xlsx [--as-of YYYY-MM-DD] [--json]\n'

interface Order {
  readonly book: string
  readonly asOf: Day
  readonly json: boolean
}

/** What was asked for, or why it cannot be understood. */
function readArguments(args: readonly string[]): Order | string {
  const parsed = argumentsOf(args, { 'as-of': { type: 'string' }, json: { type: 'boolean', default: false } })
  if (typeof parsed === 'string') return parsed
  const { values, positionals } = parsed
  const asOf = values['as-of'] ?? dayInChina(new Date())
  const [book] = positionals
  if (!isDay(asOf)) return `--as-of 不是有效日期：${asOf}（应为 YYYY-MM-DD）`
  if (book === undefined || positionals.length > 1) return '须给出一个工作簿'
  return { book, asOf, json: values.json }
}

/** A suspicion as the command prints it (records.md). */
interface Line {
  readonly rule: string
  readonly unit: string
  /** SHEET!ROW, or the sheet alone. */
  readonly record: string
  readonly due: Day | null
  readonly on: Day | null
  readonly message: string
}

function linesOf(register: Register, records: Records, asOf: Day, calendar: WorkCalendar): Line[] {
  const sheet = sheetOfRegister[register]
  const monitor = monitors[register] as (
    kept: readonly { readonly row: number }[],
    asOf: Day,
    calendar: WorkCalendar,
  ) => readonly (Pick<Line, 'unit' | 'due' | 'on'> &
    Parameters<typeof suspicionText>[0] & { readonly record: { readonly row: number } | null })[]
  return monitor(records[register], asOf, calendar).map((suspicion) => ({
    rule: suspicion.rule,
    unit: suspicion.unit,
    record: suspicion.record === null ? sheet : `${sheet}!${suspicion.record.row}`,
    due: suspicion.due,
    on: suspicion.on,
    message: suspicionText(suspicion, 'zh-CN'),
  }))
}

async function main(args: readonly string[]): Promise<number> {
  const order = readArguments(args)
  if (typeof order === 'string') {
    process.stderr.write(`${order}\n${usage}`)
    return exit.wrongUsage
  }
  const reading = await readRecords(order.book)
  if (!reading.ok) {
    const [first] = reading.problems
    const more = reading.problemCount > 1 ? `（另有 ${reading.problemCount - 1} 处问题）` : ''
    process.stderr.write(`${basename(order.book)}：${first ? describe(first, 'zh-CN') : ''}${more}\n`)
    return exit.wrongInput
  }
  const calendar = announcedCalendar()
  const suspicions = registers.flatMap((register) => linesOf(register, reading.records, order.asOf, calendar))
  const warnings = reading.warnings.map((warning) => describe(warning, 'zh-CN'))
  if (order.json) process.stdout.write(`${JSON.stringify({ asOf: order.asOf, suspicions, warnings })}\n`)
  else {
    const told = suspicions.map(({ record, unit, rule, message }) =>
      [record, unit, message, rule].filter(Boolean).join('  '),
    )
    const head = `截至 ${order.asOf}，疑似问题 ${suspicions.length} 个`
    process.stdout.write([head, ...told, ...warnings.map((text) => `提示：${text}`), ''].join('\n'))
  }
  return exit.done
}

process.exitCode = await main(process.argv.slice(2))
