import type { Params } from './place.ts'
import type { Problem, Warning, ProblemCode, WarningCode } from './messages.ts'
import { limits } from './limits.ts'

/** Gathers what is wrong while a workbook is read; bounded, so that a file of nothing but faults stays small. */
export interface Report {
  readonly problems: Problem[]
  readonly warnings: Warning[]
  readonly problemCount: () => number
  problem(
    code: ProblemCode,
    sheet: string | null,
    row?: number | null,
    column?: string | null,
    params?: Params,
  ): void
  warn(
    code: WarningCode,
    sheet: string | null,
    row?: number | null,
    column?: string | null,
    params?: Params,
  ): void
}

const shortened = (params: Params): Params =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' && value.length > 200 ? `${value.slice(0, 200)}…` : value,
    ]),
  )

export function startReport(): Report {
  const problems: Problem[] = []
  const warnings: Warning[] = []
  let problemCount = 0
  return {
    problems,
    warnings,
    problemCount: () => problemCount,
    problem: (code, sheet, row = null, column = null, params = {}) => {
      problemCount++
      if (problems.length < limits.problems)
        problems.push({ code, sheet, row, column, params: shortened(params) })
    },
    warn: (code, sheet, row = null, column = null, params = {}) => {
      if (warnings.length < limits.problems)
        warnings.push({ code, sheet, row, column, params: shortened(params) })
    },
  }
}
