import type { Facts } from '../../assessment/score/facts.ts'
import { givenBonuses, type GivenBonus } from './bonus-sheet.ts'
import type { ImportConflict } from './import-conflicts.ts'

/** What the sheet 加分 adds; units are named. */
export interface BonusPlan {
  readonly given: readonly GivenBonus[]
  /** Points stored already that the workbook takes back: the stored entry with what takes it back. */
  readonly takenBack: readonly GivenBonus[]
  readonly verdicts: readonly {
    readonly outcome: 'new' | 'same' | 'changed' | 'error'
    readonly conflict?: ImportConflict
  }[]
}

/** Rows against entries that are stored: the same unit, points, day and reason are the same entry, as often as it is stored. */
export function planBonuses(
  bonuses: Facts['bonuses'],
  existing: Facts['bonuses'],
  nameOf: (id: string) => string,
): BonusPlan {
  const stored = givenBonuses(existing).map((one) => ({ ...one, unitId: nameOf(one.unitId) }))
  const rows = givenBonuses(bonuses)
  const partners = new Map<GivenBonus, GivenBonus>()
  const pair = (what: (one: GivenBonus) => string): void => {
    const waiting = new Map<string, GivenBonus[]>()
    const keyOf = (one: GivenBonus): string => JSON.stringify([one.unitId, one.points, one.on, what(one)])
    const taken = new Set(partners.values())
    for (const one of stored) {
      if (taken.has(one)) continue
      const list = waiting.get(keyOf(one))
      if (list) list.push(one)
      else waiting.set(keyOf(one), [one])
    }
    for (const row of rows) {
      if (partners.has(row)) continue
      const partner = waiting.get(keyOf(row))?.shift()
      if (partner) partners.set(row, partner)
    }
  }
  // With its day of reversal first, so that of two alike the right one is found.
  pair((one) => JSON.stringify([one.what, one.back?.on ?? null]))
  pair(({ what }) => what)

  const given: GivenBonus[] = []
  const takenBack: GivenBonus[] = []
  const verdicts = rows.map((row): BonusPlan['verdicts'][number] => {
    const partner = partners.get(row)
    if (!partner) {
      given.push(row)
      return { outcome: 'new' }
    }
    if (row.back === null || row.back.on === partner.back?.on) return { outcome: 'same' }
    if (partner.back !== null) return { outcome: 'error', conflict: 'bonus-differs' }
    takenBack.push({ ...partner, back: row.back })
    return { outcome: 'changed' }
  })
  return { given, takenBack, verdicts }
}
