import { t } from '../../i18n.ts'
import { named } from '../../scheme-names.ts'
import type { LossSubject } from './loss-items.ts'

const words: {
  readonly [Type in LossSubject['type']]: (subject: Extract<LossSubject, { type: Type }>) => string
} = {
  finding: ({ number, kind }) => `${number} ${named(kind)}`,
  kind: ({ name, count }) => t('result.scorecard.items.kind', { name: named(name), n: count }),
  area: ({ name }) => named(name),
  window: ({ name, missing }) =>
    missing ? t('result.scorecard.items.missingWindow', { name: named(name) }) : named(name),
  dimension: ({ window, name }) => [window ?? '', name].map(named).join(' ').trim(),
  component: ({ name }) => named(name),
  limits: () => t('result.scorecard.items.limits'),
  gains: ({ count }) => t('result.scorecard.items.gains', { n: count }),
  bounds: () => t('result.scorecard.items.bounds'),
}

/** What a loss is about, in a few words. */
export const lossWords = (subject: LossSubject): string =>
  (words[subject.type] as (subject: LossSubject) => string)(subject)
