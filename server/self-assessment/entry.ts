import { z } from 'zod'
import { compare, decimal, isDecimal } from '#assessment/rational'
import { Problem } from '../http/problem.ts'

/** Marks as people may enter them: a decimal not below 0. */
export const enteredMarks = z
  .string()
  .max(20)
  .refine((value) => isDecimal(value) && compare(decimal(value), decimal('0')) >= 0)
  .transform((value) => value.replace(/^\+/, ''))

/** Throws `claim-above-full`. */
export function requireWithinFull(marks: string | null, full: string): void {
  if (marks !== null && compare(decimal(marks), decimal(full)) > 0)
    throw new Problem('claim-above-full', { params: { value: marks, full } })
}
