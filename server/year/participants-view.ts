import { z } from 'zod'
import { loadFacts } from '../../db/facts.ts'
import type { Source } from '../../db/source.ts'
import { scopeOf } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import { mayWrite } from '../access/stage-rules.ts'
import { chargingIn, type Visible } from '../access/visibility.ts'
import { versionTag } from './assessment-view.ts'

/** What keeps a participant on the list: findings charged to it, its forms and verified marks, a third party’s marks. */
const holds = ['findings', 'self', 'external'] as const
type Hold = (typeof holds)[number]

export const participantsSchema = z
  .object({
    version: z.string(),
    /** How the reader may change the list now: freely as long as nothing has begun, afterwards only with a reason; null where not at all. */
    change: z.enum(['free', 'with-reason']).nullable(),
    items: z.array(
      z.object({
        unitId: z.string(),
        unit: z.string(),
        kind: z.string(),
        group: z.string(),
        /** What is recorded about it, so that it cannot be taken off the list; empty for who may not change the list. */
        heldBy: z.array(z.enum(holds)),
      }),
    ),
  })
  .meta({ id: 'Participants' })

/** Participants about which something is recorded, and what. */
export async function participantsHeld(
  db: Source,
  visible: Visible,
): Promise<ReadonlyMap<string, ReadonlySet<Hold>>> {
  const facts = await loadFacts(db, visible.assessment.id)
  const { nearest } = chargingIn(visible)
  const claims = await db
    .selectFrom('claims')
    .select('unitId')
    .where('assessmentId', '=', visible.assessment.id)
    .distinct()
    .execute()
  const held = new Map<string, Set<Hold>>()
  const hold = (unitId: string | null, why: Hold): void => {
    if (unitId !== null) held.set(unitId, (held.get(unitId) ?? new Set()).add(why))
  }
  for (const { unitId } of facts.findings) hold(nearest(unitId), 'findings')
  for (const { unitId } of [...facts.verified, ...facts.submissions, ...claims]) hold(unitId, 'self')
  for (const { unitId } of facts.external) hold(unitId, 'external')
  return held
}

const changeOf = ({ assessment }: Visible) => {
  if (mayWrite(assessment, 'set-up')) return 'free'
  return mayWrite(assessment, 'amend-participants') ? 'with-reason' : null
}

/** Who is assessed, in which group; for `role`, who may only read the list, without what is recorded. */
export async function participantsView(
  db: Source,
  visible: Visible,
  { role }: Pick<Account, 'role'>,
): Promise<z.infer<typeof participantsSchema>> {
  const change = scopeOf(role, 'participant.write') === undefined ? null : changeOf(visible)
  const held = change === null ? new Map<string, never>() : await participantsHeld(db, visible)
  const units = new Map(visible.units.map((unit) => [unit.id, unit]))
  return {
    version: versionTag(visible.assessment.version),
    change,
    items: visible.participants.map(({ unitId, groupName }) => ({
      unitId,
      unit: units.get(unitId)?.name ?? '',
      kind: units.get(unitId)?.kind ?? '',
      group: groupName,
      heldBy: holds.filter((hold) => held.get(unitId)?.has(hold)),
    })),
  }
}
