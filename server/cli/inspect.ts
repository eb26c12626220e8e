import { basename } from 'node:path'
import { readReportFile } from '../jobs/read-report.ts'
import { refusalText } from '../exchange/report-text/refusal.ts'
import {
  nothingToRead,
  observationsOn,
  reportsIn,
  Shelf,
  type Known,
} from '../monitors/report/check-report.ts'
import type { Severity } from '../monitors/report/observation.ts'
import { sources } from '../monitors/report/sources.ts'
import type { Report } from '../monitors/report/reading/report.ts'
import type { KeptReport } from '../monitors/report/rules/near-copy.ts'
import { observationText } from '../monitors/report/words.ts'
import { argumentsOf, exit } from './arguments.ts'

const usage = '用法：npm run inspect -- REPORT… [--year YYYY] [--unit NAME] [--json]\n'

interface Order {
  readonly files: readonly string[]
  readonly known: Known
  readonly json: boolean
}

/** What was asked for, or why it cannot be understood. */
function readArguments(args: readonly string[]): Order | string {
  const parsed = argumentsOf(args, {
    year: { type: 'string' },
    unit: { type: 'string' },
    json: { type: 'boolean', default: false },
  })
  if (typeof parsed === 'string') return parsed
  const { values, positionals } = parsed
  const { year, unit, json } = values
  if (year !== undefined && !/^(?:19|20)\d{2}$/.test(year)) return `--year 不是年份：${year}（应为 YYYY）`
  if (unit?.trim() === '') return '--unit 不能是空白'
  if (positionals.length === 0) return '须给出至少一份报告'
  return { files: positionals, known: { unit, year: year === undefined ? undefined : Number(year) }, json }
}

/** One document of a file, with all that its observations need. */
interface Entry {
  readonly file: string
  readonly part: number
  readonly text: string
  readonly report: Report | null
  readonly kept: KeptReport | undefined
}

/** A document as the command prints it (contract: npm run inspect). */
interface Line {
  readonly file: string
  readonly part: number
  readonly unit: string | null
  readonly year: number | null
  readonly observations: readonly {
    readonly rule: string
    readonly severity: Severity
    readonly excerpt: string
    readonly offset: number
    readonly message: string
    readonly source: string
  }[]
}

function lineOf({ file, part, text, report, kept }: Entry, known: Known, shelf: Shelf): Line {
  const observations = report === null ? [nothingToRead] : observationsOn(report, text, shelf, kept)
  return {
    file,
    part,
    unit: report === null ? (known.unit ?? null) : report.unit,
    year: report === null ? (known.year ?? null) : report.year,
    observations: observations.map((observation) => ({
      rule: observation.rule,
      severity: observation.severity,
      excerpt: observation.excerpt,
      offset: observation.offset,
      message: observationText(observation, 'zh-CN'),
      source: sources[observation.source]['zh-CN'],
    })),
  }
}

const severityWords: Readonly<Record<Severity, string>> = {
  fail: '不合格',
  warn: '提示',
  pass: '合格',
  'not-assessable': '无法判断',
}

function told({ file, part, unit, year, observations }: Line): string {
  const head = `${basename(file)}（第 ${part} 份）：${unit ?? '单位不明'}，${year === null ? '年度不明' : `${year} 年`}`
  const rows = observations.map(({ rule, severity, excerpt, message, source }) => {
    const shown = excerpt.replace(/\s+/g, ' ')
    return `  ${severityWords[severity]}  ${rule}  ${message}  “${shown.length > 60 ? `${shown.slice(0, 60)}…` : shown}”  ${source}`
  })
  return [head, ...rows, ''].join('\n')
}

async function main(args: readonly string[]): Promise<number> {
  const order = readArguments(args)
  if (typeof order === 'string') {
    process.stderr.write(`${order}\n${usage}`)
    return exit.wrongUsage
  }
  const { files, known, json } = order
  const shelf = new Shelf()
  const entries: Entry[] = []
  const showsProgress = process.stderr.isTTY && files.length > 10
  let unread = 0
  for (const [index, file] of files.entries()) {
    if (showsProgress) process.stderr.write(`\r${index + 1}/${files.length}`)
    const reading = await readReportFile(file)
    if (!reading.ok) {
      process.stderr.write(`${basename(file)}：${refusalText(reading, 'zh-CN')}\n`)
      unread++
      continue
    }
    const { text } = reading
    const reports = text.trim() === '' ? [null] : reportsIn(text, known)
    for (const [at, report] of reports.entries()) {
      const name =
        report === null
          ? basename(file)
          : [report.unit, report.year, basename(file)].filter(Boolean).join(' ')
      const kept = report === null ? undefined : shelf.keep(report, name)
      entries.push({ file, part: at + 1, text, report, kept })
    }
  }
  if (showsProgress) process.stderr.write('\n')
  for (const entry of entries) {
    const line = lineOf(entry, known, shelf)
    process.stdout.write(json ? `${JSON.stringify(line)}\n` : told(line))
  }
  return unread > 0 ? exit.wrongInput : exit.done
}

process.exitCode = await main(process.argv.slice(2))
