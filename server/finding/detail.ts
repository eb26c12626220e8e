import type { Day } from '#assessment/day'
import type { FindingFact } from '#assessment/score/facts'
import { appealUntil } from '#assessment/score/finding-course'
import { effectsOn, type EffectOf, type FindingEffect } from '#assessment/insight/finding-effect'
import { whenLost } from '#assessment/score/one-unit'
import { workingDaysBetween } from '#assessment/working-days'
import { findFinding } from '../../db/findings.ts'
import { reviewsInsteadOf } from '../access/case-rights.ts'
import type { Scope } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import type { Visible } from '../access/visibility.ts'
import { Problem } from '../http/problem.ts'
import { dayInChina } from '../today.ts'
import type { AssessedOn } from '../assessed.ts'
import { caseOf, stepsFor, turnOf } from './case.ts'
import type { SignedInEnv } from '../http/context.ts'
import { factViews } from './fact-views.ts'
import type { FindingDetail } from './wire.ts'
import { ledgerLine } from './ledger.ts'
import { originOf } from './origin.ts'
import { seesRanks, seesScoreOf } from '../access/sight.ts'

type Variables = SignedInEnv['Variables'] & { readonly scope: Scope }

/** The version of a finding: how many facts it has. */
export const findingEtag = (facts: readonly unknown[]): string => `"${facts.length}"`

/** An effect without what the caller may not know of the ranking. */
function effectFor(effect: FindingEffect, account: Account, visible: Visible): FindingEffect {
  if (seesRanks(account, visible)) return effect
  const own = (change: FindingEffect['charged']) =>
    change && seesScoreOf(account, change.unitId)
      ? { ...change, from: { ...change.from, rank: null }, to: { ...change.to, rank: null } }
      : null
  return { charged: own(effect.charged), instead: own(effect.instead), moved: [] }
}

const prepared = new WeakMap<AssessedOn['assessed'], EffectOf>()

function effectsFor({ scheme, facts, assessed, calendar }: AssessedOn): EffectOf {
  const effects = prepared.get(assessed) ?? effectsOn(scheme, facts, assessed, calendar)
  prepared.set(assessed, effects)
  return effects
}

/** What adding facts to a finding would do, as far as the caller may know. */
export const effectSeenBy = (
  on: AssessedOn,
  visible: Visible,
  account: Account,
  findingId: string,
  then: readonly FindingFact[],
): FindingEffect => effectFor(effectsFor(on)(findingId, then), account, visible)

/** One finding on a day as the caller may see it; what may be done is told for today. Throws `not-found`. */
export async function findingDetail(
  { deps, account, scope, assessed }: Variables,
  visible: Visible,
  findingId: string,
  asOf: Day,
): Promise<FindingDetail> {
  const on = await assessed.on(visible.assessment.id, asOf)
  const line = ledgerLine(on, visible, account, scope, findingId)
  const stored = line && (await findFinding(deps.db, line.findingId))
  if (!stored) throw new Problem('not-found')
  const now = caseOf(stored, visible, on.calendar, dayInChina(deps.clock()))
  const views = await factViews(deps.db, [stored], asOf, visible, { account, scope })
  const facts = views.get(findingId) ?? []
  const origin = await originOf(deps.db, visible, account, findingId)
  const about = { ...line, origin, foundOn: stored.foundOn, facts }
  if (line.movedOn !== null)
    return {
      ...about,
      etag: findingEtag(facts),
      legal: [],
      turn: null,
      insteadOf: null,
      appealUntil: null,
      daysLeft: null,
      whatIf: null,
    }
  const after = (...then: readonly FindingFact[]) => effectSeenBy(on, visible, account, findingId, then)
  const legal = stepsFor(now, account, visible)
  const costs = line.points > 0 || line.atRisk > 0
  return {
    ...about,
    etag: findingEtag(stored.facts),
    legal,
    turn: turnOf(now),
    insteadOf: legal.includes('accepted') ? reviewsInsteadOf(account, visible, now.parties) : null,
    appealUntil: appealUntil(now.finding, on.calendar, on.scheme.appealWithin),
    daysLeft: line.deadline === null ? null : workingDaysBetween(on.calendar, asOf, line.deadline),
    whatIf: seesScoreOf(account, line.chargedUnitId)
      ? {
          upheld: after(),
          revoked: costs ? after({ type: 'decided', on: asOf, outcome: 'revoked' }) : null,
          lost: line.atRisk > 0 ? after(...whenLost(asOf)) : null,
        }
      : null,
  }
}
