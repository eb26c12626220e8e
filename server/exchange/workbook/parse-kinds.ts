import type {
  Adjustments,
  Component,
  DeductionsComponent,
  Grade,
  Ledger,
  LedgerKind,
} from '../../assessment/rule/scheme.ts'
import { workbookWords } from '../../assessment/rule/scheme-words.ts'
import { usualTrigger } from '../../assessment/rule/trigger.ts'
import { fifteenWorkingDays } from '../../assessment/rule/usual-times.ts'
import { freeKey } from '../spreadsheet/free-key.ts'
import type { Report } from '../spreadsheet/report.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import { asCount, asPoints, asText, asWord, type TableRow } from '../spreadsheet/table.ts'
import { kindEntries, ledgerPlaces, TOTAL, type KindEntry, type LedgerPlaces } from './kind-entries.ts'
import {
  readAreas,
  readKindDetails,
  readSeverities,
  rowsOf,
  totalKinds,
  type DetailRows,
} from './parse-kind-details.ts'
import { areaColumns, kindDetailColumns, severityColumns } from './detail-columns.ts'
import { kindColumns } from './sheet-columns.ts'

/** The sheets that tell what may be entered in ledgers; each may be missing. */
export type LedgerSheets = Readonly<
  Partial<Record<'kinds' | 'details' | 'severities' | 'areas', Sheet | undefined>>
>

/** The ledgers of a workbook's scheme: those of its 扣分制 parts by component key, and the adjustments where any kind counts 总分. */
export interface LedgersReading {
  readonly ofComponents: ReadonlyMap<string, Ledger>
  readonly adjustments: Adjustments | null
  /** Names of all kinds, in the order of 扣分类别. */
  readonly kindNames: readonly string[]
}

type KindRow = TableRow<keyof typeof kindColumns>

function rectifyWithin(
  row: KindRow,
  before: LedgerKind | undefined,
): LedgerKind['rectifyWithin'] | undefined {
  const working = row.optional('整改工作日', asCount)
  const calendar = row.optional('整改自然日', asCount)
  if (working === undefined || calendar === undefined) return undefined
  if (working !== null && calendar !== null) {
    row.problem('two-rectification-times', '整改自然日')
    return undefined
  }
  if (working !== null) return { days: working, count: 'working' }
  if (calendar !== null) return { days: calendar, count: 'calendar' }
  return before?.rectifyWithin ?? fifteenWorkingDays
}

/** Reads 扣分类别 over the kinds that the ledgers had; `inTotal` are the names of those that count 总分. */
function kindsWritten(
  sheet: Sheet,
  places: LedgerPlaces,
  inTotal: DetailRows['inTotal'],
  report: Report,
): KindEntry[] {
  const table = rowsOf<keyof typeof kindColumns>(sheet, kindColumns, report)
  const keys = new Set<string>()
  return table.rows.flatMap((row): KindEntry[] => {
    const name = row.needed('类别', asText)
    const ledger = name === undefined ? undefined : places.of(row, inTotal.has(name) ? TOTAL : undefined)
    const points = row.optional('每项扣分', asPoints)
    const trigger = row.optional('触发', asWord(workbookWords.trigger))
    const provider = row.optional('提供单位', asText)
    const before = ledger !== undefined && name !== undefined ? places.kindBefore(ledger, name) : undefined
    const time = rectifyWithin(row, before)
    if (ledger === undefined || name === undefined || points === undefined) return []
    if (trigger === undefined || provider === undefined || time === undefined) return []
    const key = freeKey(before?.key ?? name, keys)
    keys.add(key)
    // A sheet without the column says nothing about it; a blank cell does.
    const written = trigger ?? (table.has('触发') ? undefined : before?.trigger) ?? usualTrigger
    const isUnchanged =
      before !== undefined &&
      (points === null || before.severities[0]?.points === points) &&
      before.trigger === written
    return [
      {
        ledger,
        row: row.number,
        points,
        severities: before && before.severities.length > 1 ? before.severities : [],
        kind: {
          effect: 'loss',
          area: null,
          cap: null,
          chargedUpward: true,
          vetoes: [],
          monitorRules: [],
          ...before,
          key,
          name,
          trigger: written,
          provider: table.has('提供单位') ? provider : (before?.provider ?? null),
          rectifyWithin: time,
          clause: isUnchanged ? before.clause : '',
        },
      },
    ]
  })
}

