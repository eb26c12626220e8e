import { checkScheme } from '#assessment/check-scheme'
import type { Scheme } from '#assessment/scheme'
import { schemeProblemWords } from '#assessment/scheme-problem-words'
import { Problem } from '../../problem.ts'

/** Throws `scheme-unsound` with every place that keeps the scheme from being used. */
export function requireSound(scheme: Scheme): void {
  const problems = checkScheme(scheme).filter(({ warning }) => !warning)
  if (problems.length === 0) return
  throw new Problem('scheme-unsound', {
    params: { count: problems.length },
    errors: (language) =>
      problems.map(({ path, code }) => ({ path, code, message: schemeProblemWords[code][language] })),
  })
}
