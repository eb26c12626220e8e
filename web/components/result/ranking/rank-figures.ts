import type { UnitRobustness } from '#assessment/insight/robustness'

/** `25–26`, or `1` where the rank never moves. */
export const intervalText = ({ low, high }: Pick<UnitRobustness, 'low' | 'high'>): string =>
  low === high ? String(low) : `${low}–${high}`

/** A share of the draws in whole per cent; neither a rare nor an almost certain grade is rounded away. */
export function shareText(share: number): string {
  if (share > 0 && share < 0.01) return '<1%'
  if (share > 0.99 && share < 1) return '>99%'
  return `${Math.round(share * 100)}%`
}

/** The grades a unit took in the draws, each with its share: `优秀 49%`. */
export const drawnGrades = ({ grades }: Pick<UnitRobustness, 'grades'>): string[] =>
  grades.filter(({ share }) => share > 0).map(({ grade, share }) => `${grade} ${shareText(share)}`)

/** From this many places on, a change of rank stands out. */
const manyPlaces = 5

export interface RankChange {
  /** `↑3`, `↓2` or `—`. */
  readonly text: string
  readonly bold: boolean
  /** Places gained, negative when lost. */
  readonly gained: number
}

/** The change from one rank to another; null where either is missing. */
export function rankChange(rank: number | null, before: number | null): RankChange | null {
  if (rank === null || before === null) return null
  const gained = before - rank
  const places = Math.abs(gained)
  const text = gained === 0 ? '—' : `${gained > 0 ? '↑' : '↓'}${places}`
  return { text, bold: places >= manyPlaces, gained }
}
