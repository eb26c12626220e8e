import { addDays, later, type Day } from '../assessment/day.ts'
import { addWorkingDays, type WorkCalendar } from '../assessment/working-days.ts'
import { come, isLate, type MonitorRule, type OfUnit, type Suspicion } from './suspicion.ts'

/** 性质: whose rule the item follows. */
export const disclosureNatures = ['government', 'section', 'school'] as const
export type DisclosureNature = (typeof disclosureNatures)[number]

/** One item of proactive disclosure 主动公开. */
export interface DisclosureRecord extends OfUnit {
  readonly title: string
  readonly nature: DisclosureNature
  readonly createdOn: Day
  readonly changedOn: Day | null
  readonly reviewedOn: Day | null
  readonly publishedOn: Day | null
}

/** The last day to publish, or to publish a change; null where the rule sets none. */
const lastDay: Readonly<
  Record<DisclosureNature, (base: Day, changed: Day | null, calendar: WorkCalendar) => Day | null>
> = {
  // 条例: 20 working days from creation or change.
  government: (base, _, calendar) => addWorkingDays(calendar, base, 20),
  // 局工作方案 五、考核: 15 working days from a change; the first publication has no fixed time.
  section: (_, changed, calendar) => changed && addWorkingDays(calendar, changed, 15),
  // 小学信息公开工作实施方案 四: 30 days.
  school: (base) => addDays(base, 30),
}

const lateRule = {
  government: 'disclosure-late',
  section: 'change-late',
  school: 'disclosure-late',
} as const satisfies Record<DisclosureNature, MonitorRule>

/** What is late, unreviewed (先审查后公开) or reviewed only afterwards in a register of disclosure on a day. */
export const disclosureSuspicions = <Kept extends DisclosureRecord>(
  records: readonly Kept[],
  asOf: Day,
  calendar: WorkCalendar,
): Suspicion<Kept>[] =>
  records.flatMap((record): Suspicion<Kept>[] => {
    const { unit, nature, createdOn } = record
    const changed = come(record.changedOn, asOf)
    const published = come(record.publishedOn, asOf)
    const reviewed = come(record.reviewedOn, asOf)
    const found: Suspicion<Kept>[] = []
    // What was published before the change is its earlier version.
    const act = published !== null && changed !== null && published < changed ? null : published
    const due = lastDay[nature](changed === null ? createdOn : later(createdOn, changed), changed, calendar)
    if (due !== null && isLate(act, due, asOf))
      found.push({ rule: lateRule[nature], unit, record, due, on: act, params: {} })
    if (published !== null && reviewed === null)
      found.push({ rule: 'unreviewed', unit, record, due: published, on: null, params: {} })
    if (published !== null && reviewed !== null && published < reviewed)
      found.push({ rule: 'reviewed-after', unit, record, due: published, on: reviewed, params: {} })
    return found
  })
