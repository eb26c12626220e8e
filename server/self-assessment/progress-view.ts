import { z } from 'zod'
import type { Day } from '#assessment/day'
import { formAreas, selfStates } from '#assessment/score/self-assessment'
import { listAnswered } from '../../db/drafts.ts'
import type { Source } from '../../db/source.ts'
import { areasReached } from '../access/verifier-rights.ts'
import { unitNamesIn, type Viewer } from '../access/visibility.ts'
import { pageOf } from '../http/wire.ts'
import type { WindowAt } from './place.ts'
import { marksSeen, standingsOf } from './state.ts'
import { totalsOf } from './sums.ts'
import { totalsSchema, windowsSchema } from './wire.ts'

const unitProgress = z.object({
  unitId: z.string(),
  unit: z.string(),
  group: z.string(),
  state: z.enum(selfStates),
  submittedOn: z.string().nullable(),
  lastOn: z.string().nullable(),
  isOverdue: z.boolean(),
  totals: totalsSchema,
})
type UnitProgress = z.infer<typeof unitProgress>

export const progressSchema = pageOf(unitProgress).extend({
  ...windowsSchema.shape,
  counts: z.record(z.enum(selfStates), z.int()),
  overdue: z.int(),
})

/** How far each unit in reach is in a window: of a draft, what it has answered; of others, what was handed in. */
export async function progressIn(
  db: Source,
  at: WindowAt,
  { account, scope }: Pick<Viewer, 'account' | 'scope'>,
  today: Day,
): Promise<UnitProgress[]> {
  const standings = await standingsOf(db, at.place)
  const answered = new Map<string, Set<string>>()
  for (const { unitId, leaf } of await listAnswered(db, at.place))
    answered.set(unitId, (answered.get(unitId) ?? new Set()).add(leaf))
  const unitNames = unitNamesIn(at.visible)
  const reached = areasReached(at.visible, account, scope)
  return at.visible.participants.flatMap(({ unitId, groupName }): UnitProgress[] => {
    const areas = reached(at.component, unitId)
    if (areas === null) return []
    const { state, events, claims, marks } = standings.of(unitId)
    const isDraft = state === 'draft'
    const leaves = areas.flatMap((area) => area.leaves)
    const isWhole = areas.length === formAreas(at.component, groupName).length
    const handedIn = events.find(({ type }) => type === 'submitted' || type === 'resubmitted')
    const claimedFor = (leaf: string) => {
      const claim = isDraft ? undefined : claims.get(leaf)
      return claim ? { marks: claim.marks, notApplicable: claim.notApplicable === 1 } : null
    }
    const totals = totalsOf(leaves, claimedFor, marksSeen({ marks }, { isWhole }))
    const filled = leaves.filter(({ key }) => answered.get(unitId)?.has(key)).length
    return [
      {
        unitId,
        unit: unitNames.get(unitId) ?? '',
        group: groupName,
        state,
        submittedOn: isDraft ? null : (handedIn?.onDay ?? null),
        lastOn: events.at(-1)?.onDay ?? null,
        isOverdue: isDraft && at.windowFor(unitId).dueOn < today,
        totals: isDraft ? { ...totals, filled } : totals,
      },
    ]
  })
}

/** How many units are in each state, and how many are late. */
export function progressCounts(
  units: readonly UnitProgress[],
): Pick<z.infer<typeof progressSchema>, 'counts' | 'overdue'> {
  const counts = { draft: 0, submitted: 0, returned: 0, resubmitted: 0, verified: 0 }
  for (const { state } of units) counts[state]++
  return { counts, overdue: units.filter(({ isOverdue }) => isOverdue).length }
}
