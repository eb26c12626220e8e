import type {
  Adjustments,
  Area,
  DeductionsComponent,
  LedgerKind,
  Severity,
} from '../../assessment/rule/scheme.ts'
import { totalWord } from '../../assessment/rule/scheme-words.ts'
import type { Hundredths } from '../../assessment/rational.ts'
import { word } from '../spreadsheet/cell.ts'
import { nameMap } from '../spreadsheet/name-map.ts'
import type { Report } from '../spreadsheet/report.ts'
import { asText, type TableRow } from '../spreadsheet/table.ts'

/** The ledger of 总分加减, among names of parts. */
export const TOTAL = '\u0000total'

/** The ledgers that rows may speak of, by the name of their part or TOTAL, and what they had before the workbook. */
export interface LedgerPlaces {
  /**
   * The ledger of a row: the part that it names, else the one `known` of what it is about, else the only one that there can be (contract,
   * reading 16); undefined when there is none, which is reported.
   */
  readonly of: <Name extends string>(
    row: TableRow<Name | '部分'>,
    known: string | undefined,
  ) => string | undefined
  readonly kindBefore: (ledger: string, name: string) => LedgerKind | undefined
  readonly areaBefore: (ledger: string, name: string) => Area | undefined
}

/** Places among the 扣分制 parts of a scheme and its adjustments so far. */
export function ledgerPlaces(
  parts: readonly DeductionsComponent[],
  adjustments: Adjustments | null,
): LedgerPlaces {
  const byName = nameMap(parts.map((part) => [part.name, part]))
  const before = (ledger: string) => (ledger === TOTAL ? adjustments : byName.get(ledger))
  const [only, ...others] = parts
  return {
    of: (row, known) => {
      const named = row.optional('部分', asText)
      if (named === undefined) return undefined
      if (named === null) {
        const ledger = known ?? (others.length === 0 ? only?.name : undefined)
        if (ledger === undefined) row.problem('blank-cell', '部分')
        return ledger
      }
      if (word(named) === totalWord) return TOTAL
      const part = byName.get(named)
      if (!part) row.problem('unknown-component', '部分', { value: named, words: byName.words() })
      return part?.name
    },
    kindBefore: (ledger, name) => before(ledger)?.kinds.find((kind) => word(kind.name) === word(name)),
    areaBefore: (ledger, name) => before(ledger)?.areas.find((area) => word(area.name) === word(name)),
  }
}

/** A kind of a ledger without its severities, while the sheets are read that tell of it. */
export interface KindEntry {
  readonly ledger: string
  readonly row: number
  readonly kind: Omit<LedgerKind, 'severities'>
  /** 每项扣分; null = blank, or there is no such sheet. */
  readonly points: Hundredths | null
  /** Those that it had before. */
  readonly severities: readonly Severity[]
}

/** The kinds of a workbook in their order, none twice in a ledger. */
export interface KindEntries {
  readonly all: readonly KindEntry[]
  readonly find: (ledger: string, name: string) => KindEntry | undefined
  readonly has: (name: string) => boolean
  /** Names of a ledger's kinds, for messages; of all where it has none. */
  readonly words: (ledger: string) => string
}

const placed = (...names: readonly string[]): string => names.join('\u0001')

/** Collects kinds; the second of a name in a ledger is reported. */
export function kindEntries(read: readonly KindEntry[], sheet: string | null, report: Report): KindEntries {
  const byName = nameMap<KindEntry>()
  const all = read.filter((entry) => {
    const { name } = entry.kind
    const first = byName.add(placed(entry.ledger, name), entry)
    if (first) report.problem('duplicate-kind', sheet, entry.row, '类别', { value: name, first: first.row })
    return first === undefined
  })
  return {
    all,
    find: (ledger, name) => byName.get(placed(ledger, name)),
    has: (name) => all.some(({ kind }) => word(kind.name) === word(name)),
    words: (ledger) => {
      const own = all.filter((entry) => entry.ledger === ledger)
      return (own.length > 0 ? own : all).map(({ kind }) => kind.name).join('、')
    },
  }
}

/**
 * The kind of that name that a row of another sheet is about, in `ledger` where that is known; undefined when there is none, which is
 * reported.
 */
export function entryOf<Name extends string>(
  row: TableRow<Name | '部分' | '类别'>,
  name: string,
  ledger: string | undefined,
  entries: KindEntries,
  places: LedgerPlaces,
): KindEntry | undefined {
  const at = entries.has(name) ? places.of(row, ledger) : ''
  const entry = at === undefined ? undefined : entries.find(at, name)
  if (at !== undefined && !entry)
    row.problem('unknown-kind', '类别', { value: name, words: entries.words(at) })
  return entry
}

/** Notes what a row is about, and reports the second about the same; true the first time. */
export function onceEach() {
  const seen = nameMap<number>()
  return <Name extends string>(row: TableRow<Name>, column: Name, ...about: readonly string[]): boolean => {
    const first = seen.add(placed(...about), row.number)
    if (first !== undefined) row.problem('duplicate-row', column, { first })
    return first === undefined
  }
}
