/** Why the database refused a write. */
export const refusals = ['unique', 'foreign-key', 'check', 'not-null', 'immutable'] as const
export type Refusal = (typeof refusals)[number]

const codes: Readonly<Record<string, Refusal>> = {
  SQLITE_CONSTRAINT_UNIQUE: 'unique',
  SQLITE_CONSTRAINT_PRIMARYKEY: 'unique',
  SQLITE_CONSTRAINT_FOREIGNKEY: 'foreign-key',
  SQLITE_CONSTRAINT_CHECK: 'check',
  SQLITE_CONSTRAINT_NOTNULL: 'not-null',
  SQLITE_CONSTRAINT_DATATYPE: 'check',
  SQLITE_CONSTRAINT_TRIGGER: 'immutable',
  '23505': 'unique',
  '23503': 'foreign-key',
  '23514': 'check',
  '23502': 'not-null',
  '22008': 'check',
  '22007': 'check',
  '22P02': 'check',
  '23001': 'immutable',
}

/** The reason in either database's error; undefined when it is something else. */
export function refusalOf(error: unknown): Refusal | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? codes[code] : undefined
}
