import type { SchemeField, SchemePart } from '#assessment/rule/scheme-fields'
import { fieldOf, type FieldValue } from '#assessment/rule/scheme-nodes'
import type { RuleDay } from '#assessment/rule/scheme'
import type { Unit, Vocabulary } from '#assessment/rule/scheme-words'
import { t, type MessageKey } from '../../i18n.ts'
import { pointsText } from './scheme-draft.ts'

/** `当年7月15日`, `15 Jul of the year`. */
export function ruleDayWords({ yearOffset, month, day }: RuleDay): string {
  const year = t(
    yearOffset === 0 ? 'scheme.thisYear' : yearOffset === 1 ? 'scheme.nextYear' : 'scheme.yearAfter',
  )
  return t('scheme.ruleDay', { year, month, day })
}

/** Where the words of each vocabulary stand. */
const wordsOf: Readonly<Record<Vocabulary, string>> = {
  method: 'scheme.method',
  trigger: 'vocabulary.trigger.rule',
  dayCount: 'scheme.dayCount',
  missing: 'scheme.missing',
  rounding: 'scheme.rounding',
  ties: 'scheme.ties',
  publicity: 'scheme.publicity',
}
const isVocabulary = (unit: Unit | undefined): unit is Vocabulary => unit !== undefined && unit in wordsOf

/** The value of a field as people read it. */
export function fieldValueWords(part: SchemePart, field: SchemeField, value: FieldValue): string {
  if (value === null || value === '') return t('scheme.none')
  if (typeof value === 'boolean') return t(value ? 'scheme.yes' : 'scheme.no')
  const unit = fieldOf(part, field)?.unit
  if (typeof value === 'number') return unit === 'points' ? pointsText(value) : String(value)
  if (unit === 'day') {
    const [yearOffset = 0, month = 1, day = 1] = value.split('/').map(Number)
    return ruleDayWords({ yearOffset, month, day })
  }
  return isVocabulary(unit) ? t(`${wordsOf[unit]}.${value}` as MessageKey) : value
}
