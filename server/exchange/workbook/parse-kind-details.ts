import type { Area, Grade, LedgerKind, Severity, Veto } from '../../assessment/rule/scheme.ts'
import { readVetoText } from '../../assessment/rule/rule-texts.ts'
import { countsInWords, flagWords, totalWord, workbookWords } from '../../assessment/rule/scheme-words.ts'
import { textOf, word } from '../spreadsheet/cell.ts'
import { freeKey } from '../spreadsheet/free-key.ts'
import { nameMap, type NameMap } from '../spreadsheet/name-map.ts'
import type { Report } from '../spreadsheet/report.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import { asPoints, asText, asWord, openTable, type Parser, type TableRow } from '../spreadsheet/table.ts'
import type { areaColumns, kindDetailColumns, severityColumns } from './detail-columns.ts'
import {
  entryOf,
  onceEach,
  TOTAL,
  type KindEntries,
  type KindEntry,
  type LedgerPlaces,
} from './kind-entries.ts'

/** Rows of a sheet and which columns it has; none where it is missing or lacks what it needs. */
export interface Rows<Name extends string> {
  readonly rows: readonly TableRow<Name>[]
  readonly has: (name: Name) => boolean
}

export function rowsOf<Name extends string>(
  sheet: Sheet | undefined,
  columns: Parameters<typeof openTable<Name>>[1],
  report: Report,
): Rows<Name> {
  const table = sheet && openTable<Name>(sheet, columns, report)
  return { rows: table ? [...table.rows] : [], has: (name) => table?.has(name) ?? false }
}

type DetailRow = TableRow<keyof typeof kindDetailColumns>

/** 扣分细则 with the names of the kinds that count 总分. */
export interface DetailRows extends Rows<keyof typeof kindDetailColumns> {
  readonly inTotal: Pick<NameMap<true>, 'has'>
}

const countsIn = asWord(countsInWords)
const isTotal = (row: DetailRow): boolean =>
  row.optional('计入', countsIn) === 'total' || word(row.optional('部分', asText) ?? '') === totalWord

/** Names of the kinds that count 总分: those that 扣分细则 says so of, and those that did before. */
export const totalKinds = (rows: readonly DetailRow[], before: readonly { readonly name: string }[]) =>
  nameMap<true>([
    ...rows.filter(isTotal).flatMap((row): [string, true][] => {
      const name = row.optional('类别', asText)
      return name ? [[name, true]] : []
    }),
    ...before.map(({ name }): [string, true] => [name, true]),
  ])

/** Names of a cell, parted by 、. */
const asNames: Parser<readonly string[]> = (cell) => ({
  value: textOf(cell)
    .split(/[、，,]/)
    .map((name) => name.trim())
    .filter(Boolean),
})

/** Veto words of a cell: grades, a number, 末位, several separated by semicolons. */
const asVetoes =
  (grades: readonly Grade[]): Parser<readonly Veto[]> =>
  (cell) => {
    const read = readVetoText(
      textOf(cell),
      grades.map(({ name }) => name),
    )
    return 'vetoes' in read
      ? { value: read.vetoes }
      : { refused: 'unknown-veto', params: { value: read.unknown } }
  }

interface Detail {
  readonly kind: Omit<LedgerKind, 'severities'>
  /** Name of its 归口; null = none; undefined = the sheet does not say. */
  readonly area: string | null | undefined
}

