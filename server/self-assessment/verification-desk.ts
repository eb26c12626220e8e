import type { Day } from '#assessment/day'
import { formAreas, type FormArea, type FormLeaf } from '#assessment/score/self-assessment'
import type { Source } from '../../db/source.ts'
import type { Claim, Mark } from '../../db/self-assessments.ts'
import type { Scope } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import { verifierRights, type VerifierRights } from '../access/verifier-rights.ts'
import { visibleAssessment } from '../access/visibility.ts'
import { windowAt, type WindowAt, type placeQuery } from './place.ts'
import type { z } from 'zod'

/** What one account verifies in a window. */
export interface Desk {
  readonly at: WindowAt
  readonly rights: VerifierRights
  readonly units: readonly { readonly id: string; readonly name: string; readonly group: string }[]
  /** The areas that concern the units of a group. */
  readonly areasOf: (group: string) => readonly FormArea[]
}

export async function openDesk(
  db: Source,
  account: Account,
  scope: Scope,
  assessmentId: string,
  asked: z.infer<typeof placeQuery>,
  today: Day,
): Promise<Desk> {
  const visible = await visibleAssessment(db, account, scope, assessmentId)
  const at = await windowAt(db, visible, asked, today)
  const names = new Map(visible.units.map(({ id, name }) => [id, name]))
  const byGroup = new Map<string, readonly FormArea[]>()
  return {
    at,
    rights: verifierRights(visible, account),
    units: visible.participants.map((row) => ({
      id: row.unitId,
      name: names.get(row.unitId) ?? '',
      group: row.groupName,
    })),
    areasOf: (group) => {
      const known = byGroup.get(group) ?? formAreas(at.component, group)
      byGroup.set(group, known)
      return known
    },
  }
}

/** One leaf of one unit that the account verifies. */
export interface DeskItem {
  readonly unit: Desk['units'][number]
  readonly area: FormArea
  readonly leaf: FormLeaf
}

/** What the account verifies, unit by unit, in order; of one unit or one leaf when asked. */
export function* itemsOn(
  { units, areasOf, rights }: Desk,
  which: { readonly unitId?: string | undefined; readonly leaf?: string | undefined } = {},
): Generator<DeskItem> {
  for (const unit of units) {
    if (which.unitId !== undefined && unit.id !== which.unitId) continue
    for (const area of areasOf(unit.group)) {
      if (rights.refusal(area.responsible, unit.id) !== null) continue
      for (const leaf of area.leaves) {
        if (which.leaf === undefined || leaf.key === which.leaf) yield { unit, area, leaf }
      }
    }
  }
}

/** The version of a leaf for those who verify it: it changes with the claim and with the mark. */
export const markEtag = (claim: Claim | undefined, mark: Mark | undefined): string =>
  `"${claim?.seq ?? 0}-${mark?.seq ?? 0}"`
