import type { Day } from '#assessment/day'
import { dueDay } from '#assessment/score/due-day'
import { handInDay, type VerifiedMarksComponent } from '#assessment/rule/scheme'
import type { Scorecard } from '#assessment/score/scorecard'
import type { AssessedOn } from '../assessed.ts'

/** One unit's part of a window on a day. */
export interface UnitWindow {
  readonly component: VerifiedMarksComponent
  readonly key: string
  /** The unit's own day, with the extensions granted by then. */
  readonly dueOn: Day
  readonly unitId: string
  readonly unit: string
  readonly submittedOn: Day | null
  readonly hasMarks: boolean
  readonly verified: boolean
}

/** The windows of every unit that is followed in a component. */
export function unitWindows(
  on: AssessedOn,
  year: number,
  isFollowed: (component: VerifiedMarksComponent, unitId: string) => boolean,
): UnitWindow[] {
  const { scheme, facts, assessed } = on
  const submissions = new Map<string, Day>()
  for (const { unitId, component, window, on: day } of facts.submissions) {
    if (day <= assessed.asOf) submissions.set(JSON.stringify([unitId, component, window]), day)
  }
  const stepOf = (card: Scorecard, component: string, key: string) => {
    const steps = card.components.find((one) => one.key === component)?.steps
    return steps?.method === 'verified-marks' ? steps.windows.find((window) => window.key === key) : undefined
  }
  return scheme.components.flatMap((component) =>
    component.method !== 'verified-marks'
      ? []
      : component.windows.flatMap((window) =>
          assessed.scorecards
            .filter(({ unitId }) => isFollowed(component, unitId))
            .map((card) => {
              const { key } = window
              const step = stepOf(card, component.key, key)
              return {
                component,
                key,
                dueOn: dueDay(
                  { component: component.key, key, dueOn: handInDay(window, year) },
                  card.unitId,
                  facts.extensions ?? [],
                  assessed.asOf,
                ),
                unitId: card.unitId,
                unit: card.unit,
                submittedOn: submissions.get(JSON.stringify([card.unitId, component.key, key])) ?? null,
                hasMarks: (step?.marks.length ?? 0) > 0,
                verified: step?.score != null && !step.countedAsZero,
              }
            }),
        ),
  )
}
