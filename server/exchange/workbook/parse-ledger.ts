import type { Day } from '../../assessment/day.ts'
import type { Finding } from '../../assessment/score/facts.ts'
import type { Ledger, LedgerKind } from '../../assessment/rule/scheme.ts'
import type { Origin } from '../spreadsheet/place.ts'
import { factsOf, latestOf } from './ledger-entry.ts'
import { word } from '../spreadsheet/cell.ts'
import { nameMap } from '../spreadsheet/name-map.ts'
import type { Report } from '../spreadsheet/report.ts'
import { ledgerColumns, reviewWords } from './sheet-columns.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import { asDay, asText, asWord, openTable, type TableRow } from '../spreadsheet/table.ts'

export interface LedgerReading {
  readonly findings: readonly Finding[]
  readonly origins: readonly Origin[]
  /** Whether each finding brought its own 编号. */
  readonly numbered: readonly boolean[]
  readonly latestDay: Day | null
}

/** What a ledger needs to know of the units. */
export interface ChargeableUnits {
  /** The unit of that name, as first written. */
  named(name: string): string | undefined
  /** Whether some unit at or above it takes part. */
  isCharged(unit: string): boolean
}

/** The severity that a row names; null for the usual one, undefined when a problem was reported. */
export function severityIn(row: TableRow<'档次'>, kind: LedgerKind | undefined): string | null | undefined {
  const name = row.optional('档次', asText)
  if (name === null || name === undefined) return name
  if (!kind) return undefined
  const severity = kind.severities.find((each) => word(each.name) === word(name))
  if (severity) return severity.key
  const words = kind.severities.flatMap((each) => each.name || []).join('、')
  if (words === '') row.problem('no-severities', '档次', { value: kind.name })
  else row.problem('unknown-severity', '档次', { value: name, words })
  return undefined
}

/** Reads a 台账. */
export function parseLedger(
  sheet: Sheet,
  ledger: Ledger,
  units: ChargeableUnits,
  report: Report,
): LedgerReading | undefined {
  const table = openTable(sheet, ledgerColumns, report)
  if (!table) return undefined
  const kinds = nameMap(ledger.kinds.map((kind) => [kind.name, kind]))
  const asReview = asWord(reviewWords)
  const findings: Finding[] = []
  const origins: Origin[] = []
  const numbered: boolean[] = []
  let latestDay: Day | null = null

  for (const row of table.rows) {
    const unitName = row.needed('单位', asText)
    const unit = unitName === undefined ? undefined : units.named(unitName)
    const kindName = row.needed('扣分类别', asText)
    const what = row.optional('事由', asText)
    const notifiedOn = row.optional('通知日期', asDay)
    const deadline = row.optional('整改期限', asDay)
    const rectifiedOn = row.optional('整改日期', asDay)
    const review = row.optional('核查结果', asReview)
    const revokedOn = row.optional('撤销日期', asDay)
    const ownNumber = row.optional('编号', asText)
    latestDay = latestOf([latestDay, notifiedOn, deadline, rectifiedOn, revokedOn])

    const kind = kindName === undefined ? undefined : kinds.get(kindName)
    if (kindName !== undefined && !kind) {
      row.problem('unknown-kind', '扣分类别', { value: kindName, words: kinds.words() })
    }
    const severity = severityIn(row, kind)
    if (unitName !== undefined && unit === undefined) row.problem('unknown-unit', '单位', { value: unitName })
    // An entry that is not charged upward counts for nobody at a unit that does not take part.
    if (unit !== undefined && kind?.chargedUpward !== false && !units.isCharged(unit))
      row.problem('charged-to-nobody', '单位', { value: unit })
    if (notifiedOn) {
      if (deadline && deadline < notifiedOn)
        row.problem('deadline-before-notice', '整改期限', { value: deadline, notice: notifiedOn })
      if (rectifiedOn && rectifiedOn < notifiedOn)
        row.problem('deadline-before-notice', '整改日期', { value: rectifiedOn, notice: notifiedOn })
    }
    if (unit === undefined || !kind || severity === undefined || what === undefined) continue
    if (notifiedOn === undefined || ownNumber === undefined || deadline === undefined) continue
    if (rectifiedOn === undefined || review === undefined || revokedOn === undefined) continue
    if (notifiedOn === null) report.warn('not-notified', sheet.name, row.number, '通知日期')

    if (review !== null && rectifiedOn === null) {
      report.warn('review-without-rectification', sheet.name, row.number, '核查结果')
    }
    const place = `${sheet.name}!${row.number}`
    numbered.push(ownNumber !== null)
    origins.push({ sheet: sheet.name, row: row.number })
    findings.push({
      id: place,
      number: ownNumber ?? place,
      kind: kind.key,
      severity,
      unitId: unit,
      what: what ?? '',
      facts: factsOf({
        kind: kind.key,
        severity,
        unitId: unit,
        what: what ?? '',
        notifiedOn,
        deadline,
        rectifiedOn,
        review,
        revokedOn,
      }),
    })
  }
  return { findings, origins, numbered, latestDay }
}

/**
 * The findings of all ledgers with the units within which their numbers were given: by `numbering` those charged when they were noted. None has a
 * number that another within its unit has: the later one gives it up, with a warning.
 */
export function numberedWithin(
  { findings, origins, numbered }: Omit<LedgerReading, 'latestDay'>,
  numbering: (unit: string) => string,
  report: Report,
): Pick<LedgerReading, 'findings' | 'numbered'> {
  const rows = new Map<string, number>()
  const within = findings.map((finding, index): Finding => {
    const { id, number } = finding
    const origin = origins[index]
    if (!origin || !numbered[index]) return finding
    const numberedUnitId = numbering(finding.unitId)
    const key = JSON.stringify([numberedUnitId, number])
    const first = rows.get(key)
    if (first === undefined) {
      rows.set(key, origin.row)
      return { ...finding, numberedUnitId }
    }
    report.warn('duplicate-number', origin.sheet, origin.row, '编号', { value: number, first })
    return { ...finding, number: id }
  })
  return {
    findings: within,
    numbered: within.map(({ numberedUnitId }) => numberedUnitId !== undefined),
  }
}
