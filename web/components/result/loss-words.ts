import { t } from '../../i18n.ts'
import type { LossSubject } from './loss-items.ts'

const words: {
  readonly [Type in LossSubject['type']]: (subject: Extract<LossSubject, { type: Type }>) => string
} = {
  finding: ({ number, kind }) => `${number} ${kind}`,
  kind: ({ name, count }) => t('result.scorecard.items.kind', { name, n: count }),
  area: ({ name }) => name,
  window: ({ name, missing }) => (missing ? t('result.scorecard.items.missingWindow', { name }) : name),
  dimension: ({ name }) => name,
  component: ({ name }) => name,
  limits: () => t('result.scorecard.items.limits'),
}

/** What a loss is about, in a few words. */
export const lossWords = (subject: LossSubject): string =>
  (words[subject.type] as (subject: LossSubject) => string)(subject)
