import { z } from 'zod'
import { type Day, later } from '#assessment/day'
import type { CaseStep } from '#assessment/score/finding-course'
import { scopeOf } from '../access/permissions.ts'
import { refusalOf } from '../access/case-rights.ts'
import type { Account } from '../access/session.ts'
import { requireActivity } from '../access/stage-rules.ts'
import { type Visible, chargingIn } from '../access/visibility.ts'
import { Problem } from '../http/problem.ts'
import { activityOf, type Case } from './case.ts'
import { kindsOf } from '#assessment/rule/scheme'
import { stepsInWords } from './step-words.ts'
import { day, id, text } from '../http/wire.ts'

const on = day.optional()
const evidence = z.array(id).max(50).default([])
const reason = text(2000)
const mayExplain = { on, evidence, reason: reason.optional() }
const mustExplain = { on, evidence, reason }
const decided = z.object({ type: z.literal('decided'), ...mustExplain })

/** One step of a case as a caller asks for it. */
export const stepBody = z.union([
  z.object({ type: z.literal('extended'), ...mustExplain, deadline: day }),
  z.object({ type: z.enum(['submitted', 'withdrawn', 'accepted']), ...mayExplain }),
  z.object({ type: z.enum(['rejected', 'appealed', 'reversed']), ...mustExplain }),
  decided.extend({ outcome: z.enum(['upheld', 'revoked']) }),
  decided.extend({ outcome: z.literal('amended'), kind: z.string().min(1).max(100), unitId: id }),
])
export type StepBody = z.infer<typeof stepBody>

/** The day of a step: today, or an earlier one for those who keep the ledger and say why. Throws what is wrong with it. */
export function dayOfStep(step: StepBody, { stored }: Case, account: Account, today: Day): Day {
  const on = step.on ?? today
  if (on > today) throw new Problem('fact-in-future')
  if (on !== today) {
    if (scopeOf(account.role, 'finding.extend') === undefined) throw new Problem('backdating-not-yours')
    if (step.reason === undefined) throw new Problem('reason-required')
  }
  const previous = stored.facts.map(({ onDay }) => onDay).reduce(later, '')
  // A notice dated ahead may still turn out to be an error.
  if (on < previous && !(step.type === 'reversed' && on === today))
    throw new Problem('fact-before-previous', { params: { day: previous } })
  return on
}

/** Throws when the account may not take the step in this case, whatever the day. */
export function requireRight(
  step: CaseStep,
  { parties }: Case,
  account: Account,
  { scheme, assessment }: Visible,
): void {
  const refusal = refusalOf(step, account, scheme, parties)
  if (refusal !== null) throw new Problem(refusal)
  requireActivity(assessment, activityOf(step))
}

function requireLaterDeadline(deadline: Day, on: Day, { trace }: Case): void {
  const present = trace.deadline ?? on
  if (deadline <= present || deadline < on)
    throw new Problem('extension-not-later', { params: { deadline: present } })
}

function requireAmendment(
  to: { readonly kind: string; readonly unitId: string },
  at: Case,
  visible: Visible,
) {
  const kind = kindsOf(visible.scheme).get(to.kind)
  if (!kind) throw new Problem('unknown-kind')
  if (!visible.units.some((unit) => unit.id === to.unitId)) throw new Problem('unknown-unit')
  if (chargingIn(visible).charged(to.unitId, kind.chargedUpward) === null)
    throw new Problem('unit-not-charged')
  if (at.trace.kind.key === kind.key && at.trace.unitId === to.unitId)
    throw new Problem('amendment-changes-nothing')
}

/** Throws `step-not-possible` with what is, or what else is wrong with the step. The case stands on the step's day. */
export function requirePossible(
  step: StepBody,
  on: Day,
  at: Case,
  legal: readonly CaseStep[],
  visible: Visible,
): void {
  if (!at.steps.includes(step.type))
    throw new Problem('step-not-possible', {
      words: (language) => ({ possible: stepsInWords(legal, language) }),
      extensions: { legal },
    })
  if (step.type === 'extended') requireLaterDeadline(step.deadline, on, at)
  if (step.type === 'decided' && step.outcome === 'amended') requireAmendment(step, at, visible)
}
