import { z } from 'zod'
import {
  add,
  decimal,
  divide,
  exactly,
  format,
  hundred,
  multiply,
  subtract,
  zero,
  type Rational,
} from '#assessment/rational'
import { namesOf } from '../../db/accounts.ts'
import type { Source } from '../../db/source.ts'
import { areasReached } from '../access/verifier-rights.ts'
import type { Viewer } from '../access/visibility.ts'
import { windowsView } from './form.ts'
import { markOf, standingsOf } from './state.ts'
import type { VerificationDesk } from './verification-desk.ts'
import { windowsSchema } from './wire.ts'

/** Claimed and verified over the leaves that have both; `per100` is claimed − verified on 100 full marks. */
const gap = z.object({
  key: z.string(),
  name: z.string(),
  leaves: z.int(),
  lowered: z.int(),
  raised: z.int(),
  full: z.string(),
  claimed: z.string(),
  verified: z.string(),
  difference: z.string(),
  per100: z.string().nullable(),
})
type Gap = z.infer<typeof gap>

export const statisticsSchema = z
  .object({
    ...windowsSchema.shape,
    total: gap,
    units: z.array(gap),
    areas: z.array(gap),
    verifiers: z.array(gap),
  })
  .meta({ id: 'VerificationStatistics' })

interface Sums {
  readonly name: string
  leaves: number
  lowered: number
  raised: number
  full: Rational
  claimed: Rational
  verified: Rational
}

const empty = (name: string): Sums => ({
  name,
  leaves: 0,
  lowered: 0,
  raised: 0,
  full: zero,
  claimed: zero,
  verified: zero,
})

function gapOf(key: string, sums: Sums): Gap {
  const difference = subtract(sums.claimed, sums.verified)
  return {
    key,
    name: sums.name,
    leaves: sums.leaves,
    lowered: sums.lowered,
    raised: sums.raised,
    full: exactly(sums.full),
    claimed: exactly(sums.claimed),
    verified: exactly(sums.verified),
    difference: exactly(difference),
    per100: sums.full.n === 0n ? null : format(multiply(divide(difference, sums.full), hundred)),
  }
}

function sumsIn(sums: Map<string, Sums>, key: string, name: string): Sums {
  const ofKey = sums.get(key) ?? empty(name)
  sums.set(key, ofKey)
  return ofKey
}

function count(sums: Sums, full: string, claimed: string, verified: string): void {
  const [before, after] = [decimal(claimed), decimal(verified)]
  const { n } = subtract(before, after)
  sums.leaves++
  sums.lowered += n > 0n ? 1 : 0
  sums.raised += n < 0n ? 1 : 0
  sums.full = add(sums.full, decimal(full))
  sums.claimed = add(sums.claimed, before)
  sums.verified = add(sums.verified, after)
}

/** How claimed and verified marks differ in a window, by unit, area and verifier; a responsible unit sees its own areas. */
export async function statisticsOn(
  db: Source,
  { at, units, rights }: VerificationDesk,
  { account, scope }: Pick<Viewer, 'account' | 'scope'>,
): Promise<z.infer<typeof statisticsSchema>> {
  const standings = await standingsOf(db, at.place)
  const reached = areasReached(at.visible, account, scope)
  const total = empty('')
  const byUnit = new Map<string, Sums>()
  const byArea = new Map<string, Sums>()
  const byVerifier = new Map<string, Sums>()
  const recorders = await namesOf(
    db,
    units.flatMap(({ id }) => [...standings.of(id).marks.values()].map(({ recordedBy }) => recordedBy)),
  )
  for (const unit of units) {
    const { claims, marks, state } = standings.of(unit.id)
    if (state === 'draft') continue
    for (const area of reached(at.component, unit.id) ?? []) {
      for (const leaf of area.leaves) {
        const mark = marks.get(leaf.key)
        const claimed = claims.get(leaf.key)?.marks
        const verified = mark === undefined ? null : markOf(mark)
        if (!claimed || verified === null || verified === 'not-applicable') continue
        const verifier =
          recorders.get(mark?.recordedBy ?? '')?.unit ?? rights.verifier(area.responsible, unit.id)
        for (const sums of [
          total,
          sumsIn(byUnit, unit.id, unit.name),
          sumsIn(byArea, area.key, area.name),
          sumsIn(byVerifier, verifier, verifier),
        ])
          count(sums, leaf.full, claimed, verified)
      }
    }
  }
  const listed = (sums: ReadonlyMap<string, Sums>): Gap[] =>
    [...sums].map(([key, ofKey]) => gapOf(key, ofKey))
  return {
    ...windowsView(at),
    total: gapOf('', total),
    units: listed(byUnit),
    areas: listed(byArea),
    verifiers: listed(byVerifier),
  }
}
