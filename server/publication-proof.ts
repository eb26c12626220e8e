import { placesShown } from '#assessment/publication/proof/own-leaves'
import { proofFile, type ProofFile } from '#assessment/publication/proof/proof'
import type { Publicity } from '#assessment/rule/scheme'
import { loadFactsAsFrozen } from '../db/facts.ts'
import { calendarFrom, parseFrozen, sha256 } from '../db/frozen-facts.ts'
import { readPublication } from '../db/publications.ts'
import type { Source } from '../db/source.ts'
import { committed } from './frozen-results.ts'
import { saltsFrom } from './proof-salts.ts'

/** Whose file of a publication is asked for, and how much it shows. */
export interface ProofAsked {
  readonly publicationId: string
  readonly shows: Publicity
  /** Whose own result or grade; null for the whole. */
  readonly unitId: string | null
}

/** Why there is no file: it was published without a root, what it rests on no longer comes to it, or the unit took no part. */
export type NoProof = 'proof-none' | 'proof-unsound' | 'not-found'

/** The file of a publication, out of its facts and its seed; only if it comes to the root that was published. */
export async function proofOf(
  source: Source,
  { publicationId, shows, unitId }: ProofAsked,
): Promise<ProofFile | NoProof> {
  const stored = await readPublication(source, publicationId)
  if (!stored) return 'not-found'
  const { row, body } = stored
  if (!body.proof || row.proofSeed === null) return 'proof-none'
  const frozen = parseFrozen(row.digests)
  const leaves = committed(
    body,
    await loadFactsAsFrozen(source, row.assessmentId, frozen),
    calendarFrom(frozen),
  )
  const card = body.scorecards.find((one) => one.unitId === unitId)
  if (shows !== 'full-table' && !card) return 'not-found'
  const places = card ? placesShown(leaves, card, shows) : leaves.map((_, place) => place)
  const file = proofFile(sha256, saltsFrom(row.proofSeed), leaves, places)
  return file.root === body.proof.root ? file : 'proof-unsound'
}
