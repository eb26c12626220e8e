import type { ClosedWindow } from '../../assessment/score/facts.ts'
import { externalComponents, ledgersOf, type RuleDay, type Scheme } from '../../assessment/rule/scheme.ts'
import { vetoText } from '../../assessment/rule/rule-texts.ts'
import {
  countsInWords,
  detailSheets,
  flagWords,
  totalWord,
  workbookWords,
  yearWords,
} from '../../assessment/rule/scheme-words.ts'
import type { BookSheet } from './book-sheets.ts'
import {
  areaColumns,
  clauseColumns,
  dimensionColumns,
  englishColumns,
  kindDetailColumns,
  milestoneColumns,
  partDetailColumns,
  severityColumns,
  windowColumns,
} from './detail-columns.ts'
import { indicatorsBook } from './indicator-sheet.ts'
import { rulesBook } from './rule-rows.ts'
import { sheetOf } from './sheet-columns.ts'
import { type Column } from '../spreadsheet/column.ts'
import { dayValue, hundredthsValue, numberValue, textValue, type Value } from '../spreadsheet/cell-value.ts'

function sheet<Name extends string>(
  name: string,
  columns: Readonly<Record<Name, Column>>,
  lines: readonly Readonly<Record<Name, Value>>[],
): BookSheet {
  const names = Object.keys(columns) as Name[]
  return {
    name,
    columns: names.map((column) => [column, columns[column]]),
    rows: lines.map((line) => names.map((column) => line[column])),
  }
}

const text = (value: string | null): Value => (value === null || value === '' ? null : textValue(value))

const yearCell = ({ yearOffset }: RuleDay): string | null => yearWords[yearOffset] ?? null

const partsBook = (scheme: Scheme): BookSheet =>
  sheet(
    detailSheets.parts,
    partDetailColumns,
    scheme.components.map((component) => ({
      部分: text(component.name),
      缺数:
        component.method === 'deductions'
          ? null
          : workbookWords.missing[
              component.method === 'external' ? component.missing : component.missingWindow
            ],
      依据: text(component.clause),
      标识: text(component.key),
    })),
  )

const placeOf = (scheme: Scheme, key: string | null): string =>
  scheme.components.find((component) => component.key === key)?.name ?? totalWord

const kindsBook = (scheme: Scheme): BookSheet =>
  sheet(
    detailSheets.kindDetails,
    kindDetailColumns,
    ledgersOf(scheme).flatMap(({ key, ledger }) =>
      ledger.kinds.map((kind) => ({
        部分: text(placeOf(scheme, key)),
        类别: text(kind.name),
        性质: workbookWords.effect[kind.effect],
        计入: countsInWords[key === null ? 'total' : 'part'],
        归口: text(ledger.areas.find((area) => area.key === kind.area)?.name ?? null),
        扣分上限: kind.cap === null ? null : hundredthsValue(kind.cap),
        记入上级: flagWords.flag[kind.chargedUpward ? 'yes' : 'no'],
        一票否决: text(vetoText(kind.vetoes)),
        监测规则: text(kind.monitorRules.join('、')),
        依据: text(kind.clause),
        标识: text(kind.key),
      })),
    ),
  )

const severitiesBook = (scheme: Scheme): BookSheet =>
  sheet(
    detailSheets.severities,
    severityColumns,
    ledgersOf(scheme).flatMap(({ key, ledger }) =>
      ledger.kinds
        .filter(({ severities }) => severities.length > 1 || severities.some(({ name }) => name !== ''))
        .flatMap((kind) =>
          kind.severities.map(({ key: severity, name, points }) => ({
            部分: text(placeOf(scheme, key)),
            类别: text(kind.name),
            档次: text(name),
            分值: hundredthsValue(points),
            标识: text(severity),
          })),
        ),
    ),
  )

const areasBook = (scheme: Scheme): BookSheet =>
  sheet(
    detailSheets.areas,
    areaColumns,
    ledgersOf(scheme).flatMap(({ key, ledger }) =>
      ledger.areas.flatMap(({ key: area, name, cap }) =>
        cap === null
          ? []
          : [
              {
                部分: text(placeOf(scheme, key)),
                归口: text(name),
                上限: hundredthsValue(cap),
                标识: text(area),
              },
            ],
      ),
    ),
  )

const windowsBook = (scheme: Scheme, closed: readonly ClosedWindow[]): BookSheet =>
  sheet(
    detailSheets.windows,
    windowColumns,
    scheme.components.flatMap((component) =>
      component.windows.map((window) => {
        const on = closed.find((at) => at.component === component.key && at.window === window.key)?.on
        return {
          部分: text(component.name),
          周期: text(window.name),
          年: window.due && yearCell(window.due),
          月: window.due?.month ?? null,
          日: window.due?.day ?? null,
          止年: window.ends && yearCell(window.ends),
          止月: window.ends?.month ?? null,
          止日: window.ends?.day ?? null,
          权重: window.weight === null ? null : hundredthsValue(window.weight),
          关闭日期: on === undefined ? null : dayValue(on),
          标识: text(window.key),
        }
      }),
    ),
  )

const dimensionsBook = (scheme: Scheme): BookSheet =>
  sheet(
    detailSheets.dimensions,
    dimensionColumns,
    externalComponents(scheme).flatMap((component) =>
      component.dimensions.map(({ key, name, full }) => ({
        部分: text(component.name),
        维度: text(name),
        满分: numberValue(full),
        标识: text(key),
      })),
    ),
  )

const clausesBook = (scheme: Scheme): BookSheet =>
  sheet(
    detailSheets.clauses,
    clauseColumns,
    scheme.clauses.map((clause) => ({ 条款: text(clause.number), 内容: text(clause.text) })),
  )

const englishBook = (scheme: Scheme): BookSheet =>
  sheet(
    detailSheets.english,
    englishColumns,
    Object.entries(scheme.english).map(([chinese, english]) => ({
      中文: text(chinese),
      英文: text(english),
    })),
  )

const milestonesBook = (scheme: Scheme): BookSheet =>
  sheet(
    detailSheets.milestones,
    milestoneColumns,
    scheme.milestones.map(({ key, name, due, clause }) => ({
      事项: text(name),
      年: yearCell(due),
      月: due.month,
      日: due.day,
      依据: text(clause),
      标识: text(key),
    })),
  )

/**
 * What a scheme says beyond 考核办法, 等次 and 扣分类别, sheet by sheet, and the days on which windows were closed. A sheet whose
 * name a component's own sheet bears is left out.
 */
export function schemeDetailSheets(
  scheme: Scheme,
  closed: readonly ClosedWindow[] = [],
  year: number | null = null,
): BookSheet[] {
  const taken = new Set(scheme.components.map(sheetOf))
  return [
    partsBook(scheme),
    kindsBook(scheme),
    severitiesBook(scheme),
    areasBook(scheme),
    windowsBook(scheme, closed),
    dimensionsBook(scheme),
    indicatorsBook(scheme),
    milestonesBook(scheme),
    rulesBook(scheme, year),
    clausesBook(scheme),
    englishBook(scheme),
  ].filter(({ name }) => !taken.has(name))
}
