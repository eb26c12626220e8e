import type { Scheme } from '#assessment/scheme'
import { t } from '../../i18n.ts'
import type { drawing } from '../../workers/drawing.ts'

/** How the intervals come about, printed under them. */
export const intervalRules = (scheme: Scheme, of: number, { draws, spread, seed }: typeof drawing): string =>
  t('robustness.rules', {
    parts: scheme.components.length,
    of,
    spread: Math.round(spread * 100),
    draws: draws.toLocaleString('en-US'),
    seed,
  }) + (scheme.excellenceQuota ? t('robustness.quotaNote') : '')
