import type { z } from 'zod'
import { lastSignOff, type SignOff } from '../../db/sign-offs.ts'
import type { Source } from '../../db/source.ts'
import { scopeOf } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import type { SelfStep } from '#assessment/score/self-assessment'
import type { UnitWindowAt } from './place.ts'
import type { UnitStanding } from './state.ts'
import type { FormStep, signOffSchema } from './wire.ts'

/** What was last said of 审定 since the form was handed in, returned or withdrawn; undefined = nothing. */
export const signOffIn = (
  db: Source,
  { unitPlace }: Pick<UnitWindowAt, 'unitPlace'>,
  { events }: Pick<UnitStanding, 'events'>,
): Promise<SignOff | undefined> => lastSignOff(db, unitPlace, events.at(-1)?.recordedAt ?? null)

/** The steps of 审定 that an account of the unit may take: who may not hand in asks; who may sends back what was asked. */
export function signOffSteps(
  account: Account,
  possible: readonly SelfStep[],
  signOff: SignOff | undefined,
): FormStep[] {
  if (!possible.includes('fill') || scopeOf(account.role, 'self.fill') === undefined) return []
  const isAsked = signOff?.type === 'asked'
  const handsIn = scopeOf(account.role, 'self.submit') !== undefined
  if (handsIn) return isAsked ? ['decline'] : []
  return isAsked ? [] : ['ask']
}

/** As the unit's own people see it. */
export const signOffView = (
  signOff: SignOff | undefined,
  by: string | null,
): z.infer<typeof signOffSchema> | null =>
  signOff ? { type: signOff.type, at: signOff.recordedAt, by, reason: signOff.reason } : null
