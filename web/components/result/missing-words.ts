import type { Component } from '#assessment/rule/scheme'
import type { PendingReason, Standing } from '#assessment/score/scorecard'
import { t } from '../../i18n.ts'
import { named } from '../../scheme-names.ts'

const missing = {
  deductions: () => t('result.ranking.missing.deductions'),
  'verified-marks': () => t('result.ranking.missing.verifiedMarks'),
  external: () => t('result.ranking.missing.external'),
} as const

/** Why a component has no score, as short as a table cell. */
export function missingWords(component: Component | undefined, standing: Standing, interim = false): string {
  if (component && !(component.name in standing.components))
    return interim ? t('result.interim.notYet') : t('result.scorecard.notApplicable')
  return component && standing.pending.includes(component.name) ? missing[component.method]() : '—'
}

const windowName = (component: Component, key: string): string =>
  named(component.windows.find((window) => window.key === key)?.name ?? key)

const dimensionName = (component: Component, key: string): string =>
  named((component.method === 'external' && component.dimensions.find((one) => one.key === key)?.name) || key)

/** Why a component has no score, in a sentence. */
export function reasonWords(reason: PendingReason, component: Component): string {
  if (reason.code === 'window-missing') {
    return t('result.scorecard.pending.windowMissing', { window: windowName(component, reason.window) })
  }
  if (reason.code === 'marks-missing') {
    const { missing: n, of } = reason
    return t('result.scorecard.pending.marksMissing', {
      window: windowName(component, reason.window),
      missing: n,
      of,
    })
  }
  if (reason.code === 'nothing-applicable') {
    return t('result.scorecard.pending.nothingApplicable', { window: windowName(component, reason.window) })
  }
  const window = reason.window === null ? '' : windowName(component, reason.window)
  return reason.dimension === null
    ? window + t('result.scorecard.pending.externalMissing')
    : window +
        t('result.scorecard.pending.dimensionMissing', {
          dimension: dimensionName(component, reason.dimension),
        })
}
