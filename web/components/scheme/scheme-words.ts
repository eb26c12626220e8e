import type { SchemeField, SchemePart } from '#assessment/rule/scheme-fields'
import { fieldOf, type FieldValue } from '#assessment/rule/scheme-nodes'
import { diffSchemes, type SchemeChange } from '#assessment/rule/scheme-diff'
import type { RuleDay, Scheme } from '#assessment/rule/scheme'
import type { Unit, Vocabulary } from '#assessment/rule/scheme-words'
import { t, type MessageKey } from '../../i18n.ts'
import { named } from '../../scheme-names.ts'
import type { Facet } from '../ui/TwoVersions.vue'
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
  effect: 'scheme.effectOf',
  shareRounding: 'scheme.shareRounding',
  tieAcross: 'scheme.tieAcross',
  scaleType: 'scheme.scaleType',
}
const isVocabulary = (unit: Unit | undefined): unit is Vocabulary => unit !== undefined && unit in wordsOf

/** The value of a field as people read it. */
export function fieldValueWords(part: SchemePart, field: SchemeField, value: FieldValue): string {
  if (value === null || value === '') return t('scheme.none')
  if (typeof value === 'boolean') return t(value ? 'scheme.yes' : 'scheme.no')
  const unit = fieldOf(part, field)?.unit
  if (typeof value === 'number')
    return unit === 'points' || unit === 'positive' || unit === 'ceiling' || unit === 'groupWeight'
      ? pointsText(value)
      : String(value)
  if (unit === 'ceiling') return t(value === 'none' ? 'scheme.ceilingNone' : 'scheme.ceilingFull')
  if (unit === 'groupWeight') return t('scheme.partNotApplicable')
  if (unit === 'day') {
    const [yearOffset = 0, month = 1, day = 1] = value.split('/').map(Number)
    return ruleDayWords({ yearOffset, month, day })
  }
  return isVocabulary(unit) ? t(`${wordsOf[unit]}.${value}` as MessageKey) : value
}

/** A difference between two schemes as people read it. */
export interface ChangeWords {
  readonly part: string
  /** The way to the thing, outermost first. */
  readonly place: string
  readonly what: string
  /** Empty where the whole thing came, went or moved. */
  readonly before: string
  readonly after: string
}

export function changeWords({ part, trail, change, field, from, to }: SchemeChange): ChangeWords {
  const place = { part: t(`scheme.partName.${part}`), place: trail.map(named).join(' › ') }
  if (change !== 'changed') return { ...place, what: t(`scheme.change.${change}`), before: '', after: '' }
  if (field === null || field === 'order')
    return { ...place, what: t('scheme.field.order'), before: '', after: '' }
  return {
    ...place,
    what: t(`scheme.field.${field}`),
    before: fieldValueWords(part, field, from),
    after: fieldValueWords(part, field, to),
  }
}

/** What differs between two versions of a draft, as each of them has it. */
export function schemeVersions(mine: Scheme, theirs: Scheme): Record<'mine' | 'theirs', Facet[]> {
  const words = diffSchemes(theirs, mine).changes.map(changeWords)
  const label = ({ part, place, what }: ChangeWords) => `${part} ${place} ${what}`
  return {
    mine: words.map((change) => ({ label: label(change), text: change.after || change.what })),
    theirs: words.map((change) => ({ label: label(change), text: change.before })),
  }
}
