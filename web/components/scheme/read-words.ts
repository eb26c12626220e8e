import {
  type Adjustments,
  type DeductionsComponent,
  type GroupVariant,
  isGain,
  type Scheme,
  type Window,
} from '#assessment/rule/scheme'
import { t } from '../../i18n.ts'
import { named } from '../../scheme-names.ts'
import { pointsText } from './scheme-draft.ts'
import { ruleDayWords } from './scheme-words.ts'

const separator = (): string => t('result.overview.separator')

/** `上半年（统计至当年6月30日，当年7月15日报送，权重 40）`. */
function windowWords({ name, ends, due, weight }: Window): string {
  const about = [
    ...(ends === null ? [] : [t('scheme.windowEnds', { day: ruleDayWords(ends) })]),
    ...(due === null ? [] : [t('scheme.windowDueOn', { day: ruleDayWords(due) })]),
    ...(weight === null ? [] : [t('scheme.windowWeighs', { weight: pointsText(weight) })]),
  ]
  return about.length === 0
    ? named(name)
    : t('scheme.windowAbout', { name: named(name), about: about.join(t('scheme.comma')) })
}
/** Every window of a part, with what it covers. */
export const windowsWords = (windows: readonly Window[]): string => windows.map(windowWords).join(separator())

/** What is different for a group. */
export function variantWords({ group, weight, full }: GroupVariant): string {
  if (weight === 'not-applicable') return t('scheme.variantOf.not-applicable', { group: named(group) })
  const about = [
    ...(weight === null ? [] : [t('scheme.variantOf.weight', { weight: pointsText(weight) })]),
    ...(full === null ? [] : [t('scheme.variantOf.full', { full })]),
  ]
  return `${named(group)}${t('result.scorecard.colon')}${about.join(t('scheme.comma'))}`
}

/** How a ledger is reckoned with. */
export function ledgerRule({ base, floor, full, ceiling, kinds }: DeductionsComponent): string {
  const start = t('scheme.ledgerRule.base', { base: pointsText(base) })
  const moves = t(kinds.some(isGain) ? 'scheme.ledgerRule.both' : 'scheme.ledgerRule.losses', {
    floor: pointsText(floor),
  })
  const top =
    ceiling === 'none'
      ? t('scheme.ledgerRule.open')
      : typeof ceiling === 'number'
        ? t('scheme.ledgerRule.ceiling', { ceiling: pointsText(ceiling) })
        : ''
  return start + moves + top + (full === null ? '' : t('scheme.ledgerRule.full', { full: pointsText(full) }))
}

/** What of 总分加减 counts. */
export function adjustmentRule({ gainCap, unlock }: Adjustments): string {
  const cap = gainCap === null ? '' : t('scheme.adjustmentRule.cap', { cap: pointsText(gainCap) })
  const from =
    unlock === null
      ? ''
      : t(`scheme.adjustmentRule.${unlock.inclusive ? 'from' : 'above'}`, { from: pointsText(unlock.from) })
  return t('scheme.adjustmentRule.losses') + from + cap
}

/** One option as the read view tells it. */
export interface OptionRow {
  readonly name: string
  readonly value: string
  readonly text: string
}

/** Options, each with a sentence on what it does. */
export function optionRows(scheme: Scheme): OptionRow[] {
  const { decimals, rounding, ties, rankAcrossGroups, appealWithin, publicity, ceiling, scale, groupScales } =
    scheme
  const hasQuotas = scheme.grades.some(({ share, count, groups }) =>
    [{ share, count }, ...groups].some((line) => line.share !== null || line.count !== null),
  )
  const scales = [
    pointsText(scale),
    ...groupScales.map((own) => `${named(own.group)} ${pointsText(own.scale)}`),
  ].join(separator())
  const { quotas } = scheme
  return [
    {
      name: t('scheme.field.rounding'),
      value: t('scheme.roundingValue', { decimals, rounding: t(`scheme.rounding.${rounding}`) }),
      text: t('scheme.roundingText'),
    },
    { name: t('scheme.field.ties'), value: t(`scheme.ties.${ties}`), text: t(`scheme.tiesText.${ties}`) },
    {
      name: t('scheme.field.rankAcrossGroups'),
      value: t(rankAcrossGroups ? 'scheme.acrossGroups' : 'scheme.perGroup'),
      text: t('scheme.acrossText'),
    },
    {
      name: t('scheme.field.appealWithin'),
      value: t('scheme.workingDays', { n: appealWithin }),
      text: t('scheme.appealText'),
    },
    {
      name: t('scheme.field.publicity'),
      value: t(`scheme.publicity.${publicity}`),
      text: t('scheme.publicityText'),
    },
    ...(scale === 10_000 && groupScales.length === 0
      ? []
      : [{ name: t('scheme.totalScale'), value: scales, text: t('scheme.totalScaleText') }]),
    ...(ceiling === null
      ? []
      : [{ name: t('scheme.totalCeiling'), value: pointsText(ceiling), text: t('scheme.totalCeilingText') }]),
    ...(hasQuotas
      ? [
          {
            name: t('scheme.field.quotaRounding'),
            value: [
              t(`scheme.shareRounding.${quotas.rounding}`),
              t(quotas.atLeastOne ? 'scheme.atLeastOneYes' : 'scheme.atLeastOneNo'),
              t(`scheme.tieAcross.${quotas.tieAcross}`),
            ].join(separator()),
            text: t('scheme.tieAcrossText'),
          },
        ]
      : []),
  ]
}
