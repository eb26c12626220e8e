import { add, decimal, exactly, zero, type Decimal, type Rational } from '#assessment/rational'
import type { FormLeaf } from '#assessment/score/self-assessment'
import type { Mark } from '../../db/self-assessments.ts'
import { markOf } from './state.ts'

/** An entry as far as sums need it. */
export interface Entered {
  readonly marks: Decimal | null
  readonly notApplicable: boolean
}

const sumOf = (marks: readonly (Decimal | null)[]): string =>
  exactly(marks.reduce<Rational>((sum, one) => (one === null ? sum : add(sum, decimal(one))), zero))

/** Counts and sums of a form: entries as the unit has them, marks in force. */
export function totalsOf(
  leaves: readonly FormLeaf[],
  entered: (leaf: string) => Entered | null,
  marks: ReadonlyMap<string | null, Mark>,
) {
  const rows = leaves.map((leaf) => {
    const mark = marks.get(leaf.key)
    return { leaf, entry: entered(leaf.key), verified: mark === undefined ? null : markOf(mark) }
  })
  const applies = rows.filter(({ entry, verified }) =>
    verified === null ? entry?.notApplicable !== true : verified !== 'not-applicable',
  )
  const whole = marks.size === 1 ? marks.get(null) : undefined
  if (whole)
    return {
      of: rows.length,
      filled: 0,
      verified: whole.marks === null ? 0 : rows.length,
      full: whole.fullMarks,
      claimedMarks: '0',
      verifiedMarks: whole.marks ?? '0',
      compared: { leaves: 0, claimed: '0', verified: '0' },
    }
  const compared = rows.flatMap(({ entry, verified }) =>
    entry === null || entry.marks === null || verified === null || verified === 'not-applicable'
      ? []
      : [{ claimed: entry.marks, verified }],
  )
  return {
    of: rows.length,
    filled: rows.filter(({ entry }) => entry !== null && (entry.marks !== null || entry.notApplicable))
      .length,
    verified: rows.filter(({ verified }) => verified !== null).length,
    full: sumOf(applies.map(({ leaf }) => leaf.full)),
    claimedMarks: sumOf(rows.map(({ entry }) => entry?.marks ?? null)),
    verifiedMarks: sumOf(rows.map(({ verified }) => (verified === 'not-applicable' ? null : verified))),
    compared: {
      leaves: compared.length,
      claimed: sumOf(compared.map(({ claimed }) => claimed)),
      verified: sumOf(compared.map(({ verified }) => verified)),
    },
  }
}
