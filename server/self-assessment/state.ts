import {
  possibleSteps,
  selfState,
  type MarkInForce,
  type SelfState,
  type SelfStep,
} from '#assessment/score/self-assessment'
import type { Source } from '../../db/source.ts'
import {
  listClaimsInForce,
  listMarksInForce,
  listSubmissionsOf,
  type Claim,
  type Mark,
  type SubmissionFact,
  type WindowPlace,
} from '../../db/self-assessments.ts'
import { mayWrite, requireActivity, type Activity } from '../access/stage-rules.ts'
import { grouped } from '../grouped.ts'
import { Problem } from '../http/problem.ts'
import type { WindowAt } from './place.ts'

/** Where one unit's window stands, with everything in force. */
export interface UnitStanding {
  readonly state: SelfState
  readonly events: readonly SubmissionFact[]
  /** By leaf; the key null is a mark for the window as a whole. */
  readonly claims: ReadonlyMap<string, Claim>
  readonly marks: ReadonlyMap<string | null, Mark>
}

/** Whether the window came with one mark for all of it, and none leaf by leaf. */
export const isMarkedAsWhole = ({ marks }: Pick<UnitStanding, 'marks'>): boolean =>
  marks.size === 1 && marks.has(null)

/** The marks of those who see no more than some areas: a mark for the window as a whole would tell them of the others. */
export const marksSeen = (
  { marks }: Pick<UnitStanding, 'marks'>,
  { isWhole }: { readonly isWhole: boolean },
): UnitStanding['marks'] => (isWhole ? marks : new Map([...marks].filter(([leaf]) => leaf !== null)))

export const markOf = ({ marks, notApplicable }: Pick<Mark, 'marks' | 'notApplicable'>): MarkInForce =>
  notApplicable === 1 ? 'not-applicable' : marks

const isWaiting = (mark: Mark): boolean => markOf(mark) === null && mark.importId === null

function standingOf(
  events: readonly SubmissionFact[],
  claims: readonly Claim[],
  marks: readonly Mark[],
): UnitStanding {
  const withdrawn = events.at(-1)?.type === 'withdrawn'
  const inForce = withdrawn ? marks.filter((mark) => !isWaiting(mark)) : marks
  const state = selfState(
    events.map(({ type }) => type),
    inForce.map(markOf),
  )
  return {
    state,
    events,
    claims: new Map(claims.map((claim) => [claim.leaf, claim])),
    marks: new Map(inForce.map((mark) => [mark.leaf, mark])),
  }
}

const unitOf = ({ unitId }: { readonly unitId: string }): string => unitId

/** Where units stand in a window; units that have done nothing stand at the beginning. Claims may be left out where nobody asks for them. */
export async function standingsOf(
  db: Source,
  place: WindowPlace,
  { withClaims = true }: { readonly withClaims?: boolean } = {},
): Promise<{ readonly of: (unitId: string) => UnitStanding }> {
  const { leaf: _leaf, ...window } = place
  const events = grouped(await listSubmissionsOf(db, window), unitOf)
  const claims = grouped(withClaims ? await listClaimsInForce(db, place) : [], unitOf)
  const marks = grouped(await listMarksInForce(db, place), unitOf)
  const made = new Map<string, UnitStanding>()
  return {
    of: (unitId) => {
      const known =
        made.get(unitId) ??
        standingOf(events.get(unitId) ?? [], claims.get(unitId) ?? [], marks.get(unitId) ?? [])
      made.set(unitId, known)
      return known
    },
  }
}

export const standingIn = async (db: Source, place: WindowPlace, unitId: string): Promise<UnitStanding> =>
  (await standingsOf(db, { ...place, unitIds: [unitId] })).of(unitId)

/** A form sent back, or one whose day was put off, is still finished while the year is aggregated. */
function activityOf(step: SelfStep, { state }: UnitStanding, { window }: WindowAt): Activity {
  if (step === 'return' || step === 'verify') return 'verify'
  return state === 'returned' || window.isPutOff ? 'hand-in-again' : 'hand-in'
}

/** What may happen next in a unit's window in this stage, whoever does it. */
export const stepsOf = (standing: UnitStanding, at: WindowAt): readonly SelfStep[] =>
  possibleSteps(standing.state, [...standing.marks.values()].map(markOf), at.window.closedOn !== null).filter(
    (step) => mayWrite(at.visible.assessment, activityOf(step, standing, at)),
  )

/** The states in words, for refusals. */
const stateWords: Readonly<Record<SelfState, Readonly<Record<'zh-CN' | 'en', string>>>> = {
  draft: { 'zh-CN': '填报中', en: 'being filled in' },
  submitted: { 'zh-CN': '已报送', en: 'handed in' },
  returned: { 'zh-CN': '已退回', en: 'returned' },
  resubmitted: { 'zh-CN': '已重新报送', en: 'handed in again' },
  verified: { 'zh-CN': '已核查', en: 'verified' },
}

/** Throws why the step cannot be taken now. */
export function requireStep(step: SelfStep, standing: UnitStanding, at: WindowAt): void {
  requireActivity(at.visible.assessment, activityOf(step, standing, at))
  if (stepsOf(standing, at).includes(step)) return
  throw new Problem(step === 'fill' ? 'self-locked' : 'self-step-not-possible', {
    words: (language) => ({ state: stateWords[standing.state][language] }),
  })
}
