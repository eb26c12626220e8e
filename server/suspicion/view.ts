import { z } from 'zod'
import { fullNumber } from '#assessment/score/finding-number'
import type { Day } from '#assessment/day'
import { findingFrom } from '../../db/facts.ts'
import { findFindings } from '../../db/findings.ts'
import { listReports } from '../../db/reports.ts'
import type { Source } from '../../db/source.ts'
import type { StoredSuspicion } from '../../db/suspicions.ts'
import { chargingIn, unitNamesIn, type Visible } from '../access/visibility.ts'
import { stateOf, suspicionStates } from './state.ts'

export const suspicionSchema = z
  .object({
    id: z.string(),
    monitor: z.string(),
    rule: z.string(),
    severity: z.enum(['fail', 'warn']),
    unitId: z.string().nullable(),
    unit: z.string(),
    excerpt: z.string(),
    place: z.int().nullable(),
    /** A key of the monitor's words, which `params` fill in; so is `source`. */
    message: z.string(),
    params: z.record(z.string(), z.string()),
    source: z.string(),
    /** The day on which it arose. */
    on: z.string(),
    /** The record watched; null where it is gone. */
    record: z
      .object({
        id: z.string(),
        year: z.int(),
        fileName: z.string(),
        version: z.int(),
        /** A later version of the record is there. */
        isOutdated: z.boolean(),
        hasFile: z.boolean(),
      })
      .nullable(),
    state: z.enum(suspicionStates),
    /** Of a postponed one, the day on which it comes back. */
    until: z.string().nullable(),
    reason: z.string().nullable(),
    settledOn: z.string().nullable(),
    /** What it became. */
    finding: z.object({ id: z.string(), number: z.string() }).nullable(),
  })
  .meta({ id: 'Suspicion' })
export type SuspicionView = z.infer<typeof suspicionSchema>

/** Suspicions of an assessment as they stand on a day, in the order given. */
export async function suspicionViews(
  db: Source,
  visible: Visible,
  rows: readonly StoredSuspicion[],
  today: Day,
): Promise<SuspicionView[]> {
  const names = unitNamesIn(visible)
  const { numbering } = chargingIn(visible)
  const reports = await listReports(db, visible.assessment.id)
  const byId = new Map(reports.map((report) => [report.id, report]))
  const last = new Map(reports.map(({ id, unitId, year }) => [JSON.stringify([unitId, year]), id]))
  const findingIds = rows.flatMap(({ steps }) => steps.flatMap(({ findingId }) => findingId ?? []))
  const findings = new Map((await findFindings(db, findingIds)).map((row) => [row.id, row]))
  return rows.map((row) => {
    const { id, monitor, rule, severity, unitId, excerpt, place, message, source, onDay: on, steps } = row
    const state = stateOf(row, today)
    const step = steps.at(-1)
    const report = byId.get(row.recordId)
    const finding = findings.get(step?.findingId ?? '')
    return {
      id,
      monitor,
      rule,
      severity,
      unitId,
      unit: names.get(unitId ?? '') ?? '',
      excerpt,
      place,
      message,
      params: JSON.parse(row.params) as SuspicionView['params'],
      source,
      on,
      record: report
        ? {
            id: report.id,
            year: report.year,
            fileName: report.fileName,
            version: report.version,
            isOutdated: last.get(JSON.stringify([report.unitId, report.year])) !== report.id,
            hasFile: report.evidenceId !== null,
          }
        : null,
      state,
      until: state === 'postponed' ? (step?.untilDay ?? null) : null,
      reason: step?.reason ?? null,
      settledOn: step?.onDay ?? null,
      finding: finding
        ? {
            id: finding.id,
            number: fullNumber(
              findingFrom(finding, finding.facts),
              numbering(finding.unitId),
              (unit) => names.get(unit) ?? '',
            ),
          }
        : null,
    }
  })
}
