import { assess } from '#assessment/score/assess'
import { canonicalJson } from '#assessment/canonical-json'
import type { Day } from '#assessment/day'
import { isTampering, type FactChange } from '#assessment/publication/fact-changes'
import { publicationBody, type PublicationBody } from '#assessment/publication/publication'
import { differencesBetween, sameResults, type UnitDifference } from '#assessment/publication/result-diff'
import type { Assessed } from '#assessment/score/scorecard'
import type { Source } from '../db/source.ts'
import { loadFactsAsFrozen } from '../db/facts.ts'
import {
  calendarFrom,
  changesSince,
  digestOf,
  parseFrozen,
  readFrozenFacts,
  sha256,
  type FrozenFacts,
} from '../db/frozen-facts.ts'
import { bodyOf, type ResultKind } from '../db/publications.ts'
import { findScheme } from '../db/schemes.ts'
import type { AssessmentRow, PublicationRow } from '../db/tables.ts'

/** Results frozen, ready to be stored. */
export interface FrozenResults {
  readonly body: PublicationBody
  /** The body as canonical JSON, with its SHA-256. */
  readonly text: string
  readonly sha256: string
  readonly frozen: FrozenFacts
  readonly assessed: Assessed
}

/** Freezes what is known of an assessment now as its results on a day. Throws when its scheme is gone. */
export async function freezeResults(
  db: Source,
  assessment: AssessmentRow,
  asOf: Day,
  kind: ResultKind = 'final',
): Promise<FrozenResults> {
  const stored = await findScheme(db, assessment.schemeId)
  if (!stored) throw new Error(`assessment ${assessment.id} has no scheme`)
  const frozen = await readFrozenFacts(db, assessment.id)
  const facts = await loadFactsAsFrozen(db, assessment.id, frozen)
  const assessed = assess(stored.scheme, facts, asOf, calendarFrom(frozen), {
    interim: kind === 'interim',
  })
  const about = {
    id: assessment.id,
    name: assessment.name,
    year: assessment.year,
    unit: frozen.units.find(({ id }) => id === assessment.unitId)?.name ?? '',
  }
  const body = publicationBody(about, stored.scheme, digestOf(frozen), assessed)
  const text = canonicalJson(body)
  return { body, text, sha256: sha256(text), frozen, assessed }
}

/** What a publication's text, its facts and the engine say of each other. */
export interface Verification {
  /** The text has the hash noted with it. */
  readonly bodyHolds: boolean
  /** The hashes of the rows are those that the text names. */
  readonly digestsHold: boolean
  /** Rows that can only be added, yet were changed or taken away. */
  readonly tampered: readonly FactChange[]
  /** The results follow from the rows frozen, by today's engine. */
  readonly rederived: boolean
  /** Units that do not come out as published. */
  readonly differences: readonly UnitDifference[]
  /** Everything that is not as it was frozen, for good reasons or not: what was recorded since included. */
  readonly changes: readonly FactChange[]
}

type Stored = Pick<PublicationRow, 'assessmentId' | 'body' | 'sha256' | 'digests'>

const broken: Omit<Verification, 'bodyHolds'> = {
  digestsHold: false,
  tampered: [],
  rederived: false,
  differences: [],
  changes: [],
}

/**
 * Checks a stored publication: its hash, each row it rests on, and whether `assess` still gives the same results from the rows frozen,
 * that is from what was recorded when it was prepared, with the names, windows and holidays of then.
 */
export async function verifyPublication(db: Source, row: Stored): Promise<Verification> {
  const bodyHolds = sha256(row.body) === row.sha256
  const body = await bodyOf(db, row)
  const frozen = parseFrozen(row.digests)
  if (frozen.format !== 1) return { bodyHolds, ...broken }
  const changes = changesSince(frozen, await readFrozenFacts(db, row.assessmentId))
  const tampered = changes.filter(isTampering)
  const digestsHold = digestOf(frozen) === body.factsDigest
  const again = await rederive(db, row.assessmentId, body, frozen)
  return {
    bodyHolds,
    digestsHold,
    tampered,
    rederived: again !== null && sameResults(body, again),
    differences: again === null ? [] : differencesBetween(body, again),
    changes,
  }
}

/** Null where the rows no longer fit together, as when one that others name was taken away. */
async function rederive(
  db: Source,
  assessmentId: string,
  { scheme, asOf, interim }: PublicationBody,
  frozen: FrozenFacts,
): Promise<Assessed | null> {
  try {
    const facts = await loadFactsAsFrozen(db, assessmentId, frozen)
    return assess(scheme, facts, asOf, calendarFrom(frozen), { interim: interim !== null })
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
