import type { Day } from '../assessment/day.ts'
import { come, isLate, type OfUnit, type Suspicion } from './suspicion.ts'

/** That a unit published its annual report 年度报告, and when. */
export interface ReportRecord extends OfUnit {
  /** The year reported on. */
  readonly year: number
  /** 政府信息公开工作主管部门. */
  readonly isCompetentOffice: boolean
  readonly publishedOn: Day | null
}

/** The last day to publish a year's report (条例 2007 第三十一条; 2019 第四十九、五十条). */
export const reportDue = (year: number, isCompetentOffice: boolean): Day =>
  `${year + 1}-${year <= 2018 || isCompetentOffice ? '03' : '01'}-31`

export const reportSuspicions = <Kept extends ReportRecord>(
  records: readonly Kept[],
  asOf: Day,
): Suspicion<Kept>[] =>
  records.flatMap((record): Suspicion<Kept>[] => {
    const { unit, year, isCompetentOffice } = record
    const due = reportDue(year, isCompetentOffice)
    const on = come(record.publishedOn, asOf)
    if (!isLate(on, due, asOf)) return []
    return [{ rule: 'report-late', unit, record, due, on, params: { year: String(year) } }]
  })
