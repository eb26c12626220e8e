import { decimal, exactly, hundredths, ratio } from '../assessment/rational.ts'
import type { Component, Scheme } from '../assessment/scheme.ts'

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
          .map(({ name, points, trigger, provider, rectifyWithin: { days, count } }) =>
            JSON.stringify([name, points, trigger, provider, days, count]),
          )
          .sort(),
      }
    case 'verified-marks':
      return common
    case 'external':
      return { ...common, full: exactly(decimal(component.full)) }
  }
}

function schemeView({ components, grades }: Scheme): string {
  const weights = components.reduce((total, component) => total + component.weight, 0)
  return JSON.stringify({
    components: components.map((component) => componentView(component, weights)),
    grades: grades.map(({ name, from }) => [name, exactly(hundredths(from))]),
  })
}

/**
 * Whether two schemes say the same in everything that a workbook's sheets carry: components with their method, share,
 * base, floor and full marks; deduction kinds; grade bands. Keys, clauses and options have no place there.
 */
export const sameScheme = (sheetScheme: Scheme, scheme: Scheme): boolean =>
  schemeView(sheetScheme) === schemeView(scheme)
