import type { Day } from '../day.ts'
import { divide, format, hundred, hundredths, multiply } from '../rational.ts'
import { componentFor, type Component, type Scheme } from '../rule/scheme.ts'
import type { Part, UnitParts } from './parts.ts'
import { totalWeight } from './composite.ts'
import type { InterimBasis } from './scorecard.ts'
import { datedWindows } from './windows.ts'

/** What of a group's parts counts so far. */
export interface Basis {
  /** Whether a window of a component is in it; the key null is a part without windows. */
  readonly has: (component: string, window: string | null) => boolean
  readonly told: InterimBasis
}

/** Whether some unit of the group has a complete score in a window of a part. */
const anyComplete = (units: readonly UnitParts[], component: string, window: string | null): boolean =>
  units.some(({ parts }) =>
    parts.some(
      (part: Part) =>
        part.component.key === component &&
        part.windows.some(({ key, score }) => key === window && score !== null),
    ),
  )

/**
 * The windows of a part that are in the basis on a day: of a ledger those begun, the first always; of others those whose statistics end has
 * passed — from the day after it — and in which at least one unit of the group has a complete score. A part without windows is one window.
 */
function windowsIn(
  component: Component,
  units: readonly UnitParts[],
  year: number,
  asOf: Day,
): { readonly key: string | null; readonly name: string | null }[] {
  const dated = datedWindows(component, year)
  const whole = { key: null, name: null }
  if (component.method === 'deductions') {
    if (dated.length === 0) return [whole]
    return dated.flatMap(({ window: { key, name } }, at) => {
      const before = dated[at - 1]
      return before === undefined || asOf > before.end ? [{ key, name }] : []
    })
  }
  if (dated.length === 0) return anyComplete(units, component.key, null) ? [whole] : []
  return dated.flatMap(({ window: { key, name }, end }) =>
    asOf > end && anyComplete(units, component.key, key) ? [{ key, name }] : [],
  )
}

/** The basis of each group's interim standing (model §3 c), groups in the order in which they first appear. */
export function basisOf(
  scheme: Scheme,
  parts: readonly UnitParts[],
  year: number,
  asOf: Day,
): Map<string, Basis> {
  const groups = [...new Set(parts.map(({ participant }) => participant.group))]
  return new Map(
    groups.map((group) => {
      const units = parts.filter(({ participant }) => participant.group === group)
      const applying = scheme.components.flatMap((component) => componentFor(component, group) ?? [])
      const inBasis = applying.map((component) => ({
        component,
        windows: windowsIn(component, units, year, asOf),
      }))
      const counted = inBasis.filter(({ windows }) => windows.length > 0)
      const keys = new Set(
        counted.flatMap(({ component, windows }) =>
          windows.map(({ key }) => JSON.stringify([component.key, key])),
        ),
      )
      const [weight, total] = [totalWeight(counted.map(({ component }) => component)), totalWeight(applying)]
      const share =
        total === 0 ? hundredths(0) : multiply(divide(hundredths(weight), hundredths(total)), hundred)
      const basis = counted.flatMap(({ component, windows }) =>
        windows.map(({ name }) => (name === null ? component.name : `${component.name}·${name}`)),
      )
      return [
        group,
        {
          has: (component, window) => keys.has(JSON.stringify([component, window])),
          told: { basis, share: format(share) },
        },
      ] as const
    }),
  )
}
