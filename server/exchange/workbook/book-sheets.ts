import { chargingOf } from '../../assessment/score/charging.ts'
import type { Facts, Unit, VerifiedMark } from '../../assessment/score/facts.ts'
import {
  ledgersOf,
  severityOf,
  type Component,
  type DeductionsComponent,
  type ExternalComponent,
  type GradeLine,
  type Ledger,
  type Scheme,
  type VerifiedMarksComponent,
} from '../../assessment/rule/scheme.ts'
import { totalWord, unlimited, workbookWords } from '../../assessment/rule/scheme-words.ts'
import { leafNames } from './leaf-names.ts'
import { ledgerEntry } from './ledger-entry.ts'
import { externalInForce, verifiedInForce } from './marks-in-force.ts'
import {
  componentColumns,
  externalColumns,
  gradeColumns,
  kindColumns,
  ledgerColumns,
  notApplicable,
  reviewWords,
  sheetNames,
  sheetOf,
  takingPartWords,
  unitColumns,
  verifiedColumns,
} from './sheet-columns.ts'
import { type Column } from '../spreadsheet/column.ts'
import { dayValue, hundredthsValue, numberValue, textValue, type Value } from '../spreadsheet/cell-value.ts'

/** A sheet of the exchange format, ready to be written. */
export interface BookSheet {
  readonly name: string
  readonly columns: readonly (readonly [name: string, column: Column])[]
  readonly rows: readonly (readonly Value[])[]
}

type Record_<Name extends string> = Readonly<Record<Name, Column>>
type Line<Name extends string> = Readonly<Partial<Record<Name, Value>>>

/** A sheet with the columns that are needed, those of `always`, and those that any row fills. */
function sheetFrom<Name extends string>(
  name: string,
  columns: Record_<Name>,
  lines: readonly Line<Name>[],
  always: readonly Name[],
): BookSheet {
  const shown = (Object.keys(columns) as Name[]).filter(
    (column) =>
      columns[column].needed ||
      always.includes(column) ||
      lines.some((line) => (line[column] ?? null) !== null),
  )
  return {
    name,
    columns: shown.map((column) => [column, columns[column]]),
    rows: lines.map((line) => shown.map((column) => line[column] ?? null)),
  }
}

type ComponentLine = Line<keyof typeof componentColumns>

const pointsOrBlank = (points: number | null): Value => (points === null ? null : hundredthsValue(points))

function ceilingValue({ ceiling }: DeductionsComponent): Value {
  if (ceiling === 'full') return null
  return ceiling === 'none' ? unlimited : hundredthsValue(ceiling)
}

/** What a part is scored out of: a ledger's base, and full marks where its value is divided by them. */
function scoredFrom(component: Component): ComponentLine {
  switch (component.method) {
    case 'deductions':
      return {
        基准分: hundredthsValue(component.base),
        满分: pointsOrBlank(component.full),
        下限: hundredthsValue(component.floor),
        上限: ceilingValue(component),
      }
    case 'verified-marks':
      return {}
    case 'external':
      return { 满分: numberValue(component.full) }
  }
}

/** The row of a part, and those of the groups for which it is different. */
function componentLines(component: Component): ComponentLine[] {
  const same = { 部分: textValue(component.name), 方式: workbookWords.method[component.method] }
  return [
    { ...same, 权重: hundredthsValue(component.weight), ...scoredFrom(component) },
    ...component.variants.map(({ group, weight, full }): ComponentLine => ({
      ...same,
      权重: weight === 'not-applicable' ? notApplicable : pointsOrBlank(weight),
      满分: full === null ? null : numberValue(full),
      分组: textValue(group),
    })),
  ]
}

const componentsSheet = (scheme: Scheme): BookSheet =>
  sheetFrom(sheetNames.components, componentColumns, scheme.components.flatMap(componentLines), [
    '方式',
    '权重',
    '基准分',
    '满分',
    '下限',
  ])

