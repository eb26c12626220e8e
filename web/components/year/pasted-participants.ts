import { opensNoEntry, typedText } from '#assessment/typed'

export interface Chosen {
  readonly unitId: string
  readonly unit: string
  readonly group: string
}

export interface Pasted {
  readonly found: readonly Chosen[]
  /** Names that are no unit, with the lines they stand in. */
  readonly unknown: readonly { readonly written: string; readonly line: string }[]
}

/**
 * Lines from Excel: a unit and, in the next column, its group; without one, the group given. Titles without a unit's line, numbers of rows before
 * the unit and sums are passed over.
 */
export function pastedParticipants(
  text: string,
  units: readonly { readonly id: string; readonly name: string }[],
  group: string,
): Pasted {
  const byName = new Map(units.map((unit) => [typedText(unit.name), unit]))
  const found = new Map<string, Chosen>()
  const unknown: { written: string; line: string }[] = []
  text.split(/\r?\n/).forEach((line, index) => {
    const cells = line.split('\t').map((cell) => cell.trim())
    const at = cells.findIndex((cell) => byName.has(typedText(cell)))
    const unit = byName.get(typedText(cells[at] ?? ''))
    if (unit) {
      found.set(unit.id, { unitId: unit.id, unit: unit.name, group: cells[at + 1] || group })
      return
    }
    const name = cells.find((cell) => cell !== '' && !/^\d+$/.test(cell)) ?? ''
    const isHeading = index === 0 && /单位|对象|名称|unit/i.test(line)
    if (name !== '' && !isHeading && !opensNoEntry(name)) unknown.push({ written: name, line })
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
