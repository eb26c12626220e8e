/** A number as people read scores: two decimals and a real minus sign. For drawing and labels only. */
export const scoreText = (value: number): string => value.toFixed(2).replace('-', '−')

/** A number as an axis shows it: as short as it is, with a real minus sign. */
export const axisText = (value: number): string => String(Math.round(value * 100) / 100).replace('-', '−')

/** A step for an axis that shows `range` with about four marks. */
export function axisStep(range: number): number {
  const small = [0.5, 1, 2, 5].find((step) => range / step <= 5)
  if (small !== undefined) return small
  const power = 10 ** Math.floor(Math.log10(range / 5))
  return ([1, 2, 5, 10].find((size) => range / (size * power) <= 5) ?? 10) * power
}
