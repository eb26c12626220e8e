import type { Day } from '#assessment/day'
import { formAreas, type FormArea, type FormLeaf } from '#assessment/score/self-assessment'
import { unitsWithWorking } from '../../db/accounts.ts'
import type { Source } from '../../db/source.ts'
import type { Claim, Mark } from '../../db/self-assessments.ts'
import type { Account } from '../access/session.ts'
import { verifierRights, type VerifierRights } from '../access/verifier-rights.ts'
import { unitNamesIn, type Visible } from '../access/visibility.ts'
import { windowAt, type PlaceQuery, type WindowAt } from './place.ts'

/** What one account verifies in a window. */
export interface VerificationDesk {
  readonly at: WindowAt
  readonly rights: VerifierRights
  readonly units: readonly { readonly id: string; readonly name: string; readonly group: string }[]
  /** The areas that concern the units of a group. */
  readonly areasOf: (group: string) => readonly FormArea[]
  /** Whether somebody works for a responsible unit. */
  readonly isStaffed: (responsible: string | null) => boolean
}

/** The desk of an account at the window asked for. Throws `not-found` when there is none such. */
export async function verificationDesk(
  db: Source,
  visible: Visible,
  account: Account,
  asked: PlaceQuery,
  today: Day,
): Promise<VerificationDesk> {
  const at = await windowAt(db, visible, asked, today)
  const unitNames = unitNamesIn(visible)
  const areas = new Map<string, readonly FormArea[]>()
  const staffed = await unitsWithWorking(db, 'agency')
  return {
    at,
    rights: verifierRights(visible, account),
    units: visible.participants.map(({ unitId, groupName }) => ({
      id: unitId,
      name: unitNames.get(unitId) ?? '',
      group: groupName,
    })),
    areasOf: (group) => {
      const ofGroup = areas.get(group) ?? formAreas(at.component, group)
      areas.set(group, ofGroup)
      return ofGroup
    },
    isStaffed: (responsible) => staffed.has(visible.responsible.get(responsible ?? '') ?? ''),
  }
}

/** One leaf of one unit that the account verifies. */
export interface DeskItem {
  readonly unit: VerificationDesk['units'][number]
  readonly area: FormArea
  readonly leaf: FormLeaf
  /** The responsible unit for which the office would verify it; null where it is the account's own to verify. */
  readonly insteadOf: string | null
  /** Whether it is the account's turn: as responsible, or as nobody works for who is. */
  readonly isOwn: boolean
}

/** What the account may verify, unit by unit, in order; of one unit or one leaf when asked. */
export function* itemsOn(
  { units, areasOf, rights, isStaffed }: VerificationDesk,
  which: { readonly unitId?: string | undefined; readonly leaf?: string | undefined } = {},
): Generator<DeskItem> {
  for (const unit of units) {
    if (which.unitId !== undefined && unit.id !== which.unitId) continue
    for (const area of areasOf(unit.group)) {
      if (rights.refusal(area.responsible, unit.id) !== null) continue
      const insteadOf = rights.insteadOf(area.responsible, unit.id)
      const isOwn = insteadOf === null || !isStaffed(area.responsible)
      for (const leaf of area.leaves) {
        if (which.leaf === undefined || leaf.key === which.leaf) yield { unit, area, leaf, insteadOf, isOwn }
      }
    }
  }
}

/** The version of a leaf for those who verify it: it changes with the claim and with the mark. */
export const markEtag = (claim: Claim | undefined, mark: Mark | undefined): string =>
  `"${claim?.seq ?? 0}-${mark?.seq ?? 0}"`
