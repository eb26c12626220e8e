import { convertMark } from '../../assessment/score/mark-conversion.ts'
import { marksAlike } from '../../assessment/score/marks-alike.ts'
import {
  compare,
  decimal,
  divide,
  exactly,
  multiply,
  round,
  sum,
  type Decimal,
  type Rational,
} from '../../assessment/rational.ts'
import { componentFor, type ExternalComponent } from '../../assessment/rule/scheme.ts'
import { opensNoEntry } from '../../assessment/typed.ts'
import { notApplicable } from '../../assessment/rule/scheme-words.ts'
import type { Params } from '../spreadsheet/place.ts'
import { headerText } from '../spreadsheet/heading.ts'
import { numberOf, textOf, uncomputed, word } from '../spreadsheet/cell.ts'
import { isRankHeader, looksLikeRanks, type ColumnMapping, type MarkColumn } from './mapping.ts'
import { convertGroup, type Conversion } from './conversion.ts'
import { columnName, type EvaluatorMessage } from './words.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import { similarNames } from '../../assessment/similar-names.ts'

/** A mark as given and as it counts. */
export interface GivenMark {
  /** null = the total. */
  readonly dimension: string | null
  readonly given: Decimal | null
  readonly givenFull: Decimal
  /** On the scheme's full marks of the unit's group; null while there is none. */
  readonly marks: Decimal | 'not-applicable' | null
}

export interface EvaluatorRow {
  /** null = the unit is not in the file. */
  readonly row: number | null
  readonly written: string | null
  readonly unitId: string
  readonly marks: readonly GivenMark[]
}

export interface EvaluatorReading {
  /** One for every participant, in unit order. */
  readonly rows: readonly EvaluatorRow[]
  readonly errors: readonly EvaluatorMessage[]
  readonly warnings: readonly EvaluatorMessage[]
  /** Names that a person has to explain, with the units most like them. */
  readonly unmatched: readonly {
    readonly row: number
    readonly written: string
    readonly suggestions: readonly string[]
  }[]
}

interface Participant {
  readonly unitId: string
  readonly name: string
  /** Its ranking group. */
  readonly group: string
}

type Row = Sheet['rows'][number]
type Column = MarkColumn & { readonly dimension: string | null; readonly schemeFull: Decimal }

/** The mark in a cell as given, or why there is none. */
function readMark(
  row: Row,
  { column, full }: MarkColumn,
):
  | { given: Decimal | 'not-applicable' | null }
  | { code: 'not-a-number' | 'fault-cell' | 'below-zero' | 'above-full'; params: Params } {
  const cell = row.cells[column]
  if (cell === undefined || textOf(cell) === '') return { given: null }
  if (word(textOf(cell)) === notApplicable) return { given: 'not-applicable' }
  if (typeof cell === 'object' && 'fault' in cell)
    return { code: 'fault-cell', params: { value: cell.fault === uncomputed ? '=…' : cell.fault } }
  const given = numberOf(cell)
  if (given === undefined) return { code: 'not-a-number', params: { value: textOf(cell).slice(0, 60) } }
  if (given.startsWith('-')) return { code: 'below-zero', params: { value: given } }
  if (compare(decimal(given), decimal(full)) > 0)
    return { code: 'above-full', params: { value: given, full } }
  return { given }
}

const decimalsOf = (text: Decimal): number => text.split('.')[1]?.length ?? 0

/** The sum of dimensions as a total out of `full` would show it, or undefined when the total given is that. */
function disagreement(total: Decimal, full: Decimal, parts: readonly GivenMark[], schemeFull: Decimal) {
  const asGiven = sum(parts.map(({ given }) => decimal(given ?? '0')))
  const converted = sum(parts.map(({ marks }) => decimal(marks === 'not-applicable' ? '0' : (marks ?? '0'))))
  const onFull: Rational = divide(multiply(converted, decimal(full)), decimal(schemeFull))
  const agrees = [asGiven, onFull].some(
    (value) => compare(round(value, decimalsOf(total)), decimal(total)) === 0,
  )
  return agrees ? undefined : exactly(asGiven)
}

/** Full marks of a component's total for a group. */
function totalFullOf(component: ExternalComponent, group: string): Decimal {
  const own = componentFor(component, group)
  return own?.method === 'external' ? own.full : component.full
}

