import { checkScheme } from '#assessment/rule/check-scheme'
import type { Scheme } from '#assessment/rule/scheme'
import { schemeProblemWords } from '#assessment/rule/scheme-problem-words'
import { problemOfParts } from '../http/problem.ts'

/** Throws `scheme-unsound` with every place that keeps the scheme from being used. */
export function requireSound(scheme: Scheme): void {
  const problems = checkScheme(scheme).filter(({ warning }) => !warning)
  if (problems.length === 0) return
  throw problemOfParts('scheme-unsound', problems, ({ path, code }, language) => ({
    path,
    code,
    message: schemeProblemWords[code][language],
  }))
}
