import type { FieldValue, SchemeField } from '#assessment/rule/scheme-diff'
import type { RuleDay } from '#assessment/rule/scheme'
import { t, type MessageKey } from '../../i18n.ts'
import { pointsText } from './scheme-draft.ts'

/** `当年7月15日`, `15 Jul of the year`. */
export function ruleDayWords({ yearOffset, month, day }: RuleDay): string {
  const year = t(
    yearOffset === 0 ? 'scheme.thisYear' : yearOffset === 1 ? 'scheme.nextYear' : 'scheme.yearAfter',
  )
  return t('scheme.ruleDay', { year, month, day })
}

const inHundredths: ReadonlySet<SchemeField> = new Set([
  'weight',
  'base',
  'floor',
  'points',
  'cap',
  'from',
  'unlockedFrom',
  'percent',
])
const vocabularyOf: Partial<Record<SchemeField, string>> = {
  method: 'scheme.method',
  trigger: 'vocabulary.trigger.rule',
  rectifyCount: 'scheme.dayCount',
  missing: 'scheme.missing',
  rounding: 'scheme.rounding',
  ties: 'scheme.ties',
  publicity: 'scheme.publicity',
}

/** The value of a field as people read it. */
export function fieldValueWords(field: SchemeField, value: FieldValue): string {
  if (value === null || value === '') return t('scheme.none')
  if (typeof value === 'boolean') return t(value ? 'scheme.yes' : 'scheme.no')
  if (typeof value === 'number') return inHundredths.has(field) ? pointsText(value) : String(value)
  if (field === 'due') {
    const [yearOffset = 0, month = 1, day = 1] = value.split('/').map(Number)
    return ruleDayWords({ yearOffset, month, day })
  }
  const vocabulary = vocabularyOf[field]
  return vocabulary === undefined ? value : t(`${vocabulary}.${value}` as MessageKey)
}