function gradesSheet({ grades }: Scheme): BookSheet {
  const line = (name: string, { from, share, count }: GradeLine): Line<keyof typeof gradeColumns> => ({
    等次: textValue(name),
    下限分: pointsOrBlank(from),
    比例: pointsOrBlank(share),
    名额: count,
  })
  return sheetFrom(
    sheetNames.grades,
    gradeColumns,
    [
      ...grades.map((grade) => line(grade.name, grade)),
      ...grades.flatMap(({ name, groups }) =>
        groups.map((of) => ({ ...line(name, of), 分组: textValue(of.group) })),
      ),
    ],
    ['下限分'],
  )
}

function kindsSheet(scheme: Scheme): BookSheet {
  const ledgers = ledgersOf(scheme)
  const nameOf = (key: string | null): string =>
    scheme.components.find((component) => component.key === key)?.name ?? totalWord
  const lines = ledgers.flatMap(({ key, ledger }) =>
    ledger.kinds.map((kind): Line<keyof typeof kindColumns> => {
      const { days, count } = kind.rectifyWithin
      return {
        部分: ledgers.length > 1 || key === null ? textValue(nameOf(key)) : null,
        类别: textValue(kind.name),
        每项扣分: pointsOrBlank(kind.severities[0]?.points ?? null),
        触发: workbookWords.trigger[kind.trigger],
        提供单位: kind.provider === null ? null : textValue(kind.provider),
        整改工作日: count === 'working' ? days : null,
        整改自然日: count === 'calendar' ? days : null,
      }
    }),
  )
  return sheetFrom(sheetNames.kinds, kindColumns, lines, ['每项扣分', '触发', '提供单位', '整改工作日'])
}

/** Units so that participants keep their order: as they are where that suffices, else participants first. */
function unitOrder({ units, participants }: Facts): Unit[] {
  const positions = new Map(units.map((unit, index) => [unit.id, index]))
  const order = participants.map(({ unitId }) => positions.get(unitId) ?? -1)
  if (order.every((position, index) => index === 0 || position > (order[index - 1] as number)))
    return [...units]
  const taking = new Set(participants.map(({ unitId }) => unitId))
  return [
    ...order.flatMap((position) => units[position] ?? []),
    ...units.filter((unit) => !taking.has(unit.id)),
  ]
}

function unitsSheet(facts: Facts, nameOf: (unitId: string) => string): BookSheet {
  const groups = new Map(facts.participants.map(({ unitId, group }) => [unitId, group]))
  const charging = chargingOf(facts.units, facts.participants)
  const lines = unitOrder(facts).map((unit): Line<keyof typeof unitColumns> => {
    const group = groups.get(charging.nearest(unit.id) ?? '')
    return {
      单位: nameOf(unit.id),
      分组: group === undefined ? null : textValue(group),
      上级单位: unit.parentId === null ? null : nameOf(unit.parentId),
      参评: groups.has(unit.id) ? takingPartWords.yes : takingPartWords.no,
    }
  })
  return sheetFrom(sheetNames.units, unitColumns, lines, ['上级单位', '参评'])
}

function ledgerSheet(
  name: string,
  ledger: Ledger,
  facts: Facts,
  nameOf: (unitId: string) => string,
): BookSheet {
  const kinds = new Map(ledger.kinds.map((kind) => [kind.key, kind]))
  const lines = facts.findings.flatMap((finding): Line<keyof typeof ledgerColumns>[] => {
    const entry = ledgerEntry(finding)
    const kind = kinds.get(entry.kind)
    if (!kind) return []
    const day = (value: string | null): Value => (value === null ? null : dayValue(value))
    const severity = entry.severity === null ? null : severityOf(kind, entry.severity)
    return [
      {
        编号: textValue(finding.number),
        单位: nameOf(entry.unitId),
        扣分类别: textValue(kind.name),
        档次: severity && textValue(severity.name),
        事由: textValue(entry.what),
        通知日期: day(entry.notifiedOn),
        整改期限: day(entry.deadline),
        整改日期: day(entry.rectifiedOn),
        核查结果: entry.review && reviewWords[entry.review],
        撤销日期: day(entry.revokedOn),
      },
    ]
  })
  return sheetFrom(name, ledgerColumns, lines, [
    '事由',
    '通知日期',
    '整改期限',
    '整改日期',
    '核查结果',
    '撤销日期',
  ])
}

