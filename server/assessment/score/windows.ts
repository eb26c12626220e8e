import type { Day } from '../day.ts'
import { divide, hundredths, multiply, sum, whole, type Rational } from '../rational.ts'
import { windowEnd, type Component, type Window } from '../rule/scheme.ts'

/** A window of an assessed year with its last day and its share of the component. */
export interface DatedWindow {
  readonly window: Window
  readonly end: Day
  readonly share: Rational
}

/** The share of each window in its component, by key; windows without weights weigh the same. */
export function windowShares({ windows }: Pick<Component, 'windows'>): Map<string, Rational> {
  const weights = windows.map(({ weight }) => (weight === null ? whole(1) : hundredths(weight)))
  const total = sum(weights)
  return new Map(windows.map(({ key }, at) => [key, divide(weights[at] as Rational, total)]))
}

/** A component's windows in order of their ends (model §3 b); none = the year as one. */
export function datedWindows(component: Pick<Component, 'windows'>, year: number): DatedWindow[] {
  const shares = windowShares(component)
  return component.windows
    .map((window) => ({
      window,
      end: windowEnd(window, year),
      share: shares.get(window.key) as Rational,
    }))
    .sort((a, b) => (a.end < b.end ? -1 : Number(a.end > b.end)))
}

/** The window in which a day falls: the first that ends on it or later; the last for days after them all. */
export function windowOn(windows: readonly DatedWindow[], day: Day): DatedWindow | undefined {
  return windows.find(({ end }) => day <= end) ?? windows.at(-1)
}

/** The weighted mean of scores; null while any is, or where there is none. */
export function weightedMean(
  parts: readonly { readonly share: Rational; readonly score: Rational | null }[],
): Rational | null {
  const known = parts.flatMap(({ share, score }) => (score === null ? [] : [{ share, score }]))
  if (known.length < parts.length || known.length === 0) return null
  const total = sum(known.map(({ share }) => share))
  return divide(sum(known.map(({ share, score }) => multiply(share, score))), total)
}
