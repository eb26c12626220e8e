import {
  deductionComponents,
  type Component,
  type DeductionKind,
  type DeductionsComponent,
} from '../../assessment/rule/scheme.ts'
import { costAlike, usualTrigger } from '../../assessment/rule/trigger.ts'
import { freeKey } from '../spreadsheet/free-key.ts'
import type { Report } from '../spreadsheet/report.ts'
import { kindColumns, triggerWords } from './sheet-columns.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import { asCount, asPoints, asText, asWord, openTable, type TableRow } from '../spreadsheet/table.ts'

const fifteenWorkingDays = { days: 15, count: 'working' } as const

type KindName = keyof typeof kindColumns

function rectifyWithin(
  row: TableRow<KindName>,
  like: DeductionKind | undefined,
): DeductionKind['rectifyWithin'] | undefined {
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

/** The component that a kind belongs to; undefined when a problem was reported. */
function ownerOf(
  row: TableRow<KindName>,
  owners: readonly DeductionsComponent[],
): DeductionsComponent | undefined {
  const name = row.optional('部分', asText)
  if (name === undefined) return undefined
  if (name === null) {
    if (owners.length === 1) return owners[0]
    row.problem('blank-cell', '部分')
    return undefined
  }
  const owner = owners.find((component) => component.name === name)
  if (!owner)
    row.problem('unknown-component', '部分', { value: name, words: owners.map((one) => one.name).join('、') })
  return owner
}

/** Reads 扣分类别 by component key; a kind like one of its component keeps its key and details. Undefined when columns are missing. */
export function readKinds(
  sheet: Sheet,
  components: readonly Component[],
  report: Report,
): Map<string, DeductionKind[]> | undefined {
  const owners = deductionComponents({ components })
  const columns =
    owners.length > 1 ? { ...kindColumns, 部分: { ...kindColumns.部分, needed: true } } : kindColumns
  const table = openTable<KindName>(sheet, columns, report)
  if (!table) return undefined
  if (owners.length === 0) {
    report.warn('kinds-not-used', sheet.name)
    return new Map()
  }
  const kinds = new Map<string, DeductionKind[]>(owners.map(({ key }) => [key, []]))
  const first = new Map<string, number>()
  const keys = new Set<string>()
  for (const row of table.rows) {
    const owner = ownerOf(row, owners)
    const name = row.needed('类别', asText)
    const points = row.needed('每项扣分', asPoints)
    const written = row.optional('触发', asWord(triggerWords))
    const provider = row.optional('提供单位', asText)
    const like = owner?.kinds.find((kind) => kind.name === name)
    const time = rectifyWithin(row, like)
    if (owner === undefined || name === undefined || points === undefined) continue
    if (written === undefined || provider === undefined || time === undefined) continue
    const same = first.get(`${owner.key}\n${name}`)
    if (same !== undefined) {
      row.problem('duplicate-kind', '类别', { value: name, first: same })
      continue
    }
    first.set(`${owner.key}\n${name}`, row.number)
    const key = freeKey(like?.key ?? name, keys)
    keys.add(key)
    const asWritten = {
      key,
      name,
      points,
      // A sheet without the column says nothing about it; a blank cell does.
      trigger: written ?? (table.has('触发') ? undefined : like?.trigger) ?? usualTrigger,
      provider: table.has('提供单位') ? provider : (like?.provider ?? null),
      rectifyWithin: time,
    }
    kinds.get(owner.key)?.push({
      ...asWritten,
      cap: like?.cap ?? null,
      chargedUpward: like?.chargedUpward ?? true,
      veto: like?.veto ?? null,
      clause: like && costAlike(like, asWritten) ? like.clause : '',
    })
  }
  return kinds
}
