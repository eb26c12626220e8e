import { decimal, exactly, hundredths, ratio } from '../../assessment/rational.ts'
import { leavesOf, type Component, type Scheme } from '../../assessment/rule/scheme.ts'

function componentView(component: Component, weights: number) {
  const { name, method } = component
  const common = { name, method, share: exactly(ratio(BigInt(component.weight), BigInt(weights))) }
  switch (component.method) {
    case 'deductions':
      return {
        ...common,
        base: component.base,
        floor: component.floor,
        kinds: component.kinds
          .map(
            ({ name, points, trigger, provider, rectifyWithin: { days, count }, cap, chargedUpward, veto }) =>
              JSON.stringify([name, points, trigger, provider, days, count, cap, chargedUpward, veto]),
          )
          .sort(),
      }
    case 'verified-marks':
      return {
        ...common,
        windows: component.windows.map((window) => window.name),
        missing: component.missingWindow,
        leaves: leavesOf(component.indicators).map((leaf) => [leaf.name, leaf.full]),
      }
    case 'external':
      return {
        ...common,
        full: exactly(decimal(component.full)),
        dimensions: component.dimensions.map((dimension) => [dimension.name, dimension.full]),
        missing: component.missing,
      }
  }
}

function schemeView({ components, grades, ...options }: Scheme): string {
  const { decimals, rounding, ties, rankAcrossGroups, bonus, excellenceQuota } = options
  const weights = components.reduce((total, component) => total + component.weight, 0)
  return JSON.stringify({
    components: components.map((component) => componentView(component, weights)),
    grades: grades.map(({ name, from }) => [name, exactly(hundredths(from))]),
    options: [decimals, rounding, ties, rankAcrossGroups],
    bonus: bonus && [bonus.unlockedFrom, bonus.cap],
    quota: excellenceQuota && excellenceQuota.percent,
  })
}

/**
 * Whether two schemes count the same: components with their method, share, base, floor and full marks; deduction kinds;
 * windows, leaves and dimensions; grade bands; options of the arithmetic. Keys, clauses and days have no part in it.
 */
export const sameScheme = (sheetScheme: Scheme, scheme: Scheme): boolean =>
  schemeView(sheetScheme) === schemeView(scheme)
