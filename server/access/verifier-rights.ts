import { scopeOf } from './permissions.ts'
import type { Account } from './session.ts'
import { assessingUnit, chargingIn, type Visible } from './visibility.ts'

export type VerifierRefusal = 'forbidden' | 'own-unit-verification' | 'area-not-yours'

/** Who verifies what, for one account. */
export interface VerifierRights {
  /** Why the account may not verify an area of a unit; null when it may. `responsible` is the area's 责任单位. */
  readonly refusal: (responsible: string | null, unitId: string) => VerifierRefusal | null
  /** The name of who verifies: the responsible unit, or the office where there is none or where it would be its own. */
  readonly verifier: (responsible: string | null, unitId: string) => string
}

/**
 * Each area is verified by its responsible unit, and by the assessing office where none is named or where the unit would verify itself:
 * nobody verifies their own unit (model §6).
 */
export function verifierRights(visible: Visible, account: Account): VerifierRights {
  const { assessment, units } = visible
  const { nearest } = chargingIn(visible)
  const answersFor = new Map(units.map(({ id, name }) => [name, nearest(id)]))
  const own = account.unit === null ? null : nearest(account.unit.id)
  const office = assessingUnit(visible).name
  const isOffice = account.role === 'office' && account.unit?.id === assessment.unitId
  const isForOffice = (responsible: string | null, unitId: string): boolean =>
    responsible === null || answersFor.get(responsible) === unitId

  return {
    refusal: (responsible, unitId) => {
      if (scopeOf(account.role, 'mark.verify') === undefined) return 'forbidden'
      if (own === unitId) return 'own-unit-verification'
      if (isForOffice(responsible, unitId)) return isOffice ? null : 'area-not-yours'
      return responsible === account.unit?.name ? null : 'area-not-yours'
    },
    verifier: (responsible, unitId) =>
      responsible === null || isForOffice(responsible, unitId) ? office : responsible,
  }
}
