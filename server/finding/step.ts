import { insertBonusMarks, listBonusMarks } from '../../db/bonuses.ts'
import { findFinding, insertFindingFacts, type StoredFinding } from '../../db/findings.ts'
import { loadCalendar } from '../../db/holidays.ts'
import { newId } from '../../db/ids.ts'
import { done, type Done, type DoingIn } from '../act.ts'
import { attachStaged } from '../evidence/attach.ts'
import { requireMatch } from '../http/if-match.ts'
import { findingEtag } from './detail.ts'
import { byProvider } from './fact-views.ts'
import { z } from 'zod'
import { type Day, later } from '#assessment/day'
import { fullNumber } from '#assessment/score/finding-number'
import { withdrawnSubmission, type CaseStep } from '#assessment/score/finding-course'
import { scopeOf, type Scope } from '../access/permissions.ts'
import { providerAsParty, reachOf, refusalOf, reviewsInsteadOf } from '../access/case-rights.ts'
import type { Account } from '../access/session.ts'
import { requireActivity } from '../access/stage-rules.ts'
import { chargingIn, unitNamesIn, type Visible } from '../access/visibility.ts'
import { Problem } from '../http/problem.ts'
import { activityOf, caseOf, latestDeadline, stepsFor, type Case } from './case.ts'
import { kindsOf } from '#assessment/rule/scheme'
import { unitDeadlineOf } from './amendment.ts'
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
  decided.extend({
    outcome: z.literal('amended'),
    kind: z.string().min(1).max(100),
    /** Under that kind; left out = its usual one. */
    severity: z.string().min(1).max(200).optional(),
    unitId: id,
  }),
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
export function requireRight(step: CaseStep, { parties }: Case, account: Account, visible: Visible): void {
  const refusal = refusalOf(step, account, visible, parties)
  if (refusal !== null) throw new Problem(refusal)
  requireActivity(visible.assessment, activityOf(step))
}

function requireLaterDeadline(deadline: Day, on: Day, { trace }: Case, today: Day): void {
  const present = trace.deadline ?? on
  if (deadline <= present || deadline < on)
    throw new Problem('extension-not-later', { params: { deadline: present } })
  if (deadline > latestDeadline(today))
    throw new Problem('deadline-too-late', { params: { day: latestDeadline(today) } })
}

function requireAmendment(
  to: { readonly kind: string; readonly severity?: string | undefined; readonly unitId: string },
  at: Case,
  visible: Visible,
) {
  const kind = kindsOf(visible.scheme).get(to.kind)
  if (!kind) throw new Problem('unknown-kind')
  if (!visible.units.some((unit) => unit.id === to.unitId)) throw new Problem('unknown-unit')
  if (chargingIn(visible).charged(to.unitId, kind.chargedUpward) === null)
    throw new Problem('unit-not-charged')
  const severity = kind.severities.find(({ key }) => to.severity === undefined || key === to.severity)
  if (!severity) throw new Problem('unknown-severity')
  const { trace } = at
  if (trace.kind.key === kind.key && trace.severity.key === severity.key && trace.unitId === to.unitId)
    throw new Problem('amendment-changes-nothing')
}

/** Throws `step-not-possible` with what is, or what else is wrong with the step. The case stands on the step's day. */
export function requirePossible(
  step: StepBody,
  on: Day,
  at: Case,
  legal: readonly CaseStep[],
  visible: Visible,
  today: Day,
): void {
  if (!at.steps.includes(step.type))
    throw new Problem('step-not-possible', {
      words: (language) => ({ possible: stepsInWords(legal, language) }),
      extensions: { legal },
    })
  if (step.type === 'extended') requireLaterDeadline(step.deadline, on, at, today)
  if (step.type === 'decided' && step.outcome === 'amended') requireAmendment(step, at, visible)
}

