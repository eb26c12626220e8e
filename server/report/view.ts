import { z } from 'zod'
import type { Day } from '#assessment/day'
import { listReports, versionsOfReport, type StoredReport } from '../../db/reports.ts'
import { listSuspicions, type StoredSuspicion } from '../../db/suspicions.ts'
import type { Source } from '../../db/source.ts'
import { unitNamesIn, type Visible } from '../access/visibility.ts'
import { reportRules, severities, type Observation } from '../monitors/report/observation.ts'
import { isUnsettled, stateOf } from '../suspicion/state.ts'
import { suspicionSchema, suspicionViews } from '../suspicion/view.ts'
import { countsOf, suspicionKeysOf } from './observations.ts'

const counts = z.record(z.enum(severities), z.int())

export const reportLineSchema = z
  .object({
    id: z.string(),
    unitId: z.string(),
    unit: z.string(),
    year: z.int(),
    /** The last one; earlier ones are kept. */
    version: z.int(),
    fileName: z.string(),
    keptAt: z.string(),
    /** Observations by severity; null for the unit itself. */
    counts: counts.nullable(),
    /** Suspicions that are to be looked at; null for the unit itself. */
    unsettled: z.int().nullable(),
    confirmed: z.int(),
  })
  .meta({ id: 'ReportLine' })

export const reportListSchema = z
  .object({
    items: z.array(reportLineSchema),
    /** The assessed units, for telling which has no report. */
    participants: z.array(z.object({ id: z.string(), name: z.string() })),
  })
  .meta({ id: 'ReportList' })

const observationSchema = z.object({
  rule: z.enum(reportRules),
  severity: z.enum(severities),
  excerpt: z.string(),
  /** Where the excerpt begins, in UTF-16 units of the text. */
  offset: z.int(),
  message: z.string(),
  params: z.record(z.string(), z.string()),
  source: z.string(),
  /** What it is on the desk of suspicions; null where nobody has to look at it. */
  suspicion: suspicionSchema.nullable(),
})

export const reportSchema = z
  .object({
    id: z.string(),
    unitId: z.string(),
    unit: z.string(),
    year: z.int(),
    version: z.int(),
    versions: z.array(z.object({ id: z.string(), version: z.int(), keptAt: z.string() })),
    fileName: z.string(),
    evidenceId: z.string().nullable(),
    /** As read; empty where pages are pictures. */
    text: z.string(),
    /** In the order of the text; for the unit itself those that were confirmed. */
    observations: z.array(observationSchema),
  })
  .meta({ id: 'Report' })

const observationsOf = ({ observations }: Pick<StoredReport, 'observations'>): Observation[] =>
  JSON.parse(observations) as Observation[]

const byKey = (suspicions: readonly StoredSuspicion[]): ReadonlyMap<string, StoredSuspicion> =>
  new Map(suspicions.map((row) => [row.key, row]))

/** How a report is seen: by whom it concerns, who is told what was confirmed alone, and on which day. */
interface Seen {
  readonly visible: Visible
  readonly isOwnUnitOnly: boolean
  readonly today: Day
}

/** The last version of every report in reach, by unit and year. */
export async function reportLines(
  db: Source,
  { visible, isOwnUnitOnly, today }: Seen,
  reaches: (unitId: string) => boolean,
): Promise<z.infer<typeof reportListSchema>> {
  const names = unitNamesIn(visible)
  const suspicions = byKey(await listSuspicions(db, visible.assessment.id))
  const reached = (await listReports(db, visible.assessment.id)).filter(({ unitId }) => reaches(unitId))
  const last = new Map(reached.map((row) => [JSON.stringify([row.unitId, row.year]), row]))
  const items = [...last.values()].map((row) => {
    const observations = observationsOf(row)
    const states = [...suspicionKeysOf(observations, row).values()].flatMap((key) => {
      const suspicion = suspicions.get(key)
      return suspicion ? [stateOf(suspicion, today)] : []
    })
    return {
      id: row.id,
      unitId: row.unitId,
      unit: names.get(row.unitId) ?? '',
      year: row.year,
      version: row.version,
      fileName: row.fileName,
      keptAt: row.recordedAt,
      counts: isOwnUnitOnly ? null : countsOf(observations),
      unsettled: isOwnUnitOnly ? null : states.filter(isUnsettled).length,
      confirmed: states.filter((state) => state === 'confirmed').length,
    }
  })
  const participants = visible.participants
    .map(({ unitId }) => ({ id: unitId, name: names.get(unitId) ?? '' }))
    .filter(({ id }) => reaches(id))
  return { items, participants }
}

/** One version of a report with what was observed, and what became of that. */
export async function reportView(
  db: Source,
  { visible, isOwnUnitOnly, today }: Seen,
  report: StoredReport,
): Promise<z.infer<typeof reportSchema>> {
  const observations = observationsOf(report)
  const keys = suspicionKeysOf(observations, report)
  const stored = byKey(await listSuspicions(db, visible.assessment.id))
  const found = [...keys.values()].flatMap((key) => stored.get(key) ?? [])
  const views = await suspicionViews(db, visible, found, today)
  const viewOf = new Map(found.map(({ key }, index) => [key, views[index] ?? null]))
  const seen = observations.map((observation, place) => ({
    ...observation,
    suspicion: viewOf.get(keys.get(place) ?? '') ?? null,
  }))
  const versions = await versionsOfReport(db, report)
  return {
    id: report.id,
    unitId: report.unitId,
    unit: unitNamesIn(visible).get(report.unitId) ?? '',
    year: report.year,
    version: report.version,
    versions: versions.map(({ id, version, recordedAt }) => ({ id, version, keptAt: recordedAt })),
    fileName: report.fileName,
    evidenceId: report.evidenceId,
    text: report.body,
    observations: isOwnUnitOnly ? seen.filter(({ suspicion }) => suspicion?.state === 'confirmed') : seen,
  }
}
