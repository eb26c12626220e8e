interface Named {
  readonly unitId: string
  readonly unit: string
  readonly group: string
}

/** What another list of participants would change: the names of those that come in, leave, or change their group. */
export function participantChanges(
  before: readonly Named[],
  after: readonly Named[],
): Readonly<Record<'added' | 'removed' | 'moved', string[]>> {
  const groups = new Map(before.map(({ unitId, group }) => [unitId, group]))
  const stay = new Set(after.map(({ unitId }) => unitId))
  const names = (some: readonly Named[]): string[] => some.map(({ unit }) => unit)
  return {
    added: names(after.filter(({ unitId }) => !groups.has(unitId))),
    removed: names(before.filter(({ unitId }) => !stay.has(unitId))),
    moved: names(
      after.filter(({ unitId, group }) => groups.has(unitId) && groups.get(unitId) !== group.trim()),
    ),
  }
}
