import { assess } from '#assessment/score/assess'
import { canonicalJson } from '#assessment/canonical-json'
import type { Day } from '#assessment/day'
import { isTampering, type FactChange } from '#assessment/publication/fact-changes'
import { leavesOf, type Leaf } from '#assessment/publication/proof/leaves'
import { proofRoot } from '#assessment/publication/proof/proof'
import { publicationBody, withProof, type PublicationBody } from '#assessment/publication/publication'
import { differencesBetween, sameResults, type UnitDifference } from '#assessment/publication/result-diff'
import type { Facts } from '#assessment/score/facts'
import type { Assessed } from '#assessment/score/scorecard'
import type { WorkCalendar } from '#assessment/working-days'
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
import { newProofSeed, saltsFrom } from './proof-salts.ts'

/** Results frozen, ready to be stored. */
export interface FrozenResults {
  readonly body: PublicationBody
  /** The body as canonical JSON, with its SHA-256. */
  readonly text: string
  readonly sha256: string
  readonly frozen: FrozenFacts
  readonly assessed: Assessed
  /** The root of its proof. */
  readonly root: string
  /** What the salts of its proof follow from; it is stored and never shown. */
  readonly proofSeed: string
}

interface FreezeOptions {
  /** A new one when left out. */
  readonly proofSeed?: string
  /** The root of the publication that these results replace; null when left out. */
  readonly replaces?: string | null
}

/** Freezes what is known of an assessment now as its results on a day. Throws when its scheme is gone. */
export async function freezeResults(
  db: Source,
  assessment: AssessmentRow,
  asOf: Day,
  kind: ResultKind = 'final',
  { proofSeed = newProofSeed(), replaces = null }: FreezeOptions = {},
): Promise<FrozenResults> {
  const stored = await findScheme(db, assessment.schemeId)
  if (!stored) throw new Error(`assessment ${assessment.id} has no scheme`)
  const frozen = await readFrozenFacts(db, assessment.id)
  const facts = await loadFactsAsFrozen(db, assessment.id, frozen)
  const calendar = calendarFrom(frozen)
  const { scheme } = stored
  const assessed = assess(scheme, facts, asOf, calendar, { interim: kind === 'interim' })
  const about = {
    id: assessment.id,
    name: assessment.name,
    year: assessment.year,
    unit: frozen.units.find(({ id }) => id === assessment.unitId)?.name ?? '',
  }
  const leaves = leavesOf({ assessment: about, scheme, facts, calendar, assessed, replaces })
  const root = proofRoot(sha256, saltsFrom(proofSeed), leaves)
  const body = withProof(
    publicationBody(about, scheme, digestOf(frozen), assessed),
    { root, leaves: leaves.length },
    replaces,
  )
  const text = canonicalJson(body)
  return { body, text, sha256: sha256(text), frozen, assessed, root, proofSeed }
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
  /** What it rests on comes to the root of its proof; true as well for one that has none. */
  readonly proofHolds: boolean
  /** Everything that is not as it was frozen, for good reasons or not: what was recorded since included. */
  readonly changes: readonly FactChange[]
}

type Stored = Pick<PublicationRow, 'assessmentId' | 'body' | 'sha256' | 'digests' | 'proofSeed'>

const broken: Omit<Verification, 'bodyHolds'> = {
  digestsHold: false,
  tampered: [],
  rederived: false,
  differences: [],
  proofHolds: false,
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
  const facts = await loadFactsAsFrozen(db, row.assessmentId, frozen)
  const calendar = calendarFrom(frozen)
  const again = rederive(body, facts, calendar)
  return {
    bodyHolds,
    digestsHold,
    tampered,
    rederived: again !== null && sameResults(body, again),
    differences: again === null ? [] : differencesBetween(body, again),
    proofHolds: proofHolds(row, body, facts, calendar),
    changes,
  }
}

/** Null where the rows no longer fit together, as when one that others name was taken away. */
function rederive(
  { scheme, asOf, interim }: PublicationBody,
  facts: Facts,
  calendar: WorkCalendar,
): Assessed | null {
  try {
    return assess(scheme, facts, asOf, calendar, { interim: interim !== null })
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** Everything that a publication committed to, out of what it rests on and what it says. */
export const committed = (body: PublicationBody, facts: Facts, calendar: WorkCalendar): Leaf[] =>
  leavesOf({
    assessment: body.assessment,
    scheme: body.scheme,
    facts,
    calendar,
    assessed: body,
    replaces: body.replaces ?? null,
  })

function proofHolds(
  { proofSeed }: Pick<Stored, 'proofSeed'>,
  body: PublicationBody,
  facts: Facts,
  calendar: WorkCalendar,
): boolean {
  if (body.proof === undefined) return true
  const leaves = committed(body, facts, calendar)
  return proofSeed !== null && proofRoot(sha256, saltsFrom(proofSeed), leaves) === body.proof.root
}
