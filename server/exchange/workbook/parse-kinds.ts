/*
 * 扣分类别, 扣分细则, 档次 and 归口上限 tell of one another: a kind's ledger may stand in the second, its points in the third, its area's cap in the
 * fourth. Long since they are read together.
 */

import type {
  Adjustments,
  Area,
  Component,
  DeductionsComponent,
  Grade,
  Ledger,
  LedgerKind,
  Severity,
  Veto,
} from '../../assessment/rule/scheme.ts'
import { textOf, word } from '../spreadsheet/cell.ts'
import { freeKey } from '../spreadsheet/free-key.ts'
import { nameMap, type NameMap } from '../spreadsheet/name-map.ts'
import type { Report } from '../spreadsheet/report.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import {
  asCount,
  asPoints,
  asText,
  asWord,
  openTable,
  type Parser,
  type TableRow,
} from '../spreadsheet/table.ts'
import { readVetoText } from '../../assessment/rule/rule-texts.ts'
import { usualTrigger } from '../../assessment/rule/trigger.ts'
import { fifteenWorkingDays } from '../../assessment/rule/usual-times.ts'
import { countsInWords, flagWords, totalWord, workbookWords } from '../../assessment/rule/scheme-words.ts'
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
}

/** The ledger of 总分加减, among names of parts. */
const TOTAL = '\u0000total'

interface Place {
  readonly row: number
  /** Name of the part, or TOTAL. */
  readonly ledger: string
}

type KindName = keyof typeof kindColumns
type DetailName = keyof typeof kindDetailColumns

/** Rows of a sheet; none where it is missing or lacks columns. */
const rowsOf = <Name extends string>(
  sheet: Sheet | undefined,
  columns: Parameters<typeof openTable<Name>>[1],
  report: Report,
): { readonly rows: TableRow<Name>[]; readonly has: (name: Name) => boolean } => {
  const table = sheet && openTable<Name>(sheet, columns, report)
  return { rows: table ? [...table.rows] : [], has: (name) => table?.has(name) ?? false }
}

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

function rectifyWithin(
  row: TableRow<KindName>,
  like: LedgerKind | undefined,
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
  return like?.rectifyWithin ?? fifteenWorkingDays
}

