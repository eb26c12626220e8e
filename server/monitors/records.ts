import type { Day } from '../assessment/day.ts'
import type { WorkCalendar } from '../assessment/working-days.ts'
import { carriedSuspicions, type CarriedRecord } from './carried.ts'
import { columnSuspicions, type ColumnRecord } from './column.ts'
import { disclosureSuspicions, type DisclosureRecord } from './disclosure.ts'
import { interviewSuspicions, type InterviewRecord } from './interview.ts'
import { reportSuspicions, type ReportRecord } from './report-due.ts'
import { requestSuspicions, type RequestRecord } from './request.ts'
import { statisticsSuspicions, type FigureRecord } from './statistics.ts'
import type { Suspicion } from './suspicion.ts'

/** What each register keeps. */
export interface RecordOf {
  readonly disclosure: DisclosureRecord
  readonly requests: RequestRecord
  readonly interviews: InterviewRecord
  readonly reports: ReportRecord
  readonly columns: ColumnRecord
  readonly figures: FigureRecord
  readonly carried: CarriedRecord
}
export type Register = keyof RecordOf

/** The monitor of each register, in their order: from records and a day to suspicions. */
export const monitors: {
  readonly [Of in Register]: <Kept extends RecordOf[Of]>(
    records: readonly Kept[],
    asOf: Day,
    calendar: WorkCalendar,
  ) => Suspicion<Kept>[]
} = {
  disclosure: disclosureSuspicions,
  requests: requestSuspicions,
  interviews: interviewSuspicions,
  reports: reportSuspicions,
  columns: columnSuspicions,
  figures: statisticsSuspicions,
  carried: carriedSuspicions,
}
export const registers = Object.keys(monitors) as Register[]
