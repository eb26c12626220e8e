import { assess } from '#assessment/score/assess'
import type { Day } from '#assessment/day'
import type { Facts } from '#assessment/score/facts'
import type { PublicationBody } from '#assessment/publication/publication'
import type { Scheme } from '#assessment/rule/scheme'
import type { Assessed } from '#assessment/score/scorecard'
import type { WorkCalendar } from '#assessment/working-days'
import { findAssessment } from '../db/assessments.ts'
import { atOneMoment, type Db, type Source } from '../db/source.ts'
import { loadRecorded } from '../db/facts.ts'
import { loadCalendar } from '../db/holidays.ts'
import { readPublication, type ResultKind } from '../db/publications.ts'
import { findScheme } from '../db/schemes.ts'
import type { FindingRow } from '../db/tables.ts'
import { bounded, type Bounded } from '../db/bounded.ts'

/** The facts of an assessment at one version. */
interface Loaded {
  readonly version: number
  readonly scheme: Scheme
  readonly facts: Facts
  /** What the ledger says beyond what the engine needs, by finding id. */
  readonly rows: ReadonlyMap<string, Pick<FindingRow, 'source' | 'foundOn' | 'numberedUnitId'>>
  readonly calendar: WorkCalendar
}

export interface AssessedOn extends Loaded {
  readonly assessed: Assessed
}

export interface AssessedCache {
  /** The facts as of the version now in the database. */
  readonly load: (assessmentId: string) => Promise<Loaded>
  /** `assess` on a day, the result or so far, computed once per version and day. */
  readonly on: (assessmentId: string, asOf: Day, kind?: ResultKind) => Promise<AssessedOn>
  /** What a publication froze; it never changes. */
  readonly published: (publicationId: string) => Promise<PublicationBody>
}

/** The facts of an assessment as a source has them. Throws when it or its scheme is gone. */
export async function loadAssessment(db: Source, assessmentId: string): Promise<Loaded> {
  const assessment = await findAssessment(db, assessmentId)
  const stored = assessment && (await findScheme(db, assessment.schemeId))
  if (!stored) throw new Error(`assessment ${assessmentId} or its scheme is gone`)
  const { facts, findingRows } = await loadRecorded(db, assessmentId)
  return {
    version: assessment.version,
    scheme: stored.scheme,
    facts,
    rows: new Map(
      findingRows.map(({ id, source, foundOn, numberedUnitId }) => [id, { source, foundOn, numberedUnitId }]),
    ),
    calendar: await loadCalendar(db),
  }
}

/** The results of an assessment on a day, or those that a publication froze. */
export type ResultsAsked =
  { readonly assessmentId: string; readonly asOf: Day } | { readonly publicationId: string }

/** What a publication froze. Throws when it is gone. */
export async function loadPublished(db: Source, publicationId: string): Promise<PublicationBody> {
  const stored = await readPublication(db, publicationId)
  if (!stored) throw new Error(`publication ${publicationId} is gone`)
  return stored.body
}

/** Results as a source has them, with the scheme behind them. Throws when they are gone. */
export async function loadResults(
  db: Source,
  asked: ResultsAsked,
): Promise<{ readonly assessed: Assessed; readonly scheme: Scheme }> {
  if ('publicationId' in asked) {
    const body = await loadPublished(db, asked.publicationId)
    return { assessed: { ...body, interim: null }, scheme: body.scheme }
  }
  const { scheme, facts, calendar } = await loadAssessment(db, asked.assessmentId)
  return { assessed: assess(scheme, facts, asked.asOf, calendar), scheme }
}

/** One assessment as of a version, with the days on which it was assessed. */
interface Kept {
  readonly version: number
  readonly reading: Promise<Loaded>
  /** By day and kind of result. */
  readonly results: Bounded<AssessedOn>
}

/** Keeps the last few assessments loaded and assessed, each as of its newest version alone: the facts of a year are large. */
export function createAssessedCache(db: Db): AssessedCache {
  const assessments = bounded<Kept>(6)
  const bodies = bounded<PublicationBody>(6)

  async function newest(assessmentId: string): Promise<Kept> {
    const current = await findAssessment(db, assessmentId)
    if (!current) throw new Error(`assessment ${assessmentId} is gone`)
    const known = assessments.get(assessmentId)
    if (known && known.version >= current.version) return known
    const reading = atOneMoment(db, (source) => loadAssessment(source, assessmentId))
    const kept: Kept = { version: current.version, reading, results: bounded(8) }
    assessments.set(assessmentId, kept)
    reading.catch(() => {
      if (assessments.get(assessmentId) === kept) assessments.delete(assessmentId)
    })
    return kept
  }

  return {
    load: async (assessmentId) => (await newest(assessmentId)).reading,
    async on(assessmentId, asOf, kind = 'final') {
      const { reading, results } = await newest(assessmentId)
      const facts = await reading
      const key = `${asOf} ${kind}`
      const known = results.get(key)
      if (known) return known
      const options = { interim: kind === 'interim' }
      const result = { ...facts, assessed: assess(facts.scheme, facts.facts, asOf, facts.calendar, options) }
      results.set(key, result)
      return result
    },
    async published(publicationId) {
      const known = bodies.get(publicationId)
      if (known) return known
      const body = await loadPublished(db, publicationId)
      bodies.set(publicationId, body)
      return body
    },
  }
}