/** Points given before there were ledgers of gains are taken back by their opposite. */
async function takeBack(
  { trx, by, at }: DoingIn,
  { id: reverses, assessmentId, unitId }: StoredFinding,
  onDay: Day,
  reason: string | undefined,
): Promise<void> {
  const rows = await listBonusMarks(trx, assessmentId)
  const points = rows.find((row) => row.id === reverses)?.points ?? 0
  const recorded = { importId: null, recordedBy: by.id, recordedAt: at }
  const what = reason ?? ''
  await insertBonusMarks(trx, [
    { id: newId(), assessmentId, unitId, points: -points, what, onDay, reverses, ...recorded },
  ])
}

/** What the provider says of a rectification. */
const isReview = (step: CaseStep): boolean => step === 'accepted' || step === 'rejected'

/**
 * Adds the next fact to a case, with its evidence. Throws what is against it, before anything is written: the case is out of reach or changed
 * meanwhile, the right is missing, the day or the step is not possible, or the office reviews in another's place without saying why.
 */
export async function takeStep(
  doing: DoingIn & { readonly scope: Scope },
  findingId: string,
  step: StepBody,
  ifMatch: string | undefined,
): Promise<Done<void>> {
  const { trx, by, at, today, visible, scope } = doing
  const assessmentId = visible.assessment.id
  const stored = await findFinding(trx, findingId)
  if (stored?.assessmentId !== assessmentId) throw new Problem('not-found')
  const calendar = await loadCalendar(trx)
  const present = caseOf(stored, visible, calendar, today)
  if (present.parties.chargedUnitId === null || !reachOf(visible, by, scope)(present.parties))
    throw new Problem('not-found')
  requireRight(step.type, present, by, visible)
  requireMatch(ifMatch, findingEtag(stored.facts))
  const on = dayOfStep(step, present, by, today)
  const legal = stepsFor(present, by, visible)
  const insteadOf = isReview(step.type) ? reviewsInsteadOf(by, visible, present.parties) : null
  if (insteadOf !== null && step.reason === undefined)
    throw new Problem('reason-in-place-required', { params: { unit: insteadOf } })
  requirePossible(step, on, caseOf(stored, visible, calendar, on), legal, visible, today)

  if (stored.isGiven) {
    await takeBack(doing, stored, on, step.reason)
    return done(undefined, { subject: findingId, detail: { assessment: assessmentId, on } })
  }
  const from = present.parties.chargedUnitId
  const factId = newId()
  const outcome = step.type === 'decided' ? step.outcome : null
  const amended = step.type === 'decided' && step.outcome === 'amended' ? step : null
  await insertFindingFacts(trx, [
    {
      id: factId,
      findingId,
      type: step.type,
      onDay: on,
      deadline: step.type === 'extended' ? step.deadline : null,
      outcome,
      kind: amended?.kind ?? null,
      unitId: amended?.unitId ?? null,
      severity: amended?.severity ?? null,
      unitDeadline: amended && unitDeadlineOf(visible, calendar, amended, { from, toldOn: later(on, today) }),
      reason: step.reason ?? null,
      recordedBy: by.id,
      recordedAt: at,
    },
  ])
  // What was withdrawn may be handed in again with the same files.
  const told = stored.facts.map((fact) => ({ ...fact, deadline: fact.deadline ?? fact.unitDeadline ?? null }))
  const goesOnFrom = step.type === 'submitted' ? withdrawnSubmission(told)?.id : undefined
  await attachStaged(trx, {
    ids: step.evidence,
    factId,
    accountId: by.id,
    assessmentId,
    from: goesOnFrom,
  })
  const names = unitNamesIn(visible)
  const inPlaceOf = byProvider.has(step.type) ? providerAsParty(visible, present.parties) : null
  const number = fullNumber(present.finding, present.parties.chargedUnitId, (unit) => names.get(unit) ?? '')
  const detail = { assessment: assessmentId, number, fact: factId, on, outcome, inPlaceOf, insteadOf }
  return done(undefined, { subject: findingId, detail })
}