/** The columns of marks that a mapping chooses. */
function columnsOf(mapping: ColumnMapping, component: ExternalComponent): Column[] {
  const fulls = new Map(component.dimensions.map(({ key, full }) => [key, full]))
  return [
    ...(mapping.total ? [{ ...mapping.total, dimension: null, schemeFull: component.full }] : []),
    ...mapping.dimensions.flatMap(({ key, column, full }) => {
      const schemeFull = fulls.get(key)
      return schemeFull === undefined ? [] : [{ column, full, dimension: key, schemeFull }]
    }),
  ]
}

/** Marks that depend on the other units of the group, dimension by dimension; what was given stays beside them. */
function convertFound(
  found: Map<string, EvaluatorRow & { readonly row: number }>,
  conversion: Conversion | undefined,
  component: ExternalComponent,
  participants: ReadonlyMap<string, { readonly group: string }>,
): void {
  if (!conversion || conversion.type === 'proportion') return
  const groups = new Set([...participants.values()].map(({ group }) => group))
  const dimensions = new Set(
    [...found.values()].flatMap(({ marks }) => marks.map(({ dimension }) => dimension)),
  )
  for (const group of groups)
    for (const dimension of dimensions) {
      const given = [...found.values()]
        .filter(({ unitId }) => participants.get(unitId)?.group === group)
        .flatMap(({ unitId, marks }) => {
          const mark = marks.find((each) => each.dimension === dimension)
          return mark?.given == null ? [] : [{ unitId, given: mark.given }]
        })
      const full =
        dimension === null
          ? totalFullOf(component, group)
          : (component.dimensions.find(({ key }) => key === dimension)?.full ?? component.full)
      for (const [unitId, value] of convertGroup(conversion, given, full)) {
        const row = found.get(unitId)
        if (row)
          found.set(unitId, {
            ...row,
            marks: row.marks.map((mark) => (mark.dimension === dimension ? { ...mark, marks: value } : mark)),
          })
      }
    }
}

/**
 * Reads an evaluator's sheet by a mapping: what each participant was given and what it comes to on the scheme's full marks. Units are known
 * by their exact names (blanks and widths aside) or by what a person said; everything else is told with its place.
 */
