import { z } from 'zod'
import { roles, stageMeaning, type Role } from '#assessment/vocabulary'
import { listAccounts } from '../../db/accounts.ts'
import { listAssessments } from '../../db/assessments.ts'
import { listParticipants } from '../../db/participants.ts'
import { responsibleIn } from '../../db/responsible-units.ts'
import type { Source } from '../../db/source.ts'
import { listUnits } from '../../db/units.ts'
import { reference } from '../http/wire.ts'

export const missingSchema = z.object({
  items: z.array(z.object({ unit: reference, roles: z.array(z.enum(roles)) })),
})

/** Who works for a participant: somebody fills in, somebody answers for it. */
const ofParticipant: readonly Role[] = ['editor', 'head']
/** Who works for a unit that a rule names as providing or responsible. */
const ofProvider: readonly Role[] = ['agency']

/**
 * The units of assessments under way without an account that their part in them needs, in the order of units. One that waits to be granted is there;
 * one that is disabled is not. The office carries its assessments out itself.
 */
export async function missingAccounts(db: Source): Promise<z.infer<typeof missingSchema>> {
  const needed = new Map<string, Set<Role>>()
  const need = (unitId: string, wanted: readonly Role[]) =>
    needed.set(unitId, new Set([...(needed.get(unitId) ?? []), ...wanted]))
  for (const { id, stage, unitId: office } of await listAssessments(db)) {
    if (!stageMeaning[stage].running) continue
    for (const { unitId } of await listParticipants(db, id)) need(unitId, ofParticipant)
    for (const unitId of (await responsibleIn(db, id)).values())
      if (unitId !== office) need(unitId, ofProvider)
  }
  const there = new Set(
    (await listAccounts(db))
      .filter(({ disabledAt }) => disabledAt === null)
      .map(({ unitId, role }) => JSON.stringify([unitId, role])),
  )
  const items = (await listUnits(db)).flatMap(({ id, name }) => {
    const missing = [...(needed.get(id) ?? [])].filter((role) => !there.has(JSON.stringify([id, role])))
    return missing.length > 0 ? [{ unit: { id, name }, roles: missing }] : []
  })
  return { items }
}
