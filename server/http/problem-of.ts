import { outageOf } from '../../db/outage.ts'
import { JobEnded, QueueFull, type Ending, type Filling } from '../jobs/ended.ts'
import { retrySeconds } from '../jobs/limits.ts'
import { Problem } from './problem.ts'
import { problemTexts, type ProblemCode } from './problems/texts.ts'

const codeOfStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'invalid-request',
  404: 'not-found',
  413: 'too-large',
}

const codeOfEnding: Readonly<Record<Ending, ProblemCode>> = {
  'too-slow': 'work-too-slow',
  'too-much-memory': 'work-too-large',
}
const codeOfFilling: Readonly<Record<Filling, ProblemCode>> = {
  everybody: 'queue-full',
  own: 'queue-own-full',
}

/** The status of an HTTPException; by its shape, because a bundle may hold the class more than once. */
const statusOf = (error: Error): number | undefined =>
  'getResponse' in error && 'status' in error && typeof error.status === 'number' ? error.status : undefined

/** What to answer to an error: its problem, an outage of database or disk, or `internal`. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof JobEnded) return new Problem(codeOfEnding[error.ending])
  if (error instanceof QueueFull)
    return new Problem(codeOfFilling[error.filling], { headers: { 'retry-after': String(retrySeconds) } })
  const outage = outageOf(error)
  if (outage !== undefined) return new Problem(outage)
  if (!(error instanceof Error)) return new Problem('internal')
  if (error.name === 'AbortError') return new Problem('cancelled')
  const code = codeOfStatus[statusOf(error) ?? 500]
  return code === undefined ? new Problem('internal') : new Problem(code, { params: { count: 1 } })
}

/** Whether the log must hold the error behind a problem. */
export const isOurs = ({ code }: Problem): boolean => problemTexts[code].status >= 500
