import { Hono } from 'hono'
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
import { namesOf } from '../../../db/accounts.ts'
import { allow } from '../../access/allow.ts'
import { dayInChina } from '../../today.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { windowView } from '../form.ts'
import { placeQuery } from '../place.ts'
import { markOf, standingsOf } from '../state.ts'
import { windowSchema } from '../wire.ts'
import { validated } from '../../http/validated.ts'
import { openDesk } from '../verification-desk.ts'

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

const answer = z
  .object({
    component: z.object({ key: z.string(), name: z.string() }),
    window: windowSchema,
    windows: z.array(windowSchema),
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

export const verificationStatistics = new Hono<AppEnv>().get(
  '/:id/verification/statistics',
  allow('mark.read'),
  describe(
    '自评核查 · Verification',
    '自评分与核查分之差：按单位、按领域、按核查单位',
    'Claimed minus verified, by unit, area and verifier; a responsible unit sees its own areas',
    { 200: answer },
  ),
  validated('query', placeQuery),
  async (c) => {
    const { deps, account, scope } = c.var
    const today = dayInChina(deps.clock())
    const desk = await openDesk(deps.db, account, scope, c.req.param('id'), c.req.valid('query'), today)
    const standings = await standingsOf(deps.db, desk.at.place)
    const total = empty('')
    const units = new Map<string, Sums>()
    const areas = new Map<string, Sums>()
    const verifiers = new Map<string, Sums>()
    const recorders = await namesOf(
      deps.db,
      desk.units.flatMap(({ id }) =>
        [...standings.of(id).marks.values()].flatMap(({ recordedBy }) => recordedBy ?? []),
      ),
    )
    const sumsIn = (map: Map<string, Sums>, key: string, name: string): Sums => {
      const known = map.get(key) ?? empty(name)
      map.set(key, known)
      return known
    }
    for (const unit of desk.units) {
      const { claims, marks, state } = standings.of(unit.id)
      if (state === 'draft') continue
      for (const area of desk.areasOf(unit.group)) {
        if (scope === 'own-kinds' && desk.rights.refusal(area.responsible, unit.id) !== null) continue
        for (const leaf of area.leaves) {
          const mark = marks.get(leaf.key)
          const claimed = claims.get(leaf.key)?.marks
          const verified = mark === undefined ? null : markOf(mark)
          if (!claimed || verified === null || verified === 'not-applicable') continue
          const [before, after] = [decimal(claimed), decimal(verified)]
          const { n } = subtract(before, after)
          const verifier =
            recorders.get(mark?.recordedBy ?? '')?.unit ?? desk.rights.verifier(area.responsible, unit.id)
          for (const sums of [
            total,
            sumsIn(units, unit.id, unit.name),
            sumsIn(areas, area.key, area.name),
            sumsIn(verifiers, verifier, verifier),
          ]) {
            sums.leaves++
            sums.lowered += n > 0n ? 1 : 0
            sums.raised += n < 0n ? 1 : 0
            sums.full = add(sums.full, decimal(leaf.full))
            sums.claimed = add(sums.claimed, before)
            sums.verified = add(sums.verified, after)
          }
        }
      }
    }
    const listed = (map: ReadonlyMap<string, Sums>): Gap[] => [...map].map(([key, sums]) => gapOf(key, sums))
    return c.json(
      {
        component: { key: desk.at.component.key, name: desk.at.component.name },
        window: windowView(desk.at.window),
        windows: desk.at.windows.map(windowView),
        total: gapOf('', total),
        units: listed(units),
        areas: listed(areas),
        verifiers: listed(verifiers),
      },
      200,
    )
  },
)
