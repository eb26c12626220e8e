/** Tables whose rows the results rest on. Rows of the first group are only ever added; those of the second may change until the results are out. */
export const factTables = [
  'schemes',
  'findings',
  'findingFacts',
  'claims',
  'submissions',
  'verifiedMarks',
  'externalMarks',
  'externalBatches',
  'bonusMarks',
  'extensions',
] as const
export const changeableTables = ['units', 'participants', 'windows', 'holidays'] as const
export type FactTable = (typeof factTables)[number]
export type RestingTable = FactTable | (typeof changeableTables)[number]

export const changeTypes = ['added', 'altered', 'missing'] as const

/** A row that is not as it was when results were frozen. */
export interface FactChange {
  readonly table: RestingTable
  /** The row's id; of a fact of a finding, or of a unit's mark, `<finding or unit>/<row>`. */
  readonly key: string
  readonly change: (typeof changeTypes)[number]
}

/** Hashes of rows by key. */
export type RowHashes = Readonly<Record<string, string>>

/** What differs between the rows of one table then and now. */
export function rowChanges(table: RestingTable, then: RowHashes, now: RowHashes): FactChange[] {
  const gone = Object.keys(then).filter((key) => now[key] === undefined)
  const differing = Object.keys(now).filter((key) => then[key] !== now[key])
  return [
    ...gone.map((key): FactChange => ({ table, key, change: 'missing' })),
    ...differing.map((key): FactChange => ({
      table,
      key,
      change: then[key] === undefined ? 'added' : 'altered',
    })),
  ]
}

/** A fact that can only be added was changed or taken away: somebody went past the program. */
export const isTampering = ({ table, change }: FactChange): boolean =>
  change !== 'added' && (factTables as readonly string[]).includes(table)
