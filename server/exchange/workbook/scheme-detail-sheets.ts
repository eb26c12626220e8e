import type { ClosedWindow } from '../../assessment/score/facts.ts'
import {
  deductionComponents,
  externalComponents,
  verifiedComponents,
  type RuleDay,
  type Scheme,
} from '../../assessment/rule/scheme.ts'
import type { BookSheet } from './book-sheets.ts'
import {
  detailSheets,
  dimensionColumns,
  kindDetailColumns,
  milestoneColumns,
  missingWords,
  partDetailColumns,
  windowColumns,
  yearWords,
  yesNoWords,
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

const dueCells = ({ yearOffset, month, day }: RuleDay) => ({
  年: yearWords[yearOffset] ?? null,
  月: month,
  日: day,
})

const partsBook = (scheme: Scheme): BookSheet =>
  sheet(
    detailSheets.parts,
    partDetailColumns,
    scheme.components.map((component) => ({
      部分: text(component.name),
      缺数:
        component.method === 'deductions'
          ? null
          : missingWords[component.method === 'external' ? component.missing : component.missingWindow],
      依据: text(component.clause),
      标识: text(component.key),
    })),
  )

const kindsBook = (scheme: Scheme): BookSheet =>
  sheet(
    detailSheets.kinds,
    kindDetailColumns,
    deductionComponents(scheme).flatMap((component) =>
      component.kinds.map((kind) => ({
        部分: text(component.name),
        类别: text(kind.name),
        扣分上限: kind.cap === null ? null : hundredthsValue(kind.cap),
        记入上级: yesNoWords[kind.chargedUpward ? 'yes' : 'no'],
        一票否决: text(kind.veto),
        依据: text(kind.clause),
        标识: text(kind.key),
      })),
    ),
  )

const windowsBook = (scheme: Scheme, closed: readonly ClosedWindow[]): BookSheet =>
  sheet(
    detailSheets.windows,
    windowColumns,
    verifiedComponents(scheme).flatMap((component) =>
      component.windows.map((window) => {
        const on = closed.find((one) => one.component === component.key && one.window === window.key)?.on
        return {
          部分: text(component.name),
          周期: text(window.name),
          ...dueCells(window.due),
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

const milestonesBook = (scheme: Scheme): BookSheet =>
  sheet(
    detailSheets.milestones,
    milestoneColumns,
    scheme.milestones.map(({ key, name, due, clause }) => ({
      事项: text(name),
      ...dueCells(due),
      依据: text(clause),
      标识: text(key),
    })),
  )

/**
 * What a scheme says beyond 考核办法, 等次 and 扣分类别, sheet by sheet, and the days on which windows were closed. A sheet whose
 * name a component's own sheet bears is left out.
 */
export function schemeDetailSheets(scheme: Scheme, closed: readonly ClosedWindow[] = []): BookSheet[] {
  const taken = new Set(scheme.components.map(sheetOf))
  return [
    partsBook(scheme),
    kindsBook(scheme),
    windowsBook(scheme, closed),
    dimensionsBook(scheme),
    indicatorsBook(scheme),
    milestonesBook(scheme),
    rulesBook(scheme),
  ].filter(({ name }) => !taken.has(name))
}
