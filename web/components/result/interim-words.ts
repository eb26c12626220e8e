import type { InterimBasis } from '#assessment/score/scorecard'
import type { Interim } from '../../api/interim.ts'
import { t } from '../../i18n.ts'
import { named, namedParts } from '../../scheme-names.ts'
import { brief } from './exact-text.ts'

/** `阶段成绩：只计 平时考核 + 自我考核·上半年，共占 70%`. */
export const basisWords = ({ basis, share }: InterimBasis): string =>
  basis.length === 0
    ? t('result.interim.none')
    : t('result.interim.basis', {
        basis: basis.map(namedParts).join(t('result.interim.plus')),
        share: brief(share),
      })

/** What interim scores rest on; once where all groups rest on the same. */
export function interimLines(interim: Interim, group?: string): string[] {
  const own = group === undefined ? undefined : interim[group]
  if (own) return [basisWords(own)]
  const lines = Object.entries(interim).map(([name, basis]) => ({ name, words: basisWords(basis) }))
  const isAlike = lines.every(({ words }) => words === lines[0]?.words)
  return isAlike
    ? lines.slice(0, 1).map(({ words }) => words)
    : lines.map(({ name, words }) => `${named(name)}${t('result.scorecard.colon')}${words}`)
}
