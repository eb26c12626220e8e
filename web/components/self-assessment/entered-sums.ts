import { add, decimal, exactly, zero, type Rational } from '#assessment/rational'
import type { Held } from './draft-queue.ts'
import { readMarks } from './marks-text.ts'
import type { SelfForm } from '../../api/self-assessment.ts'

export interface Sums {
  readonly of: number
  readonly filled: number
  readonly full: string
  readonly claimed: string
}

/** Counts and sums of what stands in the inputs, saved or not. */
export function enteredSums(form: SelfForm, entries: ReadonlyMap<string, Held>): Sums {
  let [of, filled] = [0, 0]
  let [full, claimed]: [Rational, Rational] = [zero, zero]
  for (const leaf of form.areas.flatMap(({ leaves }) => leaves)) {
    const read = readMarks(entries.get(leaf.key)?.typed.marks ?? '', leaf.full)
    const known = 'fault' in read ? null : read
    of++
    if (known !== null && (known.marks !== null || known.notApplicable)) filled++
    if (known?.notApplicable !== true) full = add(full, decimal(leaf.full))
    if (known !== null && known.marks !== null) claimed = add(claimed, decimal(known.marks))
  }
  return { of, filled, full: exactly(full), claimed: exactly(claimed) }
}
