import type { Source } from '../../db/source.ts'
import { findAssessment, listAssessments } from '../../db/assessments.ts'
import { listParticipants } from '../../db/participants.ts'
import { findScheme, type StoredScheme } from '../../db/schemes.ts'
import { holdingPublication, type PublicationMark } from '../../db/publications.ts'
import type { AssessmentRow, ParticipantRow, UnitRow } from '../../db/tables.ts'
import { stageMeaning } from '#assessment/vocabulary'
import { responsibleIn } from '../../db/responsible-units.ts'
import { asTheyWereIn, listUnits } from '../../db/units.ts'
import { chargingOf, type Charging } from '#assessment/score/charging'
import { kindsIn, verifiedComponents, type LedgerKind, type Scheme } from '#assessment/rule/scheme'
import { Problem } from '../http/problem.ts'
import type { Scope } from './permissions.ts'
import type { Account } from './session.ts'

/** An assessment that the caller may see, with what tells how much of it. */
export interface Visible {
  readonly assessment: AssessmentRow
  readonly scheme: Scheme
  readonly participants: readonly ParticipantRow[]
  readonly units: readonly UnitRow[]
  /** Ids of the units that the rule means by their names, 提供单位 and 责任单位. */
  readonly responsible: ReadonlyMap<string, string>
  /** The publication that holds now; null before the first is approved. */
  readonly publication: PublicationMark | null
  /** The same of 阶段成绩, results so far. */
  readonly interim: PublicationMark | null
}

/** Names of units by id. */
export const unitNamesIn = ({ units }: Pick<Visible, 'units'>): ReadonlyMap<string, string> =>
  new Map(units.map(({ id, name }) => [id, name]))

/** What the unit that the rule means by a name is called in the assessment; the name itself where no unit is meant. */
export const presentName = (
  { responsible, units }: Pick<Visible, 'responsible' | 'units'>,
  name: string,
): string => units.find(({ id }) => id === responsible.get(name))?.name ?? name

/** The assessing unit 考核主体. */
export function assessingUnit({ assessment, units }: Pick<Visible, 'assessment' | 'units'>): UnitRow {
  const unit = units.find(({ id }) => id === assessment.unitId)
  if (!unit) throw new Error(`assessment ${assessment.id} has no assessing unit`)
  return unit
}

/** Whether the year's work is over, so that nobody has anything to do in it. */
export const isOver = ({ stage }: Pick<AssessmentRow, 'stage'>): boolean => stageMeaning[stage].over

/** Whether the account's unit is the one that the rule means by a name, whatever it is called now. */
export const isMeant = (
  { responsible }: Pick<Visible, 'responsible'>,
  name: string,
  { unit }: Account,
): boolean => unit !== null && responsible.get(name) === unit.id

/** Deduction kinds that a unit provides; the office provides those that name nobody. */
export const kindsProvidedBy = (
  visible: Pick<Visible, 'scheme' | 'responsible'>,
  account: Account,
): LedgerKind[] =>
  kindsIn(visible.scheme).filter(({ provider }) =>
    provider === null ? account.role === 'office' : isMeant(visible, provider, account),
  )

const verifiesSomething = (visible: Visible, account: Account): boolean =>
  verifiedComponents(visible.scheme).some(({ indicators }) =>
    indicators.some(({ responsible }) => responsible !== null && isMeant(visible, responsible, account)),
  )

const charging = new WeakMap<Pick<Visible, 'units' | 'participants'>, Charging>()

/** Who answers for what in an assessment; worked out once for what is seen of it. */
export function chargingIn(visible: Pick<Visible, 'units' | 'participants'>): Charging {
  const made =
    charging.get(visible) ??
    chargingOf(
      visible.units.map(({ id, name, parentId }) => ({ id, name, parentId })),
      visible.participants.map((row) => ({ unitId: row.unitId, group: row.groupName })),
    )
  charging.set(visible, made)
  return made
}

/** The participant that answers for a unit in an assessment; null when there is none. */
const participantFor = (visible: Pick<Visible, 'units' | 'participants'>, unitId: string): string | null =>
  chargingIn(visible).nearest(unitId)

const inReach: Readonly<Record<Scope, (visible: Visible, account: Account, unitId: string) => boolean>> = {
  all: () => true,
  'assessing-unit': ({ assessment }, _, unitId) => assessment.unitId === unitId,
  'own-kinds': (visible, account, unitId) =>
    (account.role === 'office' && visible.assessment.unitId === unitId) ||
    (account.role !== 'office' &&
      (kindsProvidedBy(visible, account).length > 0 || verifiesSomething(visible, account))),
  'own-unit': (visible, _, unitId) => participantFor(visible, unitId) !== null,
  'charged-unit': ({ participants }, _, unitId) => participants.some((row) => row.unitId === unitId),
  published: (visible, _, unitId) => participantFor(visible, unitId) !== null,
}

const isInReach = (visible: Visible, account: Account, scope: Scope): boolean =>
  scope === 'all' || (account.unit !== null && inReach[scope](visible, account, account.unit.id))

async function withParts(
  db: Source,
  assessment: AssessmentRow,
  stored: StoredScheme | undefined,
  units: readonly UnitRow[],
) {
  if (!stored) throw new Error(`assessment ${assessment.id} has no scheme`)
  const participants = await listParticipants(db, assessment.id)
  const publication = (await holdingPublication(db, assessment.id)) ?? null
  const interim = (await holdingPublication(db, assessment.id, 'interim')) ?? null
  return {
    assessment,
    scheme: stored.scheme,
    participants,
    units: await asTheyWereIn(db, assessment.id, units),
    responsible: await responsibleIn(db, assessment.id),
    publication,
    interim,
  }
}

/**
 * The assessment, if the caller's permission reaches it. Throws `not-found` alike when there is none and when it is out of
 * reach, and `not-published` for a unit in it that asks for results too early.
 */
export async function visibleAssessment(
  db: Source,
  account: Account,
  scope: Scope,
  id: string,
): Promise<Visible> {
  const assessment = await findAssessment(db, id)
  if (!assessment) throw new Problem('not-found')
  const visible = await withParts(
    db,
    assessment,
    await findScheme(db, assessment.schemeId),
    await listUnits(db),
  )
  if (!isInReach(visible, account, scope)) throw new Problem('not-found')
  if (scope === 'published' && visible.publication === null && visible.interim === null)
    throw new Problem('not-published')
  return visible
}

/** Who looks, as a route knows it. */
export interface Viewer {
  readonly deps: { readonly db: Source }
  readonly account: Account
  readonly scope: Scope
}

/** The same for whom a request comes from, as things stand now. */
export const visibleTo = ({ deps, account, scope }: Viewer, id: string): Promise<Visible> =>
  visibleAssessment(deps.db, account, scope, id)

/** Every assessment in reach, latest year first. */
export async function visibleAssessments(db: Source, account: Account, scope: Scope): Promise<Visible[]> {
  const filter = scope === 'assessing-unit' && account.unit ? { unitId: account.unit.id } : {}
  const units = await listUnits(db)
  const found: Visible[] = []
  for (const assessment of await listAssessments(db, filter)) {
    const visible = await withParts(db, assessment, await findScheme(db, assessment.schemeId), units)
    if (isInReach(visible, account, scope)) found.push(visible)
  }
  return found
}
