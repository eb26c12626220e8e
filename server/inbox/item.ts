import { z } from 'zod'
import type { Day } from '#assessment/day'
import { workingDaysBetween, type WorkCalendar } from '#assessment/working-days'
import type { Visible } from '../access/visibility.ts'

/** What can wait for a person; each is one step, and done by taking it. */
export const inboxTypes = [
  'appeal', // 申诉
  'rectify', // 整改
  'rectify-again', // 重新整改
  'sign-off', // 审定自评
  'fill-in', // 填报自评
  'fill-in-again', // 修改自评
  'review', // 核查整改
  'decide', // 裁定申诉
  'verify', // 核查自评
  'approve', // 审批发布
] as const
export type InboxType = (typeof inboxTypes)[number]

export const inboxItemSchema = z
  .object({
    type: z.enum(inboxTypes),
    assessmentId: z.string(),
    assessment: z.string(),
    /** Empty for a self-assessment and a publication. */
    findingId: z.string(),
    /** Key of the component and of its window; null unless it is about a self-assessment. */
    component: z.string().nullable(),
    window: z.string().nullable(),
    /** With the name of its unit before it, where the place is another. */
    number: z.string(),
    what: z.string(),
    unitId: z.string(),
    unit: z.string(),
    /** The last day to do it; null where the rule sets none. */
    on: z.string().nullable(),
    /** Working days until then; negative when it has passed. */
    daysLeft: z.int().nullable(),
    /** In points of the composite. */
    worth: z.string(),
    /** Rank and grade now and then, for those who may see them. */
    rank: z.object({ from: z.int().nullable(), to: z.int().nullable() }).nullable(),
    grade: z.object({ from: z.string().nullable(), to: z.string().nullable() }).nullable(),
    /** The providing unit for which the office reviews, as nobody works for it. */
    insteadOf: z.string().nullable(),
  })
  .meta({ id: 'InboxItem' })
export type InboxItem = z.infer<typeof inboxItemSchema>

/** What is the same of every item but what it says itself. */
export function itemIn(
  { assessment }: Pick<Visible, 'assessment'>,
  { today, calendar }: { readonly today: Day; readonly calendar: WorkCalendar },
  item: Pick<InboxItem, 'type' | 'what' | 'unitId' | 'unit' | 'on'> & Partial<InboxItem>,
): InboxItem {
  return {
    assessmentId: assessment.id,
    assessment: assessment.name,
    findingId: '',
    component: null,
    window: null,
    number: '',
    daysLeft: item.on === null ? null : workingDaysBetween(calendar, today, item.on),
    worth: '0',
    rank: null,
    grade: null,
    insteadOf: null,
    ...item,
  }
}

const place = (type: InboxType): number => inboxTypes.indexOf(type)

/** The most pressing first, what has no day last; of a day, what is lost soonest for good. */
export const byUrgency = (a: InboxItem, b: InboxItem): number =>
  (a.on ?? '9').localeCompare(b.on ?? '9') ||
  place(a.type) - place(b.type) ||
  a.number.localeCompare(b.number, 'zh', { numeric: true })
