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
import { readPublication } from '../db/publications.ts'
import { findScheme } from '../db/schemes.ts'
import type { FindingRow } from '../db/tables.ts'
import { bounded } from './http/bounded.ts'

/** The facts of an assessment at one version. */
interface Loaded {
  readonly version: number
  readonly scheme: Scheme
  readonly facts: Facts
  /** What the ledger says beyond what the engine needs, by finding id. */
  readonly rows: ReadonlyMap<string, Pick<FindingRow, 'source' | 'foundOn'>>
  readonly calendar: WorkCalendar
}

export interface AssessedOn extends Loaded {
  readonly assessed: Assessed
}

export interface AssessedCache {
  /** The facts as of the version now in the database. */
  readonly load: (assessmentId: string) => Promise<Loaded>
  /** `assess` on a day, computed once per version and day. */
  readonly on: (assessmentId: string, asOf: Day) => Promise<AssessedOn>
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
    rows: new Map(findingRows.map(({ id, source, foundOn }) => [id, { source, foundOn }])),
    calendar: await loadCalendar(db),
  }
}

/** Keeps the last few assessments loaded and assessed; a version that grew makes the old one unreachable. */
export function createAssessedCache(db: Db): AssessedCache {
  const loaded = bounded<Promise<Loaded>>(6)
  const results = bounded<AssessedOn>(16)
  const bodies = bounded<PublicationBody>(6)

  async function load(assessmentId: string): Promise<Loaded> {
    const current = await findAssessment(db, assessmentId)
    if (!current) throw new Error(`assessment ${assessmentId} is gone`)
    const key = `${assessmentId} ${current.version}`
    const known = loaded.get(key)
    if (known) return known
    const reading = atOneMoment(db, (source) => loadAssessment(source, assessmentId))
    loaded.set(key, reading)
    reading.catch(() => loaded.delete(key))
    return reading
  }

  return {
    load,
    async on(assessmentId, asOf) {
      const facts = await load(assessmentId)
      const key = `${assessmentId} ${facts.version} ${asOf}`
      const known = results.get(key)
      if (known) return known
      const result = { ...facts, assessed: assess(facts.scheme, facts.facts, asOf, facts.calendar) }
      results.set(key, result)
      return result
    },
    async published(publicationId) {
      const known = bodies.get(publicationId)
      if (known) return known
      const stored = await readPublication(db, publicationId)
      if (!stored) throw new Error(`publication ${publicationId} is gone`)
      bodies.set(publicationId, stored.body)
      return stored.body
    },
  }
}
