import { t } from '../../../i18n.ts'
import { named } from '../../../scheme-names.ts'
import { signed } from '../../../locales/figures.ts'
import type { Trend } from '../../../api/insight.ts'

type Year = Trend['years'][number]

/** Key of what the lines show; the composite, or a component's key. */
export const composite = 'composite'

export const valueIn = (year: Year, unitId: string, measure: string): number | null => {
  const unit = year.units.find((one) => one.unitId === unitId)
  const place = year.components.findIndex(({ key }) => key === measure)
  const value = measure === composite ? unit?.composite : unit?.scores[place]
  return value === null || value === undefined ? null : Number(value)
}

/** Whether what is shown may be compared with the year before. */
export const isConnected = ({ sinceBefore }: Year, measure: string): boolean =>
  sinceBefore !== null &&
  (measure === composite ? sinceBefore.composite : sinceBefore.components.includes(measure))

/** In one sentence, whether a year compares with the one before. */
export function comparabilityWords(year: Year, before: Year): string {
  const { sinceBefore, components } = year
  const years = { year: year.year, before: before.year }
  if (!sinceBefore) return ''
  if (sinceBefore.composite && sinceBefore.grades)
    return t(sinceBefore.sameScheme ? 'result.insight.vs.sameScheme' : 'result.insight.vs.sameRule', years)
  if (sinceBefore.composite) return t('result.insight.vs.gradesOnly', years)
  const parts = components
    .filter(({ key }) => sinceBefore.components.includes(key))
    .map(({ name }) => named(name))
  return parts.length === 0
    ? t('result.insight.vs.noParts', years)
    : t('result.insight.vs.someParts', { ...years, parts: parts.join(t('result.ranking.separator')) })
}

/** What became of the first unit over the last stretch of comparable years. */
export function trendTitle(
  years: readonly Year[],
  unit: { readonly unitId: string; readonly name: string } | undefined,
  measure: string,
): string {
  if (!unit) return t('result.insight.vs.trendNeutral')
  const start = years.map((year) => isConnected(year, measure)).lastIndexOf(false)
  const known = years.slice(Math.max(0, start)).flatMap((year) => {
    const value = valueIn(year, unit.unitId, measure)
    return value === null ? [] : [{ year: year.year, value }]
  })
  const [first, last] = [known[0], known.at(-1)]
  if (!first || !last || first === last) return t('result.insight.vs.trendNeutral')
  const by = signed(Math.abs(last.value - first.value).toFixed(2))
  const change =
    last.value === first.value
      ? t('result.insight.vs.trendSame')
      : t(last.value > first.value ? 'result.insight.vs.trendUp' : 'result.insight.vs.trendDown', { by })
  return t('result.insight.vs.trend', { unit: unit.name, from: first.year, to: last.year, change })
}
