export interface Chosen {
  readonly unitId: string
  readonly unit: string
  readonly group: string
}

export interface Pasted {
  readonly found: readonly Chosen[]
  /** Names that are no unit. */
  readonly unknown: readonly string[]
}

/** Lines from Excel: a unit and, in the next column, its group; without one, the group given. A heading line is skipped. */
export function pastedParticipants(
  text: string,
  units: readonly { readonly id: string; readonly name: string }[],
  group: string,
): Pasted {
  const byName = new Map(units.map(({ id, name }) => [name, id]))
  const found = new Map<string, Chosen>()
  const unknown: string[] = []
  text.split(/\r?\n/).forEach((line, index) => {
    const [name = '', named = ''] = line.split('\t').map((cell) => cell.trim())
    if (name === '') return
    const unitId = byName.get(name)
    if (unitId !== undefined) found.set(unitId, { unitId, unit: name, group: named || group })
    else if (index > 0 || !/单位|对象|名称|unit/i.test(name)) unknown.push(name)
  })
  return { found: [...found.values()], unknown }
}

/** The list with the new ones at its end; units on it already only change their group. */
export function withChosen(present: readonly Chosen[], added: readonly Chosen[]): Chosen[] {
  const groups = new Map(added.map(({ unitId, group }) => [unitId, group]))
  const known = new Set(present.map(({ unitId }) => unitId))
  return [
    ...present.map((one) => ({ ...one, group: groups.get(one.unitId) ?? one.group })),
    ...added.filter(({ unitId }) => !known.has(unitId)),
  ]
}
