import type { HeatCell, HeatStep } from '../../../charts/heat-map.ts'
import { t } from '../../../i18n.ts'
import type { Insight } from '../../../api/insight.ts'

export type IndicatorMap = Insight['maps'][number]

/** Per cent of full marks, best first, as the map paints them: the lower, the darker. */
const bounds = [95, 90, 80, 60] as const

/** The scale of the indicator map. Values are painted by what is missing, so the steps run from little to much. */
export function rateSteps(): HeatStep[] {
  return [
    { below: 100 - bounds[0] + 1e-9, label: t('result.insight.map.above', { n: bounds[0] }) },
    ...bounds.slice(1).map((low, index) => ({
      from: 100 - (bounds[index] as number) + 1e-9,
      below: 100 - low + 1e-9,
      label: t('result.insight.map.fromTo', { from: low, to: bounds[index] as number }),
    })),
    { from: 100 - bounds[3] + 1e-9, label: t('result.insight.map.below', { n: bounds[3] }) },
  ]
}

/** A rate as a cell, by what is missing to full marks. */
export function rateCell(rate: IndicatorMap['rows'][number]['cells'][number]): HeatCell {
  if (rate === null) return { value: null, text: t('result.insight.map.notVerified') }
  if (rate === 'not-applicable') return { value: null, text: t('result.insight.map.notApplicable') }
  return { value: 100 - Number(rate), text: String(Math.round(Number(rate))) }
}

/** Steps for counts up to `most`: each step five at most. */
export function countSteps(most: number): HeatStep[] {
  const size = Math.max(1, Math.ceil(most / 5))
  return Array.from({ length: Math.min(5, Math.ceil(most / size)) }, (_, index) => {
    const from = index * size + 1
    const isLast = index === 4 || from + size > most
    const label =
      isLast && most > from
        ? t('result.insight.spots.more', { n: from })
        : size === 1
          ? t('result.insight.spots.one', { n: from })
          : t('result.insight.spots.range', { from, to: from + size - 1 })
    return { from, ...(isLast ? {} : { below: from + size }), label }
  })
}

/** Rows become columns. */
export const turned = <Value>(rows: readonly (readonly Value[])[]): Value[][] =>
  (rows[0] ?? []).map((_, index) => rows.map((row) => row[index] as Value))
