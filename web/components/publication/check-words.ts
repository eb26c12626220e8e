import type { RouteLocationRaw } from 'vue-router'
import { checkCodes, gravityOf, type CheckCode, type CheckSeverity } from '#assessment/publication/check'
import type { CheckItem } from '#assessment/publication/check/items'
import { windowOf, type Scheme } from '#assessment/rule/scheme'
import { t } from '../../i18n.ts'
import { named } from '../../scheme-names.ts'
import { dayInProse } from '../../locales/format.ts'
import { reasonWords } from '../result/missing-words.ts'

export interface CheckPlace {
  readonly assessmentId: string
  readonly scheme: Scheme
  readonly asOf: string
  /** Whether the reader may open a page; otherwise the item leads to the next best place. */
  readonly can: (permission: 'mark.verify' | 'finding.decide') => boolean
}

export interface CheckLine {
  readonly text: string
  readonly to: RouteLocationRaw
}

export interface CheckBundle {
  readonly code: CheckCode
  readonly severity: CheckSeverity
  /** Things found; what many units lack alike is one line. */
  readonly count: number
  readonly lines: readonly CheckLine[]
}

const windowName = (scheme: Scheme, component: string, window: string): string =>
  named(windowOf(scheme, component, window)?.name ?? window)

/** One thing found, in words, and where to settle it. */
export function checkLine(item: CheckItem, { assessmentId, scheme, asOf, can }: CheckPlace): CheckLine {
  const page = (name: string, query: Record<string, string> = {}): RouteLocationRaw => ({
    name,
    params: { assessmentId },
    query,
  })
  const scorecard = (unitId: string): RouteLocationRaw => ({
    name: 'scorecard',
    params: { assessmentId, unitId },
    query: { asOf },
  })
  const finding = (name: string, findingId: string) => page(name, { finding: findingId })
  const verification = (unitId: string, component: string, window: string) =>
    can('mark.verify')
      ? page('verification', { component, window, mode: 'unit', unit: unitId })
      : scorecard(unitId)
  switch (item.code) {
    case 'basis-empty':
      return { text: t('publication.checks.text.basis'), to: page('ranking', { results: 'interim' }) }
    case 'wrong-stage':
      return {
        text: t('publication.checks.text.stage', {
          stage: t(`vocabulary.stage.${item.stage}`),
        }),
        to: page('course'),
      }
    case 'pending-part': {
      const component = scheme.components.find(({ key }) => key === item.component)
      return {
        text: t('publication.checks.text.part', {
          unit: item.unit,
          name: named(item.name),
          reason: component ? reasonWords(item.reason, component) : '',
        }),
        to:
          component?.method === 'external'
            ? page('third-party')
            : 'window' in item.reason && item.reason.window !== null
              ? verification(item.unitId, item.component, item.reason.window)
              : scorecard(item.unitId),
      }
    }
    case 'unverified-leaves':
      return {
        text: t('publication.checks.text.leaves', {
          unit: item.unit,
          name: named(item.name),
          window: windowName(scheme, item.component, item.window),
          missing: item.missing,
          of: item.of,
        }),
        to: verification(item.unitId, item.component, item.window),
      }
    case 'undecided-appeal':
    case 'unreviewed-rectification': {
      const { number, unit, what, worth } = item
      const toAppeals = item.code === 'undecided-appeal' && can('finding.decide')
      return {
        text: t('publication.checks.text.finding', { number, unit, what, worth }),
        to: finding(toAppeals ? 'appeals' : 'ledger', item.findingId),
      }
    }
    case 'window-open':
      return {
        text: t('publication.checks.text.window', { name: named(item.name), window: named(item.windowName) }),
        to: page('course'),
      }
    case 'appeal-period-open':
      return {
        text: t('publication.checks.text.appeal', {
          unit: item.unit,
          n: item.count,
          day: dayInProse(item.until),
        }),
        to: page('ledger', { unit: item.unitId }),
      }
    case 'unannounced-deadlines':
      return {
        text: t('publication.checks.text.holidays', {
          unit: item.unit,
          number: item.number,
          n: item.count,
          year: String(item.year),
        }),
        to: finding('ledger', item.findingId),
      }
    case 'marks-alike': {
      const { of, count } = item
      const name = named(item.name)
      const group = item.group === null ? t('publication.checks.wholeGroup') : named(item.group)
      return {
        text:
          item.how === 'identical'
            ? t('publication.checks.text.identical', { name, group, of, count, mark: item.mark ?? '' })
            : t('publication.checks.text.narrow', { name, group, of }),
        to: page('third-party'),
      }
    }
    case 'near-grade-edge': {
      const { unit, composite, grade, other } = item
      return {
        text: t('publication.checks.text.edge', {
          unit,
          composite,
          grade: named(grade),
          other: named(other),
        }),
        to: scorecard(item.unitId),
      }
    }
  }
}

type PendingPart = Extract<CheckItem, { code: 'pending-part' }>

/** More units than this that lack the same are told in one line. */
const FEW = 3

/** What many units lack for the same reason, in one line with how many; the others one by one. */
function pendingLines(items: readonly PendingPart[], place: CheckPlace): CheckLine[] {
  const alike = new Map<string, PendingPart[]>()
  for (const item of items) {
    const key = `${item.component} ${JSON.stringify(item.reason)}`
    alike.set(key, [...(alike.get(key) ?? []), item])
  }
  return [...alike.values()].flatMap((group) => {
    const [first] = group
    if (!first || group.length <= FEW) return group.map((item) => checkLine(item, place))
    const unit = t('publication.checks.units', { n: group.length })
    return [checkLine({ ...first, unit }, place)]
  })
}

/** What was found, kind by kind, the gravest first. */
export function checkBundles(items: readonly CheckItem[], place: CheckPlace): CheckBundle[] {
  return checkCodes.flatMap((code) => {
    const found = items.filter((item) => item.code === code)
    if (found.length === 0) return []
    const lines =
      code === 'pending-part'
        ? pendingLines(
            found.filter((item): item is PendingPart => item.code === 'pending-part'),
            place,
          )
        : found.map((item) => checkLine(item, place))
    return [{ code, severity: gravityOf(code, { interim: null }) ?? 'note', count: found.length, lines }]
  })
}