const marksValue = (marks: VerifiedMark['marks']): Value => {
  if (marks === null) return null
  return marks === 'not-applicable' ? notApplicable : numberValue(marks)
}

function verifiedSheet(
  component: VerifiedMarksComponent,
  facts: Facts,
  nameOf: (unitId: string) => string,
): BookSheet {
  const windows = new Map(component.windows.map((window) => [window.key, window.name]))
  const names = leafNames(component)
  const marks = verifiedInForce(
    facts.verified.filter((mark) => mark.component === component.key && windows.has(mark.window)),
  )
  const always = [
    ...(marks.some((mark) => mark.leaf !== null) ? (['指标', '满分', '核查分'] as const) : []),
    ...(marks.every((mark) => mark.leaf !== null) && marks.length > 0 ? [] : (['核查得分'] as const)),
  ]
  const lines = marks.map((mark): Line<keyof typeof verifiedColumns> => {
    const given = marksValue(mark.marks)
    const common = {
      单位: nameOf(mark.unitId),
      周期: windows.get(mark.window) ?? null,
      自评分: mark.claimed === null ? null : numberValue(mark.claimed),
      观测: mark.observation == null ? null : textValue(mark.observation),
    }
    return mark.leaf === null
      ? { ...common, 核查得分: given, 满分: mark.full === '100' ? null : numberValue(mark.full) }
      : {
          ...common,
          指标: textValue(names.get(mark.leaf) ?? mark.leaf),
          满分: numberValue(mark.full),
          核查分: given,
        }
  })
  return sheetFrom(sheetOf(component), verifiedColumns, lines, always)
}

function externalSheet(
  component: ExternalComponent,
  facts: Facts,
  nameOf: (unitId: string) => string,
): BookSheet {
  const names = new Map(component.dimensions.map(({ key, name }) => [key, name]))
  const windows = new Map(component.windows.map(({ key, name }) => [key, name]))
  const marks = externalInForce(facts.external.filter((mark) => mark.component === component.key))
  const lines = marks.map((mark): Line<keyof typeof externalColumns> => ({
    单位: nameOf(mark.unitId),
    周期: mark.window === null ? null : textValue(windows.get(mark.window) ?? mark.window),
    得分: marksValue(mark.marks),
    维度: mark.dimension === null ? null : textValue(names.get(mark.dimension) ?? mark.dimension),
  }))
  return sheetFrom(sheetOf(component), externalColumns, lines, component.windows.length > 0 ? ['周期'] : [])
}

/** Everything that the exchange format can carry, sheet by sheet. Units, kinds and components go by their names. */
export function bookSheets(scheme: Scheme, facts: Facts): BookSheet[] {
  const names = new Map(facts.units.map(({ id, name }) => [id, name]))
  const nameOf = (unitId: string): string => textValue(names.get(unitId) ?? unitId)
  return [
    componentsSheet(scheme),
    gradesSheet(scheme),
    // Without ledgers it has no rows: it says that there are no kinds.
    kindsSheet(scheme),
    unitsSheet(facts, nameOf),
    ...scheme.components.map((component) => {
      switch (component.method) {
        case 'deductions':
          return ledgerSheet(sheetOf(component), component, facts, nameOf)
        case 'verified-marks':
          return verifiedSheet(component, facts, nameOf)
        case 'external':
          return externalSheet(component, facts, nameOf)
      }
    }),
    ...(scheme.adjustments ? [ledgerSheet(sheetNames.adjustments, scheme.adjustments, facts, nameOf)] : []),
  ]
}
