import type { DemoReport, WatchedReport } from '../db/demo/reports.ts'
import { reportMonitor } from './access/monitor-sight.ts'
import { observationsOn, reportsIn, Shelf } from './monitors/report/check-report.ts'
import { keysOf, suspectedBy } from './suspected.ts'

/** What the monitor says of reports that come together, each beside the others, ready to be stored. */
export function watchReports(reports: readonly DemoReport[]): WatchedReport[] {
  const shelf = new Shelf()
  const read = reports.map(({ text, unit, year }) =>
    reportsIn(text, { unit, year }).map((report) => ({
      report,
      kept: shelf.keep(report, `${unit} ${year} 年度报告`),
    })),
  )
  return reports.map(({ text, unitId, year }, index) => {
    const observations = (read[index] ?? []).flatMap(({ report, kept }) =>
      observationsOn(report, text, shelf, kept),
    )
    const suspected = suspectedBy(observations)
    const keys = keysOf({ monitor: reportMonitor, unitId, about: String(year) }, suspected)
    return {
      observations: JSON.stringify(observations),
      suspected: suspected.map(({ params, ...one }, place) => ({
        ...one,
        monitor: reportMonitor,
        unitId,
        params: JSON.stringify(params),
        key: keys[place] ?? '',
      })),
    }
  })
}
