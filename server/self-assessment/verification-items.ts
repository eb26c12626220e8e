import type { Source } from '../../db/source.ts'
import type { Evidence } from '../../db/evidence.ts'
import { namesOf } from '../../db/accounts.ts'
import { listClaimEvidence, type Claim } from '../../db/self-assessments.ts'
import { evidenceView } from '../evidence/evidence-view.ts'
import { claimView, earlierView, markView } from './form.ts'
import { previousMarks, type PreviousWindow } from './previous.ts'
import { standingsOf, stepsOf, type UnitStanding } from './state.ts'
import { markEtag, type Desk, type DeskItem } from './verification-desk.ts'
import type { ItemView } from './verification-wire.ts'

/** What a verifier sees of a standing: nothing that is still being filled in. */
const shownClaim = ({ state, claims }: UnitStanding, leaf: string): Claim | undefined =>
  state === 'draft' ? undefined : claims.get(leaf)

/** Items in full: claim, mark, evidence, and the mark of the window before. */
export async function itemViews(
  db: Source,
  desk: Desk,
  items: readonly DeskItem[],
  previous: PreviousWindow | null,
): Promise<ItemView[]> {
  const unitIds = [...new Set(items.map(({ unit }) => unit.id))]
  const leaves = [...new Set(items.map(({ leaf }) => leaf.key))]
  const one = leaves.length === 1 ? { leaf: leaves[0] as string } : {}
  const standings = await standingsOf(db, { ...desk.at.place, unitIds, ...one })
  const before = await previousMarks(db, previous, { unitIds, ...one })
  const shown = items.map((item) => {
    const standing = standings.of(item.unit.id)
    return {
      ...item,
      standing,
      claim: shownClaim(standing, item.leaf.key),
      mark: standing.marks.get(item.leaf.key),
    }
  })
  const files = new Map<string, Evidence[]>()
  const claimIds = shown.flatMap(({ claim }) => claim?.id ?? [])
  for (const row of await listClaimEvidence(db, claimIds))
    files.set(row.claimId, [...(files.get(row.claimId) ?? []), row])
  const names = await namesOf(
    db,
    shown.flatMap(({ mark }) => mark?.recordedBy ?? []),
  )
  return shown.map(({ unit, area, leaf, standing, claim, mark }) => ({
    unitId: unit.id,
    unit: unit.name,
    group: unit.group,
    state: standing.state,
    area: area.name,
    leaf: leaf.key,
    leafName: leaf.name,
    full: leaf.full,
    scoring: leaf.scoring,
    claimed: claimView(claim),
    verified: markView(mark, names, true),
    previous: earlierView(before(unit.id, leaf.key)),
    evidence: (files.get(claim?.id ?? '') ?? []).map((row) => evidenceView(row, desk.at.visible.assessment)),
    isOpen: stepsOf(standing, desk.at).includes('verify'),
    etag: markEtag(claim, mark),
  }))
}
