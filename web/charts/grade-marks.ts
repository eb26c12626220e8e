import { control, ink2 } from './palette.ts'

/** The four looks a grade can have. Grade names are the scheme's own, so the look hangs on the tier. */
const gradeLooks = ['best', 'good', 'pass', 'fail'] as const
export type GradeLook = (typeof gradeLooks)[number]

/** The look of the grade at `tier` (0 = best) of `of` grades; the last of several always reads as failed. */
export function gradeLook(tier: number, of: number): GradeLook {
  if (tier === 0) return 'best'
  if (tier === of - 1) return 'fail'
  return tier === 1 ? 'good' : 'pass'
}

export interface GradeMark {
  readonly symbol: string
  readonly size: number
  readonly color: string
  readonly hollow: boolean
  readonly rotate: number
}

export const gradeMarks: Record<GradeLook, GradeMark> = {
  best: { symbol: 'diamond', size: 10, color: '#14694B', hollow: false, rotate: 0 },
  good: { symbol: 'circle', size: 8, color: '#5C9E7D', hollow: false, rotate: 0 },
  pass: { symbol: 'rect', size: 7, color: ink2, hollow: true, rotate: 0 },
  fail: { symbol: 'triangle', size: 9, color: '#20252C', hollow: false, rotate: 180 },
}

/** A unit whose composite is not known yet. */
export const pendingMark: GradeMark = { symbol: 'circle', size: 8, color: control, hollow: true, rotate: 0 }

/** A unit with a composite and no grade: an interim score. */
const plainMark: GradeMark = { symbol: 'diamond', size: 9, color: ink2, hollow: false, rotate: 0 }

/** The mark of a unit by the place of its grade, 0 = best; a plain one where there are no grades. */
export const gradeMarkOf = (tier: number | null, gradeCount: number): GradeMark =>
  tier === null ? plainMark : gradeMarks[gradeLook(tier, gradeCount)]
