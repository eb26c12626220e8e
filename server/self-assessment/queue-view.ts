import { z } from 'zod'
import { selfStates } from '#assessment/score/self-assessment'
import type { Source } from '../../db/source.ts'
import { windowsView } from './form.ts'
import { isMarkedAsWhole, markOf, standingsOf, type UnitStanding } from './state.ts'
import { itemsOn, type VerificationDesk } from './verification-desk.ts'
import { windowsSchema } from './wire.ts'

const count = { waiting: z.int(), of: z.int() }

/** What waits for the caller, by indicator and by unit; only windows handed in count. With it what others verify and the caller might verify for them. */
export const queueSchema = z
  .object({
    ...windowsSchema.shape,
    ...count,
    /** What waits for other responsible units; in the counts only where it was asked for. */
    others: z.int(),
    /** Responsible units for which nobody works, with what waits for them. */
    missing: z.array(z.object({ unit: z.string(), waiting: z.int() })),
    areas: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        leaves: z.array(z.object({ key: z.string(), name: z.string(), full: z.string(), ...count })),
      }),
    ),
    units: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        group: z.string(),
        state: z.enum(selfStates),
        ...count,
      }),
    ),
  })
  .meta({ id: 'VerificationQueue' })
type Queue = z.infer<typeof queueSchema>
type Area = Queue['areas'][number]

/** Whether a leaf waits or is verified already; null while it is not handed in. */
function stateOf(standing: UnitStanding, leaf: string): 'waiting' | 'verified' | null {
  const mark = standing.marks.get(leaf)
  if (mark !== undefined && markOf(mark) !== null) return 'verified'
  const isHandedIn = standing.state !== 'draft' && standing.state !== 'returned'
  return isHandedIn && !isMarkedAsWhole(standing) ? 'waiting' : null
}

const entryOf = <Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value => {
  const value = map.get(key) ?? make()
  map.set(key, value)
  return value
}

/** What waits on a desk, counted by leaf and by unit; with `others` also what waits for who is responsible elsewhere. */
export async function queueOn(
  db: Source,
  desk: VerificationDesk,
  { others = false }: { readonly others?: boolean } = {},
): Promise<Queue> {
  const standings = await standingsOf(db, desk.at.place, { withClaims: false })
  const areas = new Map<string, Omit<Area, 'leaves'> & { leaves: Map<string, Area['leaves'][number]> }>()
  const units = new Map<string, { waiting: number; of: number }>()
  const total = { waiting: 0, of: 0 }
  const missing = new Map<string, number>()
  let ofOthers = 0
  for (const { unit, area, leaf, insteadOf, isOwn } of itemsOn(desk)) {
    const { key, name, full } = leaf
    const state = stateOf(standings.of(unit.id), key)
    if (state === 'waiting' && !isOwn) ofOthers++
    if (!isOwn && !others) continue
    if (state === 'waiting' && isOwn && insteadOf !== null)
      missing.set(insteadOf, (missing.get(insteadOf) ?? 0) + 1)
    const { leaves } = entryOf(areas, area.key, () => ({
      key: area.key,
      name: area.name,
      leaves: new Map(),
    }))
    const ofLeaf = entryOf(leaves, key, () => ({ key, name, full, waiting: 0, of: 0 }))
    const ofUnit = entryOf(units, unit.id, () => ({ waiting: 0, of: 0 }))
    for (const count of [total, ofLeaf, ofUnit]) {
      count.of += state === null ? 0 : 1
      count.waiting += state === 'waiting' ? 1 : 0
    }
  }
  return {
    ...windowsView(desk.at),
    ...total,
    others: ofOthers,
    missing: [...missing].map(([unit, waiting]) => ({ unit, waiting })),
    areas: [...areas.values()].map(({ leaves, ...area }) => ({ ...area, leaves: [...leaves.values()] })),
    units: desk.units.flatMap(({ id, name, group }) => {
      const count = units.get(id)
      return count ? [{ id, name, group, state: standings.of(id).state, ...count }] : []
    }),
  }
}
