import type { Day } from '../day.ts'
import type { Scheme } from '../rule/scheme.ts'
import type { Assessed, Scorecard, Standing } from '../score/scorecard.ts'

/** What a publication 发布 freezes: by which rule, of which facts, and what came out. Its canonical JSON is what is hashed. */
export interface PublicationBody {
  /** 3 = with the root of its proof; publications of earlier releases have none. */
  readonly format: 2 | 3
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
  /** 公开核验: what everything that the results rest on was committed to; absent in format 2. */
  readonly proof?: {
    /** The root of the tree, 64 hexadecimal digits. */
    readonly root: string
    readonly leaves: number
  }
  /** The root of the publication that it replaces; null where there is none. Absent in format 2. */
  readonly replaces?: string | null
}

/** Puts a publication together from what was assessed on its day. */
export const publicationBody = (
  assessment: PublicationBody['assessment'],
  scheme: Scheme,
  factsDigest: string,
  { asOf, scorecards, standings, interim }: Assessed,
): PublicationBody => ({ format: 2, assessment, asOf, scheme, factsDigest, scorecards, standings, interim })

/** The same with the root of its proof, which is then in what is hashed. */
export const withProof = (
  body: PublicationBody,
  proof: NonNullable<PublicationBody['proof']>,
  replaces: string | null,
): PublicationBody => ({ ...body, format: 3, proof, replaces })
