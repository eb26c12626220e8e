import { scopeOf } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import { isPublished, type Visible } from '../access/visibility.ts'

/** Whether the account may see what a unit scored (model §9, §11); the agencies that provide findings may not. */
export function seesScoreOf(account: Account, unitId: string | null): boolean {
  const scope = scopeOf(account.role, 'scorecard.read')
  if (scope === undefined || unitId === null) return false
  return scope !== 'own-unit' || account.unit?.id === unitId
}

/** Whether the account may see how units rank: units only once the results are published. */
export function seesRanks(account: Account, { assessment }: Visible): boolean {
  const scope = scopeOf(account.role, 'standings.read')
  return scope !== undefined && (scope !== 'published' || isPublished(assessment))
}

/** Units are told which unit acted, not which person. */
export const seesPersons = ({ role }: Account): boolean => scopeOf(role, 'finding.read') !== 'own-unit'
