import type { PartChange } from '#assessment/insight/part-changes'
import { decimal, format, subtract, type Decimal } from '#assessment/rational'
import { t } from '../../i18n.ts'
import { signed } from '../../locales/figures.ts'
import { named } from '../../scheme-names.ts'

/** A difference with its sign: `+1.50`, `−0.45`, `0.00`. */
export const changeText = (points: Decimal): string => signed(Number(points) > 0 ? `+${points}` : points)

/** The part that moved a unit most the way its composite went; undefined where none did. `since` has what fell most first. */
export function mainPart(since: readonly PartChange[], isFall: boolean): PartChange | undefined {
  const part = isFall ? since[0] : since.at(-1)
  return part !== undefined && (isFall ? Number(part.change) < 0 : Number(part.change) > 0) ? part : undefined
}

/** How a unit stands against the year before and where it comes from: `比 2017 年低 1.50 分，主要在自我考核（−1.20）`; empty where the years do not compare. */
export function sinceWords(
  now: Decimal | null,
  previous: {
    readonly year: number
    readonly composite: Decimal | null
    readonly comparable: boolean
    readonly since: readonly PartChange[]
  },
): string {
  const { year, composite, comparable, since } = previous
  if (now === null || composite === null || !comparable) return ''
  const change = Number(format(subtract(decimal(now), decimal(composite))))
  if (change === 0) return t('result.scorecard.since.same', { year })
  const words = t(`result.scorecard.since.${change < 0 ? 'fell' : 'rose'}`, {
    year,
    by: Math.abs(change).toFixed(2),
  })
  const part = mainPart(since, change < 0)
  return part === undefined
    ? words
    : words + t('result.scorecard.since.mainly', { name: named(part.name), change: changeText(part.change) })
}
