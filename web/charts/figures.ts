/** A number as people read scores: two decimals and a real minus sign. For drawing and labels only. */
export const scoreText = (value: number): string => value.toFixed(2).replace('-', '−')

/** A step for an axis that shows `range` with about four marks. */
export function axisStep(range: number): number {
  const steps = [0.5, 1, 2, 5, 10, 20, 50, 100]
  return steps.find((step) => range / step <= 5) ?? 200
}
