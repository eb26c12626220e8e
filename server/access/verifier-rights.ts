import { formAreas, type FormArea } from '#assessment/score/self-assessment'
import type { VerifiedMarksComponent } from '#assessment/rule/scheme'
import { scopeOf, type Scope } from './permissions.ts'
import type { Account } from './session.ts'
import { assessingUnit, chargingIn, isMeant, presentName, type Visible } from './visibility.ts'

export type VerifierRefusal = 'forbidden' | 'own-unit-verification' | 'area-not-yours'

/** Who verifies what, for one account. */
export interface VerifierRights {
  /** Why the account may not verify an area of a unit; null when it may. `responsible` is the area's 责任单位. */
  readonly refusal: (responsible: string | null, unitId: string) => VerifierRefusal | null
  /** The name of who verifies: the responsible unit, or the office where there is none or where it would be its own. */
  readonly verifier: (responsible: string | null, unitId: string) => string
  /** The name of the responsible unit where the office verifies in its place, as it would verify itself. */
  readonly inPlaceOf: (responsible: string | null, unitId: string) => string | null
  /** The name of the responsible unit for which the office may verify, saying why, though that unit could; null where there is none such. */
  readonly standInFor: (responsible: string | null, unitId: string) => string | null
  /** The same, where the account would verify so; null where it verifies what is its own to verify. */
  readonly insteadOf: (responsible: string | null, unitId: string) => string | null
}

/**
 * Each area is verified by its responsible unit, and by the assessing office where none is named or where the unit would verify itself:
 * nobody verifies their own unit (model §6). The office may verify for a responsible unit that does not.
 */
export function verifierRights(visible: Visible, account: Account): VerifierRights {
  const { assessment } = visible
  const { nearest } = chargingIn(visible)
  const own = account.unit === null ? null : nearest(account.unit.id)
  const office = assessingUnit(visible).name
  const isOffice = account.role === 'office' && account.unit?.id === assessment.unitId
  const isForOffice = (responsible: string | null, unitId: string): boolean =>
    responsible === null || nearest(visible.responsible.get(responsible) ?? '') === unitId
  const standInFor = (responsible: string | null, unitId: string): string | null =>
    responsible === null ||
    isForOffice(responsible, unitId) ||
    visible.responsible.get(responsible) === assessment.unitId
      ? null
      : presentName(visible, responsible)

  return {
    refusal: (responsible, unitId) => {
      if (scopeOf(account.role, 'mark.verify') === undefined) return 'forbidden'
      if (own === unitId) return 'own-unit-verification'
      if (isOffice) return null
      if (responsible === null || isForOffice(responsible, unitId)) return 'area-not-yours'
      return isMeant(visible, responsible, account) ? null : 'area-not-yours'
    },
    verifier: (responsible, unitId) =>
      responsible === null || isForOffice(responsible, unitId) ? office : presentName(visible, responsible),
    inPlaceOf: (responsible, unitId) =>
      responsible !== null && isForOffice(responsible, unitId) ? presentName(visible, responsible) : null,
    standInFor,
    insteadOf: (responsible, unitId) => (isOffice ? standInFor(responsible, unitId) : null),
  }
}

/** Whether an account reaches an area of a unit's self-assessment; `responsible` is the area's 责任单位. */
type AreaReach = (responsible: string | null, unitId: string) => boolean

const isOwnUnit =
  (_: Visible, { unit }: Account): AreaReach =>
  (_responsible, unitId) =>
    unit?.id === unitId

const areaReach: Readonly<Record<Scope, (visible: Visible, account: Account) => AreaReach>> = {
  all: () => () => true,
  'assessing-unit': () => () => true,
  'own-kinds': (visible, account) => {
    const { refusal } = verifierRights(visible, account)
    return (responsible, unitId) => refusal(responsible, unitId) === null
  },
  'own-unit': isOwnUnit,
  'charged-unit': isOwnUnit,
  published: () => () => false,
}

/**
 * The areas of a unit's form that a permission reaches, in order; null where the form is out of reach, as for a unit that takes no part. The one
 * answer for forms and their files, evidence, lists and counts.
 */
type AreasReached = (component: VerifiedMarksComponent, unitId: string) => readonly FormArea[] | null

/** How far a permission reaches into self-assessments. */
export function areasReached(visible: Visible, account: Account, scope: Scope): AreasReached {
  const isReached = areaReach[scope](visible, account)
  const groups = new Map(visible.participants.map(({ unitId, groupName }) => [unitId, groupName]))
  const all = new Map<string, readonly FormArea[]>()
  return (component, unitId) => {
    const group = groups.get(unitId)
    if (group === undefined) return null
    const key = JSON.stringify([component.key, group])
    const areas = all.get(key) ?? formAreas(component, group)
    all.set(key, areas)
    const reached = areas.filter(({ responsible }) => isReached(responsible, unitId))
    const isFormReached = areas.length === 0 ? isReached(null, unitId) : reached.length > 0
    return isFormReached ? reached : null
  }
}
