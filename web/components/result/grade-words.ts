import { gradeLineFor, type GradeLine, type Scheme } from '#assessment/rule/scheme'
import { t } from '../../i18n.ts'
import { bandOf, bound } from './shares.ts'

/** How many may hold a grade: `最多 30%`, `最多 5 名`; empty without a quota. */
export function quotaWords({ share, count }: Pick<GradeLine, 'share' | 'count'>): string {
  if (count !== null) return t('result.grades.count', { n: count })
  return share === null ? '' : t('result.grades.share', { share: bound(share) })
}

/** What a grade is given for in a group: its band, its quota, or that it takes all others. */
export function bandWords(scheme: Scheme, tier: number, group = ''): string {
  const grade = scheme.grades[tier]
  if (!grade) return ''
  const quota = tier === scheme.grades.length - 1 ? '' : quotaWords(gradeLineFor(grade, group))
  return [bandOf(scheme, tier, group), quota].filter(Boolean).join(' ') || t('result.grades.others')
}
