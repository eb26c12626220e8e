import type { Day } from '../day.ts'
import type { Scheme } from '../rule/scheme.ts'
import type { Assessed, Scorecard, Standing } from '../score/scorecard.ts'

/** What a publication 发布 freezes: by which rule, of which facts, and what came out. Its canonical JSON is what is hashed. */
export interface PublicationBody {
  readonly format: 2
  readonly assessment: {
    readonly id: string
    readonly name: string
    readonly year: number
    /** 考核主体. */
    readonly unit: string
  }
  readonly asOf: Day
  readonly scheme: Scheme
  /** SHA-256 over the hashes of all fact rows, in hex. */
  readonly factsDigest: string
  readonly scorecards: readonly Scorecard[]
  readonly standings: readonly Standing[]
  /** 阶段成绩: what it rests on, by group; null for the year's result. */
  readonly interim: Assessed['interim']
}

/** Puts a publication together from what was assessed on its day. */
export const publicationBody = (
  assessment: PublicationBody['assessment'],
  scheme: Scheme,
  factsDigest: string,
  { asOf, scorecards, standings, interim }: Assessed,
): PublicationBody => ({ format: 2, assessment, asOf, scheme, factsDigest, scorecards, standings, interim })
