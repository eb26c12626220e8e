import type { Decimal } from '#assessment/rational'
import type { Indicator } from '#assessment/rule/scheme'
import type { Random } from './random.ts'
import { markReason } from './wording.ts'

/** One leaf as claimed and as verified. */
export interface LeafMarks {
  readonly leaf: Indicator
  readonly full: Decimal
  /** Null where the leaf does not apply. */
  readonly claimed: Decimal | null
  readonly verified: Decimal | null
  readonly reason: string | null
}

const inTenths = (text: Decimal): number => Math.round(Number(text) * 10)
const asDecimal = (tenths: number): Decimal =>
  tenths % 10 === 0 ? String(tenths / 10) : (tenths / 10).toFixed(1)

/**
 * Lays the marks out over the leaves so that the verified ones sum to the share aimed at (0–100 of the full marks, to the
 * tenth of a mark), and claims some of what was taken off. Marks come in halves, as the scoring rules take them off.
 */
export function leafMarks(
  leaves: readonly Indicator[],
  isApplicable: (leaf: Indicator) => boolean,
  aim: number,
  random: Random,
): LeafMarks[] {
  const rows = leaves.map((leaf) => ({ leaf, full: inTenths(leaf.full ?? '0'), off: 0, returned: 0 }))
  const applicable = rows.filter(({ leaf }) => isApplicable(leaf))
  const full = applicable.reduce((sum, row) => sum + row.full, 0)
  let left = Math.round(full * (1 - aim / 100))
  while (left > 0) {
    const row = random.pick(applicable)
    const less = Math.min(5, left, Math.floor(row.full * 0.6) - row.off)
    row.off += less
    left -= less
  }
  for (const row of applicable) {
    if (row.off > 0 && random.chance(0.3)) row.returned = random.chance(0.5) ? row.off : Math.min(5, row.off)
  }
  return rows.map((row) => {
    const text = { leaf: row.leaf, full: row.leaf.full ?? '0' }
    if (!isApplicable(row.leaf))
      return { ...text, claimed: null, verified: null, reason: '本单位无此项职责，不适用' }
    return {
      ...text,
      claimed: asDecimal(row.full - row.off + row.returned),
      verified: asDecimal(row.full - row.off),
      reason: row.returned === 0 ? null : markReason(random, row.leaf.evidence, asDecimal(row.returned)),
    }
  })
}

/** Verified marks over full marks of the leaves that apply, times 100: for laying out, not for deciding. */
export function shareOf(marks: readonly LeafMarks[]): number {
  const counted = marks.filter(({ verified }) => verified !== null)
  const sum = (values: readonly (Decimal | null)[]) =>
    values.reduce((total, value) => total + inTenths(value ?? '0'), 0)
  return (100 * sum(counted.map(({ verified }) => verified))) / sum(counted.map(({ full }) => full))
}