/** Reads 扣分类别, 扣分细则, 档次 and 归口上限 over the ledgers that a scheme has; what a sheet does not say stays as it is. */
export function readLedgers(
  sheets: LedgerSheets,
  components: readonly Component[],
  before: Adjustments | null,
  grades: readonly Grade[],
  report: Report,
): LedgersReading {
  const parts = components.filter((each): each is DeductionsComponent => each.method === 'deductions')
  const partByName = nameMap(parts.map((part) => [part.name, part]))
  const details = rowsOf<DetailName>(sheets.details, kindDetailColumns, report)
  const countsIn = asWord(countsInWords)
  const isTotal = (row: TableRow<DetailName>): boolean =>
    row.optional('计入', countsIn) === 'total' || word(row.optional('部分', asText) ?? '') === totalWord
  const totalKinds = nameMap(
    details.rows.filter(isTotal).flatMap((row) => {
      const name = row.optional('类别', asText)
      return name ? [[name, true] as const] : []
    }),
  )
  for (const { name } of sheets.kinds ? [] : (before?.kinds ?? [])) totalKinds.add(name, true)

  /** The ledger of a row: the part it names, or the only one there can be (contract, reading 16). */
  function ledgerOf<Name extends string>(
    row: TableRow<Name | '部分'>,
    kind: string | undefined,
    areas?: NameMap<string>,
  ): Place | undefined {
    const named = row.optional('部分', asText)
    if (named === undefined) return undefined
    if (named !== null && word(named) === totalWord) return { row: row.number, ledger: TOTAL }
    if (named !== null) {
      const part = partByName.get(named)
      if (part) return { row: row.number, ledger: part.name }
      row.problem('unknown-component', '部分', { value: named, words: partByName.words() })
      return undefined
    }
    if (kind !== undefined && totalKinds.has(kind)) return { row: row.number, ledger: TOTAL }
    const ofArea = areas && kind !== undefined ? areas.get(kind) : undefined
    if (ofArea !== undefined) return { row: row.number, ledger: ofArea }
    const [only, ...others] = parts
    if (only && others.length === 0) return { row: row.number, ledger: only.name }
    row.problem('blank-cell', '部分')
    return undefined
  }

  interface Read {
    readonly ledger: string
    readonly name: string
    readonly row: number
    readonly kind: Omit<LedgerKind, 'severities'>
    readonly points: number | null
    severities: readonly Severity[]
  }
  const likeIn = (ledger: string, name: string): LedgerKind | undefined =>
    (ledger === TOTAL ? before : partByName.get(ledger))?.kinds.find((kind) => word(kind.name) === word(name))
  const read = nameMap<Read>()
  const at = (ledger: string, name: string): string => `${ledger}\u0001${name}`
  const keys = new Set<string>()
  const kindRows = rowsOf<KindName>(sheets.kinds, kindColumns, report)
  const list: Read[] = []
  const keep = (entry: Read): void => {
    const same = read.add(at(entry.ledger, entry.name), entry)
    if (same)
      report.problem('duplicate-kind', sheets.kinds?.name ?? null, entry.row, '类别', {
        value: entry.name,
        first: same.row,
      })
    else list.push(entry)
  }

  if (sheets.kinds) {
    for (const row of kindRows.rows) {
      const name = row.needed('类别', asText)
      const place = name === undefined ? undefined : ledgerOf(row, name)
      const points = row.optional('每项扣分', asPoints)
      const trigger = row.optional('触发', asWord(workbookWords.trigger))
      const provider = row.optional('提供单位', asText)
      const like = place && name !== undefined ? likeIn(place.ledger, name) : undefined
      const time = rectifyWithin(row, like)
      if (!place || name === undefined || points === undefined) continue
      if (trigger === undefined || provider === undefined || time === undefined) continue
      const key = freeKey(like?.key ?? name, keys)
      keys.add(key)
      const asWritten = {
        // A sheet without the column says nothing about it; a blank cell does.
        trigger: trigger ?? (kindRows.has('触发') ? undefined : like?.trigger) ?? usualTrigger,
        provider: kindRows.has('提供单位') ? provider : (like?.provider ?? null),
        rectifyWithin: time,
      }
      const unchanged =
        like !== undefined &&
        (points === null || like.severities[0]?.points === points) &&
        like.trigger === asWritten.trigger
      keep({
        ledger: place.ledger,
        name,
        row: row.number,
        points,
        severities: like && like.severities.length > 1 ? like.severities : [],
        kind: {
          key,
          name,
          effect: like?.effect ?? 'loss',
          ...asWritten,
          area: like?.area ?? null,
          cap: like?.cap ?? null,
          chargedUpward: like?.chargedUpward ?? true,
          vetoes: like?.vetoes ?? [],
          monitorRules: like?.monitorRules ?? [],
          clause: unchanged ? like.clause : '',
        },
      })
    }
  } else {
    const existing = [
      ...parts.flatMap(({ name: ledger, kinds }) => kinds.map((kind) => ({ ledger, kind }))),
      ...(before?.kinds ?? []).map((kind) => ({ ledger: TOTAL, kind })),
    ]
    for (const { ledger, kind } of existing) {
      keys.add(kind.key)
      const { severities, ...rest } = kind
      keep({ ledger, name: kind.name, row: 1, kind: rest, points: null, severities })
    }
  }

  // 扣分细则
  const areaOf = nameMap<string>()
  const areas = new Map<string, NameMap<Area>>()
  const areaKeys = new Set<string>()
  const likeArea = (ledger: string, name: string): Area | undefined =>
    (ledger === TOTAL ? before : partByName.get(ledger))?.areas.find((area) => word(area.name) === word(name))
  function area(ledger: string, name: string, cap: number | null, written: string | null = null): Area {
    const ofLedger = areas.get(ledger) ?? nameMap<Area>()
    areas.set(ledger, ofLedger)
    const known = ofLedger.get(name)
    if (known) return known
    const like = likeArea(ledger, name)
    const key = freeKey(written ?? like?.key ?? name, areaKeys)
    areaKeys.add(key)
    const made = { key, name, cap }
    ofLedger.add(name, made)
    return made
  }
  const detailed = nameMap<number>()
  const areaNames = new Map<Read, string | null>()
  const changed = new Map<Read, Omit<LedgerKind, 'severities'>>()
  for (const row of details.rows) {
    const name = row.needed('类别', asText)
    const place =
      name === undefined ? undefined : isTotal(row) ? { row: row.number, ledger: TOTAL } : ledgerOf(row, name)
    if (!place || name === undefined) continue
    const entry = read.get(at(place.ledger, name))
    if (!entry) {
      const words = list.filter(({ ledger }) => ledger === place.ledger).map((each) => each.name)
      row.problem('unknown-kind', '类别', { value: name, words: words.join('、') })
      continue
    }
    const repeated = detailed.add(at(place.ledger, name), row.number)
    if (repeated !== undefined) row.problem('duplicate-row', '类别', { first: repeated })
    const effect = row.optional('性质', asWord(workbookWords.effect))
    const inArea = row.optional('归口', asText)
    const cap = row.optional('扣分上限', asPoints)
    const upward = row.optional('记入上级', asWord(flagWords.flag))
    const vetoes = row.optional('一票否决', asVetoes(grades))
    const clause = row.optional('依据', asText)
    const key = row.optional('标识', asText)
    if (inArea) {
      areaNames.set(entry, inArea)
      areaOf.add(inArea, place.ledger)
    } else if (details.has('归口')) areaNames.set(entry, null)
    changed.set(entry, {
      ...entry.kind,
      key: key ?? entry.kind.key,
      effect: effect ?? (details.has('性质') ? 'loss' : entry.kind.effect),
      cap: details.has('扣分上限') ? (cap ?? null) : entry.kind.cap,
      chargedUpward: (upward ?? (entry.kind.chargedUpward ? 'yes' : 'no')) === 'yes',
      vetoes: details.has('一票否决') ? (vetoes ?? []) : entry.kind.vetoes,
      monitorRules: details.has('监测规则')
        ? (row.optional('监测规则', asNames) ?? [])
        : entry.kind.monitorRules,
      clause: details.has('依据') ? (clause ?? '') : entry.kind.clause,
    })
  }

  // 归口上限
  const seenAreas = nameMap<number>()
  for (const row of rowsOf<keyof typeof areaColumns>(sheets.areas, areaColumns, report).rows) {
    const name = row.needed('归口', asText)
    const cap = row.needed('上限', asPoints)
    const place = name === undefined ? undefined : ledgerOf(row, name, areaOf)
    if (!place || name === undefined || cap === undefined) continue
    const repeated = seenAreas.add(at(place.ledger, name), row.number)
    if (repeated !== undefined) row.problem('duplicate-row', '归口', { first: repeated })
    else area(place.ledger, name, cap, row.optional('标识', asText) ?? null)
  }
  if (!sheets.areas) {
    for (const part of parts) for (const each of part.areas) area(part.name, each.name, each.cap)
    for (const each of before?.areas ?? []) area(TOTAL, each.name, each.cap)
  }

  // 档次
  const levels = new Map<Read, Severity[]>()
  for (const row of rowsOf<keyof typeof severityColumns>(sheets.severities, severityColumns, report).rows) {
    const kindName = row.needed('类别', asText)
    const name = row.needed('档次', asText)
    const points = row.needed('分值', asPoints)
    const place = kindName === undefined ? undefined : ledgerOf(row, kindName)
    if (!place || kindName === undefined || name === undefined || points === undefined) continue
    const entry = read.get(at(place.ledger, kindName))
    if (!entry) {
      row.problem('unknown-kind', '类别', {
        value: kindName,
        words: list.map((each) => each.name).join('、'),
      })
      continue
    }
    const own = levels.get(entry) ?? []
    levels.set(entry, own)
    if (own.some((each) => word(each.name) === word(name)))
      row.problem('duplicate-row', '档次', { first: row.number })
    const like = entry.severities.find((each) => word(each.name) === word(name))
    const key = freeKey(
      row.optional('标识', asText) ?? like?.key ?? name,
      new Set(own.map((each) => each.key)),
    )
    own.push({ key, name, points })
  }

  function severitiesOf(entry: Read): readonly Severity[] {
    const own = levels.get(entry) ?? (entry.severities.length > 0 ? entry.severities : null)
    if (own) return own
    if (entry.points === null) report.problem('blank-cell', sheets.kinds?.name ?? null, entry.row, '每项扣分')
    const like = likeIn(entry.ledger, entry.name)?.severities[0]
    return [{ key: like?.key ?? 'usual', name: like?.name ?? '', points: entry.points ?? 0 }]
  }
  function ledger(name: string): Ledger {
    const kinds = list
      .filter((entry) => entry.ledger === name)
      .map((entry): LedgerKind => {
        const kind = changed.get(entry) ?? entry.kind
        const inArea = areaNames.get(entry)
        const areaKey =
          inArea === undefined ? kind.area : inArea === null ? null : area(name, inArea, null).key
        return { ...kind, area: areaKey, severities: severitiesOf(entry) }
      })
    const made = areas.get(name)
    return { areas: made ? made.names().flatMap((each) => made.get(each) ?? []) : [], kinds }
  }
  const total = ledger(TOTAL)
  return {
    ofComponents: new Map(parts.map((part) => [part.key, ledger(part.name)])),
    adjustments:
      total.kinds.length === 0 ? null : { gainCap: null, unlock: null, clause: '', ...before, ...total },
  }
}
