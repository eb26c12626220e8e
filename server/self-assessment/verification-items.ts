import { z } from 'zod'
import { selfStates } from '#assessment/score/self-assessment'
import { namesOf } from '../../db/accounts.ts'
import { listClaimEvidence, type Claim } from '../../db/self-assessments.ts'
import type { Source } from '../../db/source.ts'
import { evidenceSchema, evidenceView } from '../evidence/evidence-view.ts'
import { grouped } from '../grouped.ts'
import { Problem } from '../http/problem.ts'
import { scaleBody } from '../scheme/body.ts'
import { pageFrom, pageOf, type Paging } from '../http/wire.ts'
import { claimView, earlierView, markView } from './form.ts'
import { previousMarks, previousWindow, type PreviousWindow } from './previous.ts'
import { isMarkedAsWhole, standingsOf, stepsOf, type UnitStanding } from './state.ts'
import { itemsOn, markEtag, type DeskItem, type VerificationDesk } from './verification-desk.ts'
import { claimed, earlier, verified } from './wire.ts'

export const itemSchema = z
  .object({
    unitId: z.string(),
    unit: z.string(),
    group: z.string(),
    state: z.enum(selfStates),
    area: z.string(),
    leaf: z.string(),
    leafName: z.string(),
    full: z.string(),
    scoring: z.string().nullable(),
    scale: scaleBody,
    claimed,
    verified,
    previous: earlier,
    evidence: z.array(evidenceSchema),
    /** The responsible unit for which the caller would verify it, saying why. */
    insteadOf: z.string().nullable(),
    /** Whether it can be verified now. */
    isOpen: z.boolean(),
    etag: z.string(),
  })
  .meta({ id: 'VerificationItem' })
type ItemView = z.infer<typeof itemSchema>

export const itemsSchema = pageOf(itemSchema).extend({ previousWindow: z.string().nullable() })

/** What a verifier sees of a standing: nothing that is still being filled in. */
const shownClaim = ({ state, claims }: UnitStanding, leaf: string): Claim | undefined =>
  state === 'draft' ? undefined : claims.get(leaf)

/** Items in full: claim, mark, evidence, and the mark of the window before. */
async function itemViews(
  db: Source,
  desk: VerificationDesk,
  items: readonly DeskItem[],
  previous: PreviousWindow | null,
): Promise<ItemView[]> {
  const unitIds = [...new Set(items.map(({ unit }) => unit.id))]
  const [leaf, ...others] = new Set(items.map((item) => item.leaf.key))
  const which = { unitIds, ...(leaf !== undefined && others.length === 0 ? { leaf } : {}) }
  const standings = await standingsOf(db, { ...desk.at.place, ...which })
  const before = await previousMarks(db, previous, which)
  const loaded = items.map((item) => {
    const standing = standings.of(item.unit.id)
    const claim = shownClaim(standing, item.leaf.key)
    return { ...item, standing, claim, mark: standing.marks.get(item.leaf.key) }
  })
  const claimIds = loaded.flatMap(({ claim }) => claim?.id ?? [])
  const files = grouped(await listClaimEvidence(db, claimIds), ({ claimId }) => claimId)
  const names = await namesOf(
    db,
    loaded.map(({ mark }) => mark?.recordedBy ?? null),
  )
  return loaded.map(({ unit, area, leaf, insteadOf, standing, claim, mark }) => ({
    unitId: unit.id,
    unit: unit.name,
    group: unit.group,
    state: standing.state,
    area: area.name,
    leaf: leaf.key,
    leafName: leaf.name,
    full: leaf.full,
    scoring: leaf.scoring,
    scale: leaf.scale,
    claimed: claimView(claim),
    verified: markView(mark, {
      names,
      showsPersons: true,
      officeId: desk.at.visible.assessment.unitId,
      standInFor: desk.rights.standInFor(area.responsible, unit.id),
    }),
    previous: earlierView(before(unit.id, leaf.key)),
    evidence: (files.get(claim?.id ?? '') ?? []).map((row) => evidenceView(row, desk.at.visible.assessment)),
    insteadOf,
    isOpen: stepsOf(standing, desk.at).includes('verify'),
    etag: markEtag(claim, mark),
  }))
}

interface Which {
  readonly unitId?: string | undefined
  readonly leaf?: string | undefined
  /** Leave out units that have not handed in. */
  readonly handedInOnly: boolean
  /** Also what others verify. */
  readonly others: boolean
}

/** A page of what a desk has to verify: of one indicator across units, or of one unit. */
export async function itemsView(
  db: Source,
  desk: VerificationDesk,
  { unitId, leaf, handedInOnly, others }: Which,
  paging: Paging,
): Promise<z.infer<typeof itemsSchema>> {
  let items = [...itemsOn(desk, { unitId, leaf })].filter(({ isOwn }) => isOwn || others)
  if (handedInOnly) {
    const which = {
      ...(unitId === undefined ? {} : { unitIds: [unitId] }),
      ...(leaf === undefined ? {} : { leaf }),
    }
    const standings = await standingsOf(db, { ...desk.at.place, ...which }, { withClaims: false })
    items = items.filter(({ unit }) => {
      const standing = standings.of(unit.id)
      return standing.state !== 'draft' && !isMarkedAsWhole(standing)
    })
  }
  const page = pageFrom(items, paging)
  const previous = await previousWindow(db, desk.at)
  return {
    ...page,
    items: await itemViews(db, desk, page.items, previous),
    previousWindow: previous?.name ?? null,
  }
}

/** One leaf of one unit for who verifies it. Throws `not-found` when the desk has nothing to do with it. */
export async function itemView(
  db: Source,
  desk: VerificationDesk,
  which: { readonly unitId: string; readonly leaf: string },
): Promise<ItemView> {
  const [item] = await itemViews(db, desk, [...itemsOn(desk, which)], await previousWindow(db, desk.at))
  if (!item) throw new Problem('not-found')
  return item
}
