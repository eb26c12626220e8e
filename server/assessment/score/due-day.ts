import { later, type Day } from '../day.ts'
import type { ClosedWindow, WindowExtension } from './facts.ts'

const concerns = (extension: WindowExtension, unitId: string | null): boolean =>
  extension.unitId === null || extension.unitId === unitId

/**
 * 报送截止日: the day by which a unit hands in a window, as known on `asOf`: the rule's day, or the latest one granted to the unit or to
 * all by then. For the unit null, the day of all units without an extension of their own.
 */
export const dueDay = (
  window: { readonly component: string; readonly key: string; readonly dueOn: Day },
  unitId: string | null,
  extensions: readonly WindowExtension[],
  asOf: Day,
): Day =>
  extensions
    .filter(
      (one) =>
        one.component === window.component &&
        one.window === window.key &&
        one.on <= asOf &&
        concerns(one, unitId),
    )
    .map(({ due }) => due)
    .reduce(later, window.dueOn)

/** The windows closed for a unit on a day: a window stays open for it until the day of its extension is over. */
export const closedFor = (
  closed: readonly ClosedWindow[],
  unitId: string,
  extensions: readonly WindowExtension[],
  asOf: Day,
): ClosedWindow[] =>
  closed.filter(
    ({ component, window, on }) =>
      on <= asOf && dueDay({ component, key: window, dueOn: '' }, unitId, extensions, asOf) < asOf,
  )
