import type { Day } from '#assessment/day'
import type { FindingDetail } from '../score/assessment-answers.ts'

type Fact = FindingDetail['facts'][number]

/** One step of a finding's course: a fact, the loss that follows from the facts, or the deadline still to come. */
export type CourseStep =
  | { readonly type: 'found'; readonly on: Day }
  | { readonly type: 'fact'; readonly on: Day; readonly fact: Fact; readonly costs: boolean }
  | { readonly type: 'lost'; readonly on: Day }
  | { readonly type: 'deadline'; readonly on: Day }

/** The facts in order, with the day the points went and the deadline ahead set among them. */
export function courseOf(finding: FindingDetail, asOf: Day): CourseStep[] {
  const { foundOn, facts, lostOn, deadline, status } = finding
  const atOnce = facts.some((fact) => fact.type === 'notified' && fact.on === lostOn)
  const steps: CourseStep[] = facts.map((fact) => ({
    type: 'fact',
    on: fact.on,
    fact,
    costs: atOnce && fact.type === 'notified',
  }))
  if (foundOn !== null) steps.unshift({ type: 'found', on: foundOn })
  if (lostOn !== null && !atOnce) steps.push({ type: 'lost', on: lostOn })
  if (deadline !== null && deadline >= asOf && (status === 'open' || status === 'pending-review')) {
    steps.push({ type: 'deadline', on: deadline })
  }
  return steps
    .map((step, index) => ({ step, index }))
    .sort((a, b) => a.step.on.localeCompare(b.step.on) || a.index - b.index)
    .map(({ step }) => step)
}
