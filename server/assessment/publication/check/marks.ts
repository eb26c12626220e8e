import { effectiveWeights } from '../../insight/effective-weights.ts'
import { rankedCards } from '../../insight/robustness-input.ts'
import { partOn } from '../../score/scorecard.ts'
import type { CheckItem, ToPublish } from './items.ts'

/** What is not known yet, per unit and part: marks waiting for verification apart from everything else. */
function pendingItems({ assessed }: ToPublish): CheckItem[] {
  return assessed.scorecards.flatMap(({ unitId, unit, components }) =>
    components.flatMap(({ key, name, pending }) =>
      pending.map((reason): CheckItem => {
        const about = { unitId, unit, component: key, name }
        if (reason.code !== 'marks-missing') return { code: 'pending-part', ...about, reason }
        const { window, missing, of } = reason
        return { code: 'unverified-leaves', ...about, window, missing, of }
      }),
    ),
  )
}

/** Windows without a closing day: who has not handed in cannot be told from who still may. */
function windowItems({ scheme, facts, assessed }: ToPublish): CheckItem[] {
  return scheme.components.flatMap((component) =>
    component.method !== 'verified-marks'
      ? []
      : component.windows
          .filter(
            ({ key }) =>
              !facts.closed.some(
                (one) => one.component === component.key && one.window === key && one.on <= assessed.asOf,
              ),
          )
          .map(({ key, name }): CheckItem => ({
            code: 'window-open',
            component: component.key,
            name: component.name,
            window: key,
            windowName: name,
          })),
  )
}

/** Fewer units than this may well have the same mark. */
const FEW = 4

/** The score that most units of a ranking have under a component. */
function commonest(scores: readonly string[]): { mark: string; count: number } {
  const counts = new Map<string, number>()
  for (const score of scores) counts.set(score, (counts.get(score) ?? 0) + 1)
  const [mark, count] = [...counts].sort(([, a], [, b]) => b - a)[0] as [string, number]
  return { mark, count }
}

/** Marks of an external evaluator that hardly tell the units of a ranking apart. */
function alikeItems({ scheme, assessed }: ToPublish): CheckItem[] {
  const weights = effectiveWeights(assessed, scheme)
  return rankedCards(assessed, scheme).flatMap(({ group, cards }, ranking) =>
    scheme.components.flatMap((component, place): CheckItem[] => {
      const scores = cards.flatMap((card) => partOn(card, component.key)?.score ?? [])
      if (component.method !== 'external' || scores.length < FEW) return []
      const { mark, count } = commonest(scores)
      const of = cards.length
      const about = {
        code: 'marks-alike' as const,
        component: component.key,
        name: component.name,
        group,
        of,
      }
      if (count * 2 > of) return [{ ...about, how: 'identical', mark, count }]
      const separates = weights[ranking]?.components[place]?.separates as boolean
      return separates ? [] : [{ ...about, how: 'narrow', mark: null, count: 0 }]
    }),
  )
}

export const markItems = (about: ToPublish): CheckItem[] => [
  ...pendingItems(about),
  ...windowItems(about),
  ...alikeItems(about),
]