export function readEvaluatorMarks(
  sheets: readonly Sheet[],
  mapping: ColumnMapping,
  component: ExternalComponent,
  participants: readonly Participant[],
): EvaluatorReading {
  const errors: EvaluatorMessage[] = []
  const warnings: EvaluatorMessage[] = []
  const unknown: { readonly row: number; readonly written: string }[] = []
  const nothing = (): EvaluatorReading => ({ rows: [], errors, warnings, unmatched: [] })

  const sheet = sheets.find(({ name }) => name === mapping.sheet)
  if (!sheet) {
    errors.push({ code: 'sheet-missing', sheet: mapping.sheet, row: null, column: null, params: {} })
    return nothing()
  }
  const columnAt = (column: number): string =>
    columnName(column, headerText(sheet, mapping.headerRow, column))
  const said = (
    list: EvaluatorMessage[],
    code: EvaluatorMessage['code'],
    row: number | null,
    column: number | null,
    params: Params = {},
  ): void =>
    void list.push({
      code,
      sheet: sheet.name,
      row,
      column: column === null ? null : columnAt(column),
      params,
    })

  const columns = columnsOf(mapping, component)
  const dimensions = columns.filter(({ dimension }) => dimension !== null)
  const complete = dimensions.length === component.dimensions.length && dimensions.length > 0
  if (!mapping.total && !complete) said(errors, 'no-marks-column', mapping.headerRow, null)
  const chosen = [mapping.unit, ...columns.map(({ column }) => column)]
  const twice = chosen.find((column, index) => chosen.indexOf(column) !== index)
  if (twice !== undefined) said(errors, 'same-column', mapping.headerRow, twice)
  if (errors.length > 0) return nothing()

  const rows = sheet.rows.filter(({ number }) => number > mapping.headerRow)
  for (const { column } of columns) {
    const marks = rows.flatMap(({ cells }) => numberOf(cells[column] ?? '') ?? [])
    const header = headerText(sheet, mapping.headerRow, column)
    if (isRankHeader(header) || looksLikeRanks(marks)) said(errors, 'rank-column', mapping.headerRow, column)
  }

  const byName = new Map(participants.map((one) => [word(one.name), one]))
  const byId = new Map(participants.map((one) => [one.unitId, one]))
  const explained = new Map(mapping.names.map(({ written, unitId }) => [word(written), unitId]))
  const found = new Map<string, EvaluatorRow & { readonly row: number }>()
  const countsBy = !complete || (mapping.total !== null && mapping.holds === 'total') ? 'total' : 'dimensions'

  for (const row of rows) {
    const cell = row.cells[mapping.unit]
    const written = cell === undefined ? '' : textOf(cell)
    const isMarked = columns.some(({ column }) => row.cells[column] !== undefined)
    if (written === '') {
      const sumWord = Array.from(row.cells, (one) => (one === undefined ? '' : textOf(one))).find(
        opensNoEntry,
      )
      if (columns.some(({ column }) => numberOf(row.cells[column] ?? '') !== undefined))
        if (sumWord === undefined) said(errors, 'unit-blank', row.number, mapping.unit)
        else said(warnings, 'row-left-out', row.number, mapping.unit, { value: sumWord.slice(0, 100) })
      continue
    }
    const unitId = explained.has(word(written))
      ? explained.get(word(written))
      : byName.get(word(written))?.unitId
    const unit = unitId ? byId.get(unitId) : undefined
    if (!unit) {
      const leftOut = unitId === null || !isMarked || opensNoEntry(written)
      const value = written.slice(0, 100)
      said(leftOut ? warnings : errors, leftOut ? 'row-left-out' : 'unknown-unit', row.number, mapping.unit, {
        value,
      })
      if (!leftOut) unknown.push({ row: row.number, written: value })
      continue
    }
    const before = found.get(unit.unitId)
    if (before) {
      said(errors, 'duplicate-unit', row.number, mapping.unit, { value: unit.name, first: before.row })
      continue
    }
    const marks = columns.map((column): GivenMark => {
      const read = readMark(row, column)
      if ('code' in read) said(errors, read.code, row.number, column.column, read.params)
      const given = 'given' in read ? read.given : null
      const common = { dimension: column.dimension, givenFull: column.full }
      if (given === 'not-applicable') return { ...common, given: null, marks: given }
      const full = column.dimension === null ? totalFullOf(component, unit.group) : column.schemeFull
      return { ...common, given, marks: given === null ? null : convertMark(given, column.full, full) }
    })
    const total = marks.find(({ dimension }) => dimension === null)
    const parts = marks.filter(({ dimension }) => dimension !== null)
    const whole = parts.length > 0 && parts.every(({ given }) => given !== null)
    if (total?.given && complete && whole && mapping.holds === null) {
      const other = disagreement(total.given, total.givenFull, parts, component.full)
      if (other !== undefined)
        said(errors, 'totals-disagree', row.number, mapping.total?.column ?? null, {
          total: total.given,
          sum: other,
        })
    }
    const counting = countsBy === 'total' ? marks.filter(({ dimension }) => dimension === null) : parts
    if (counting.some(({ marks: counted }) => counted === null))
      said(warnings, 'mark-blank', row.number, null, { value: unit.name })
    found.set(unit.unitId, { row: row.number, written, unitId: unit.unitId, marks: counting })
  }
  convertFound(found, mapping.conversion, component, byId)
  if (found.size === 0 && unknown.length === 0) said(errors, 'no-rows', mapping.headerRow, mapping.unit)

  const counting = columns.filter(({ dimension }) => (dimension === null) === (countsBy === 'total'))
  const all = participants.map(({ unitId, name }): EvaluatorRow => {
    const held = found.get(unitId)
    if (held) return held
    said(warnings, 'unit-missing', null, null, { value: name })
    const marks = counting.map(({ dimension, full }) => ({
      dimension,
      given: null,
      givenFull: full,
      marks: null,
    }))
    return { row: null, written: null, unitId, marks }
  })
  for (const { dimension, column, schemeFull } of counting) {
    const marks = all.flatMap((row) => {
      const mark = row.marks.find((one) => one.dimension === dimension)?.marks
      return mark == null || mark === 'not-applicable' ? [] : [mark]
    })
    const alike = marksAlike(marks, schemeFull)
    if (alike) said(warnings, alike, null, column)
  }
  // Whoever has a mark under its own name is not meant by another.
  const left = participants.filter(({ unitId }) => !found.has(unitId))
  const unmatched = unknown.map((one) => ({
    ...one,
    suggestions: similarNames(one.written, left).map(({ unitId }) => unitId),
  }))
  return { rows: all, errors, warnings, unmatched }
}