/** The kinds that the ledgers had, where no sheet tells of them. */
const kindsBefore = (parts: readonly DeductionsComponent[], adjustments: Adjustments | null): KindEntry[] =>
  [
    ...parts.map(({ name, kinds }) => ({ ledger: name, kinds })),
    { ledger: TOTAL, kinds: adjustments?.kinds ?? [] },
  ].flatMap(({ ledger, kinds }) =>
    kinds.map(({ severities, ...kind }) => ({ ledger, row: 1, kind, points: null, severities })),
  )

/** Reads 扣分类别, 扣分细则, 归口上限 and 档次 over the ledgers that a scheme has; what a sheet does not say stays as it is. */
export function readLedgers(
  sheets: LedgerSheets,
  components: readonly Component[],
  before: Adjustments | null,
  grades: readonly Grade[],
  report: Report,
): LedgersReading {
  const parts = components.filter((each): each is DeductionsComponent => each.method === 'deductions')
  const places = ledgerPlaces(parts, before)
  const table = rowsOf<keyof typeof kindDetailColumns>(sheets.details, kindDetailColumns, report)
  const inTotal = totalKinds(table.rows, sheets.kinds ? [] : (before?.kinds ?? []))
  const sheet = sheets.kinds?.name ?? null
  const entries = kindEntries(
    sheets.kinds ? kindsWritten(sheets.kinds, places, inTotal, report) : kindsBefore(parts, before),
    sheet,
    report,
  )
  const details = readKindDetails({ ...table, inTotal }, entries, places, grades)
  const areaRows = rowsOf<keyof typeof areaColumns>(sheets.areas, areaColumns, report).rows
  const areas = readAreas(areaRows, places, details.ledgerOfArea)
  if (!sheets.areas) {
    for (const part of parts) for (const { name, cap } of part.areas) areas.keep(part.name, name, cap)
    for (const { name, cap } of before?.areas ?? []) areas.keep(TOTAL, name, cap)
  }
  const severityRows = rowsOf<keyof typeof severityColumns>(sheets.severities, severityColumns, report).rows
  const severities = readSeverities(severityRows, entries, places, inTotal)

  function severitiesOf(entry: KindEntry): LedgerKind['severities'] {
    const own = severities.get(entry) ?? entry.severities
    if (own.length > 0) return own
    if (entry.points === null) report.problem('blank-cell', sheet, entry.row, '每项扣分')
    const usual = places.kindBefore(entry.ledger, entry.kind.name)?.severities[0]
    return [{ key: usual?.key ?? 'usual', name: usual?.name ?? '', points: entry.points ?? 0 }]
  }
  function ledger(name: string): Ledger {
    const kinds = entries.all
      .filter((entry) => entry.ledger === name)
      .map((entry): LedgerKind => {
        const { kind, area } = details.of(entry)
        const areaKey =
          area === undefined ? kind.area : area === null ? null : areas.keep(name, area, null).key
        return { ...kind, area: areaKey, severities: severitiesOf(entry) }
      })
    return { areas: areas.of(name), kinds }
  }
  const total = ledger(TOTAL)
  return {
    ofComponents: new Map(parts.map((part) => [part.key, ledger(part.name)])),
    kindNames: [...new Set(entries.all.map(({ kind }) => kind.name))],
    adjustments:
      total.kinds.length === 0 ? null : { gainCap: null, unlock: null, clause: '', ...before, ...total },
  }
}
