import type { Finding } from '../../assessment/score/facts.ts'
import type { Hundredths } from '../../assessment/rational.ts'
import type { Adjustments } from '../../assessment/rule/scheme.ts'
import {
  formerBonusKey,
  formerBonusKind,
  pointsSeverity,
  withPoints,
} from '../../assessment/rule/stored-scheme.ts'
import type { Origin } from '../spreadsheet/place.ts'
import type { Column } from '../spreadsheet/column.ts'
import type { Report } from '../spreadsheet/report.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import { asDay, asHundredths, asText, openTable, unless } from '../spreadsheet/table.ts'
import { type AssessedUnits, unitTakingPart } from './parse-marks.ts'

/** 加分 of earlier workbooks: points typed row by row. It is read as gains of 总分 and no longer written. */
export const oldBonusSheetName = '加分'

export const oldBonusColumns = {
  单位: { needed: true, content: 'text', about: '' },
  分值: { needed: true, content: 'number', about: '' },
  事由: { needed: false, content: 'text', about: '' },
  日期: { needed: true, content: 'day', about: '' },
  冲销: { needed: false, content: 'day', about: '' },
  冲销事由: { needed: false, content: 'text', about: '' },
} as const satisfies Readonly<Record<string, Column>>

const asGiven = unless(asHundredths, 'not-positive', (points) => points <= 0)
/** Reads 加分: each row an entry under the kind that the bonus became; a row taken back is reversed on its day. */
export function parseOldBonuses(
  sheet: Sheet,
  units: AssessedUnits,
  report: Report,
): {
  readonly findings: readonly Finding[]
  readonly origins: readonly Origin[]
  /** The points of each. */
  readonly given: readonly Hundredths[]
} {
  const table = openTable(sheet, oldBonusColumns, report)
  const findings: Finding[] = []
  const origins: Origin[] = []
  const given: Hundredths[] = []
  for (const row of table?.rows ?? []) {
    const unitId = unitTakingPart(row, sheet.name, units, report)
    const points = row.needed('分值', asGiven)
    const what = row.optional('事由', asText)
    const on = row.needed('日期', asDay)
    const backOn = row.optional('冲销', asDay)
    if (unitId === undefined || points === undefined || on === undefined) continue
    if (what === undefined || backOn === undefined) continue
    if (backOn && backOn < on) row.problem('taken-back-before', '冲销')
    given.push(points)
    const id = `${sheet.name}!${row.number}`
    origins.push({ sheet: sheet.name, row: row.number })
    findings.push({
      id,
      number: id,
      kind: formerBonusKey,
      severity: pointsSeverity(points).key,
      unitId,
      what: what ?? '',
      facts: [
        { type: 'notified', on, deadline: null },
        ...(backOn ? [{ type: 'reversed', on: backOn } as const] : []),
      ],
    })
  }
  return { findings, origins, given }
}

const mostPoints = 1000

/** The adjustments with an earlier bonus as a kind of its own, with a severity for each number of points given. */
export function withOldBonus(
  adjustments: Adjustments | null,
  name: string,
  given: readonly Hundredths[],
): Adjustments {
  const { kinds, ...rest } = adjustments ?? { areas: [], kinds: [], gainCap: null, unlock: null, clause: '' }
  const isBonus = (key: string): boolean => key === formerBonusKey
  const known = kinds.some(({ key }) => isBonus(key))
  const all = known ? kinds : [...kinds, formerBonusKind(name, rest.gainCap ?? mostPoints)]
  return { ...rest, kinds: all.map((kind) => (isBonus(kind.key) ? withPoints(kind, given) : kind)) }
}
