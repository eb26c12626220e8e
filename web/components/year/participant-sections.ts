import type { Chosen } from './pasted-participants.ts'

export interface ParticipantSection {
  readonly group: string
  readonly rows: readonly Chosen[]
}

/** Units under their groups, in the order of each group's first unit. */
export function participantSections(rows: readonly Chosen[]): ParticipantSection[] {
  const sections = new Map<string, Chosen[]>()
  for (const row of rows) sections.set(row.group, [...(sections.get(row.group) ?? []), row])
  return [...sections].map(([group, ofGroup]) => ({ group, rows: ofGroup }))
}

/** The list with some units in another group; nobody changes place. */
export const regrouped = (
  rows: readonly Chosen[],
  unitIds: ReadonlySet<string>,
  group: string,
): readonly Chosen[] => rows.map((row) => (unitIds.has(row.unitId) ? { ...row, group } : row))

/** Units of which both lists say something else, each with its group in either; null where it takes no part. */
export function differingParticipants(
  mine: readonly Chosen[],
  theirs: readonly Chosen[],
): { readonly unit: string; readonly mine: string | null; readonly theirs: string | null }[] {
  const groupsIn = (rows: readonly Chosen[]) => new Map(rows.map(({ unitId, group }) => [unitId, group]))
  const [inMine, inTheirs] = [groupsIn(mine), groupsIn(theirs)]
  const units = new Map([...theirs, ...mine].map(({ unitId, unit }) => [unitId, unit]))
  return [...units]
    .map(([unitId, unit]) => ({
      unit,
      mine: inMine.get(unitId) ?? null,
      theirs: inTheirs.get(unitId) ?? null,
    }))
    .filter((one) => one.mine !== one.theirs)
}
