import type { Publicity } from '#assessment/rule/scheme'
import type { ResultKind } from '../../db/publications.ts'
import { scopeOf } from './permissions.ts'
import type { Account } from './session.ts'
import type { Visible } from './visibility.ts'

/** Whether the account may see what a unit scored (model §9, §11); the agencies that provide findings may not. */
export function seesScoreOf(account: Account, unitId: string | null): boolean {
  const scope = scopeOf(account.role, 'scorecard.read')
  if (scope === undefined || unitId === null) return false
  return scope !== 'own-unit' || account.unit?.id === unitId
}

/**
 * What an account may see of how units compare (model §9): `live` = every result as it is today; otherwise what the publication in force
 * says, as far as the scheme makes it known 公开范围; null = nothing.
 */
export type ResultsSight = 'live' | Publicity | null

/** The one place that decides what of the results an account may see. */
export function resultsSight(
  { role }: Account,
  { scheme, publication, interim }: Pick<Visible, 'scheme' | 'publication' | 'interim'>,
  kind: ResultKind = 'final',
): ResultsSight {
  const scope = scopeOf(role, 'standings.read')
  if (scope === undefined) return null
  if (scope !== 'published') return 'live'
  return (kind === 'interim' ? interim : publication) === null ? null : scheme.publicity
}

/** Whether the account may see how units rank today; what was published is another matter. */
export const seesRanks = (account: Account, visible: Visible): boolean =>
  resultsSight(account, visible) === 'live'

/** Units are told which unit acted, not which person. */
export const seesPersons = ({ role }: Account): boolean => scopeOf(role, 'finding.read') !== 'own-unit'