/** Reads 扣分细则: each kind as it says, and in which ledger each 归口 is. */
export function readKindDetails(
  { rows, has, inTotal }: DetailRows,
  entries: KindEntries,
  places: LedgerPlaces,
  grades: readonly Grade[],
): { readonly of: (entry: KindEntry) => Detail; readonly ledgerOfArea: NameMap<string> } {
  const ledgerOfArea = nameMap<string>()
  const details = new Map<KindEntry, Detail>()
  const isFirst = onceEach()
  for (const row of rows) {
    const name = row.needed('类别', asText)
    if (name === undefined) continue
    const inLedger = isTotal(row) || inTotal.has(name) ? TOTAL : undefined
    const entry = entryOf(row, name, inLedger, entries, places)
    if (!entry) continue
    const { ledger } = entry
    isFirst(row, '类别', ledger, name)
    const { kind } = entry
    const effect = row.optional('性质', asWord(workbookWords.effect))
    const area = row.optional('归口', asText)
    const cap = row.optional('扣分上限', asPoints)
    const upward = row.optional('记入上级', asWord(flagWords.flag))
    const vetoes = row.optional('一票否决', asVetoes(grades))
    const clause = row.optional('依据', asText)
    const key = row.optional('标识', asText)
    if (area) ledgerOfArea.add(area, ledger)
    details.set(entry, {
      area: area || (has('归口') ? null : undefined),
      kind: {
        ...kind,
        key: key ?? kind.key,
        effect: effect ?? (has('性质') ? 'loss' : kind.effect),
        cap: has('扣分上限') ? (cap ?? null) : kind.cap,
        chargedUpward: (upward ?? (kind.chargedUpward ? 'yes' : 'no')) === 'yes',
        vetoes: has('一票否决') ? (vetoes ?? []) : kind.vetoes,
        monitorRules: has('监测规则') ? (row.optional('监测规则', asNames) ?? []) : kind.monitorRules,
        clause: has('依据') ? (clause ?? '') : kind.clause,
      },
    })
  }
  return { of: (entry) => details.get(entry) ?? { kind: entry.kind, area: undefined }, ledgerOfArea }
}

/** The areas of each ledger while they are read. */
export interface Areas {
  /** The area of that name, made with that cap where there is none yet; `written` is a key of its own. */
  readonly keep: (ledger: string, name: string, cap: Area['cap'], written?: string | null) => Area
  readonly of: (ledger: string) => Area[]
}

/** Reads 归口上限. */
export function readAreas(
  rows: readonly TableRow<keyof typeof areaColumns>[],
  places: LedgerPlaces,
  ledgerOfArea: NameMap<string>,
): Areas {
  const byLedger = new Map<string, NameMap<Area>>()
  const keys = new Set<string>()
  const areas: Areas = {
    keep(ledger, name, cap, written = null) {
      const own = byLedger.get(ledger) ?? nameMap<Area>()
      byLedger.set(ledger, own)
      const known = own.get(name)
      if (known) return known
      const key = freeKey(written ?? places.areaBefore(ledger, name)?.key ?? name, keys)
      keys.add(key)
      const made = { key, name, cap }
      own.add(name, made)
      return made
    },
    of(ledger) {
      const own = byLedger.get(ledger)
      return own ? own.names().map((name) => own.get(name) as Area) : []
    },
  }
  const isFirst = onceEach()
  for (const row of rows) {
    const name = row.needed('归口', asText)
    const cap = row.needed('上限', asPoints)
    const ledger = name === undefined ? undefined : places.of(row, ledgerOfArea.get(name))
    if (ledger === undefined || name === undefined || cap === undefined) continue
    if (isFirst(row, '归口', ledger, name))
      areas.keep(ledger, name, cap, row.optional('标识', asText) ?? null)
  }
  return areas
}

/** Reads 档次: the severities of each kind that has any there. */
export function readSeverities(
  rows: readonly TableRow<keyof typeof severityColumns>[],
  entries: KindEntries,
  places: LedgerPlaces,
  inTotal: DetailRows['inTotal'],
): ReadonlyMap<KindEntry, readonly Severity[]> {
  const severities = new Map<KindEntry, Severity[]>()
  const isFirst = onceEach()
  for (const row of rows) {
    const kind = row.needed('类别', asText)
    const name = row.needed('档次', asText)
    const points = row.needed('分值', asPoints)
    if (kind === undefined || name === undefined || points === undefined) continue
    const entry = entryOf(row, kind, inTotal.has(kind) ? TOTAL : undefined, entries, places)
    if (!entry) continue
    const own = severities.get(entry) ?? []
    severities.set(entry, own)
    isFirst(row, '档次', entry.ledger, kind, name)
    const before = entry.severities.find((each) => word(each.name) === word(name))
    const key = freeKey(
      row.optional('标识', asText) ?? before?.key ?? name,
      new Set(own.map((each) => each.key)),
    )
    own.push({ key, name, points })
  }
  return severities
}
