import { reportsToCompare } from '../../db/reports.ts'
import type { Source } from '../../db/source.ts'
import { nothingToRead, observationsOn, reportsIn, Shelf } from '../monitors/report/check-report.ts'
import type { Observation } from '../monitors/report/observation.ts'

/** An annual report as it was read, whose it is, and the assessing unit beside whose other reports it is looked at. */
export interface ReportToCheck {
  readonly text: string
  readonly unitId: string
  readonly unit: string
  readonly year: number
  readonly assessingUnitId: string
}

/** What the monitor says of a report, in the order of its text; earlier versions of it are no other reports. */
export async function checkAmongStored(
  source: Source,
  { text, unitId, unit, year, assessingUnitId }: ReportToCheck,
): Promise<readonly Observation[]> {
  if (text.trim() === '') return [nothingToRead]
  const shelf = new Shelf()
  for (const other of await reportsToCompare(source, assessingUnitId)) {
    if (other.unitId === unitId && other.year === year) continue
    for (const report of reportsIn(other.body, { unit: other.unit, year: other.year }))
      shelf.keep(report, `${other.unit} ${other.year} 年度报告`)
  }
  return reportsIn(text, { unit, year }).flatMap((report) => observationsOn(report, text, shelf))
}
