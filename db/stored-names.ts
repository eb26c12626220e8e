/** A row, or anything keyed by tables or columns. */
export type Row = Readonly<Record<string, unknown>>

/** The name that the database gives a table or column. */
export const storedName = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const renamed = (row: Row, rename: (name: string) => string): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [rename(name), value]))

/** The same under the names that the database gives them: what is hashed must not move with the code. */
export const asStored = (row: Row): Row => renamed(row, storedName)

/** Undoes `asStored`. */
export const fromStored = (row: Row): Row =>
  renamed(row, (name) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()))
