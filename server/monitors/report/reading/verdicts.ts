import type { Breakdown, Item } from './breakdowns.ts'
import type { Quantity } from './quantities.ts'

export const exact = ({ value, isApproximate }: Quantity): boolean => value !== null && !isApproximate
export const valueOf = ({ value }: Quantity): number => value ?? 0
export const sumOf = (quantities: readonly Quantity[]): number =>
  Math.round(quantities.reduce((sum, quantity) => sum + valueOf(quantity), 0) * 1e6) / 1e6
export const told = (value: number): string => String(Math.round(value * 1e6) / 1e6)

/**
 * How many of the items add up to the total, read as a tree: an item may be broken down by those behind it. Zero when
 * no reading adds up.
 */
export function consumed(items: readonly Item[], total: number): number {
  let budget = 20_000
  const walk = (from: number, rest: number): number => {
    if (Math.abs(rest) < 1e-6 && from > 0) return from
    const item = items[from]
    if (!item || budget-- <= 0 || valueOf(item.quantity) > rest + 1e-6) return 0
    const left = rest - valueOf(item.quantity)
    const plain = walk(from + 1, left)
    if (plain > 0 || !item.opensParts) return plain
    let parts = 0
    for (let next = from + 1; next < items.length; next++) {
      parts += valueOf((items[next] as Item).quantity)
      if (parts > valueOf(item.quantity) + 1e-6) break
      const beyond = walk(next + 1, left)
      if (beyond > 0) return beyond
    }
    return 0
  }
  return walk(0, total)
}

export interface Verdict {
  readonly severity: 'pass' | 'fail' | 'not-assessable'
  readonly breakdown: Breakdown
  readonly total: Quantity
  readonly parts: readonly Quantity[]
}

/**
 * The items that a reader adds up: parts of an item are left out, and what follows a semicolon where the items before
 * it were parted by commas.
 */
function topLevel(items: readonly Item[]): Item[] {
  const top: Item[] = []
  let isWithin = false
  let hasCommas = false
  for (const [index, item] of items.entries()) {
    if (item.startsGroup && hasCommas && !isWithin) break
    if (item.startsGroup) isWithin = false
    else if (index > 0) hasCommas = true
    if (!isWithin) top.push(item)
    if (item.opensParts) isWithin = true
  }
  return top
}

/** Whether a list whose parts do not reach the total claims to name all of them. */
function claimsAll({ opener, isOpenEnded, hasRest }: Breakdown, count: number, share: number): boolean {
  if (isOpenEnded || opener === 'some' || count < 2) return false
  if (opener === 'whole') return share >= 0.5 || hasRest
  if (hasRest) return true
  return count === 2 ? share >= 0.85 : count < 5 ? share >= 0.7 : share >= 0.5
}

/** What a list says of its total; null where nothing can be said. */
export function verdictOn(breakdown: Breakdown): Verdict | null {
  const { items, totals, further } = breakdown
  const [nearest] = totals
  if (!nearest) return null
  const verdict = (severity: Verdict['severity'], total: Quantity, parts: readonly Quantity[]): Verdict => ({
    severity,
    breakdown,
    total,
    parts,
  })
  const unit = items[0]?.quantity.unit
  const own = items.filter(({ quantity }) => quantity.unit === unit || quantity.unit === '')
  const readings = (own.length === items.length ? [items] : [items, own]).filter((reading) =>
    reading.every(({ quantity }) => exact(quantity)),
  )
  for (const total of totals.filter(exact)) {
    for (const reading of readings) {
      const count = consumed(reading, valueOf(total))
      if (count > 1 || (count === 1 && total === nearest))
        return verdict(
          'pass',
          total,
          reading.slice(0, count).map(({ quantity }) => quantity),
        )
      const carried = [
        ...reading,
        ...further.map((quantity) => ({ quantity, label: '', opensParts: false, startsGroup: true })),
      ]
      const longer = consumed(carried, valueOf(total))
      if (longer > reading.length)
        return verdict(
          'pass',
          total,
          carried.slice(0, longer).map(({ quantity }) => quantity),
        )
    }
  }
  if (!breakdown.isAttached) return null
  const parts = topLevel(own).map(({ quantity }) => quantity)
  if (nearest.value === null || parts.some(({ value }) => value === null)) {
    return parts.length > 1 ? verdict('not-assessable', nearest, parts) : null
  }
  if (nearest.isApproximate || parts.some(({ isApproximate }) => isApproximate)) return null
  if (own.length < items.length && items.length - own.length >= own.length) return null
  const sum = sumOf(parts)
  const total = valueOf(nearest)
  if (total === 0 || parts.every(({ value }) => value === 0)) return null
  if (sum > total) {
    // 发布会3次，其中负责人出席1次；访谈5次: the second speaks of something else.
    if (parts.length === 2 && items[1]?.startsGroup === true) return null
    const isOverlapping =
      (breakdown.areChannels && sum > total * 1.15) ||
      // 450项，其中全程网办400项、即办件210项…: classes that a piece may belong to at once.
      (sum >= total * 1.5 && parts.every((part) => valueOf(part) <= total))
    return isOverlapping || (parts.length === 1 && breakdown.opener !== 'of-which')
      ? null
      : verdict('fail', nearest, parts)
  }
  return claimsAll(breakdown, parts.length, sum / total) ? verdict('fail', nearest, parts) : null
}

/** 其中 lists that a text holds, each judged once: a list within one that adds up is read as its part. */
export function verdictsIn(text: string, breakdowns: readonly Breakdown[]): Verdict[] {
  const verdicts = breakdowns.flatMap((breakdown) => verdictOn(breakdown) ?? [])
  const spanOf = (verdict: Verdict) => ({
    start: Math.min(verdict.total.start, verdict.breakdown.openedAt),
    end: verdict.parts.at(-1)?.end ?? 0,
  })
  const passes = verdicts.filter(({ severity }) => severity === 'pass')
  return verdicts.filter((verdict, index) => {
    const span = spanOf(verdict)
    const sameAs = (other: Verdict) =>
      other.total === verdict.total && other.parts.at(-1) === verdict.parts.at(-1)
    if (verdicts.slice(0, index).some(sameAs)) return false
    if (verdict.severity === 'pass') return verdict.parts.length > 1
    const isBracketed = text[verdict.breakdown.openedAt] === '('
    const isCovered = passes.some((pass) => {
      const other = spanOf(pass)
      return other.start <= span.start && span.end <= other.end
    })
    const isRepeated = verdicts
      .slice(0, index)
      .some((other) => other.severity !== 'pass' && spanOf(other).end >= span.end && other !== verdict)
    return (!isCovered || isBracketed) && !isRepeated
  })
}
