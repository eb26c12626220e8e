import type { Day } from '#assessment/day'
import type { PublicationBody } from '#assessment/publication/publication'
import { differencesBetween, type UnitDifference } from '#assessment/publication/result-diff'
import type { Source } from '../db/source.ts'
import { printOf } from '../db/frozen-facts.ts'
import { readPublication } from '../db/publications.ts'
import { driftOf, type Drift } from './drift.ts'
import { verifyPublication, type Verification } from './frozen-results.ts'

/** What the office is told of a publication: its table, whether it holds, and what has changed since. */
export interface PublicationTold extends Pick<PublicationBody, 'standings'> {
  readonly grades: PublicationBody['scheme']['grades']
  readonly verification: Omit<Verification, 'tampered' | 'changes'> & { readonly tampered: number }
  readonly drift: Drift | null
  /** Units that moved against the publication that it supersedes; null where it supersedes none. */
  readonly moved: readonly UnitDifference[] | null
  readonly root: string | null
}

/** A publication as it was verified, with the print that it had then and the moment. */
export interface Verified {
  readonly print: string
  readonly at: string
  readonly told: PublicationTold
}

/** Which publication is asked for, and what of it is remembered. */
export interface Verifying {
  readonly publicationId: string
  readonly today: Day
  /** The print that it had when it was verified; null when it never was. */
  readonly print: string | null
}

/**
 * Verifies a publication unless every byte that its verification rests on, and the day, are as they were; null when it is gone. What is
 * told is null when nothing has changed.
 */
export async function verifyUnlessKnown(
  source: Source,
  { publicationId, today, print: known }: Verifying,
): Promise<{ readonly print: string; readonly told: PublicationTold | null } | null> {
  const print = await printOf(source, publicationId, today)
  if (print === undefined) return null
  if (print === known) return { print, told: null }
  const stored = await readPublication(source, publicationId)
  if (!stored) return null
  const { row, body } = stored
  const { tampered, changes, ...verification } = await verifyPublication(source, row)
  const before = row.supersedes === null ? undefined : await readPublication(source, row.supersedes)
  return {
    print,
    told: {
      standings: body.standings,
      grades: body.scheme.grades,
      verification: { ...verification, tampered: tampered.length },
      drift: await driftOf(source, row.assessmentId, body, changes, today),
      root: body.proof?.root ?? null,
      moved: before ? differencesBetween(before.body, body) : null,
    },
  }
}
