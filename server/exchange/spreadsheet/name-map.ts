import { word } from './cell.ts'

/** Values by name; names are compared after NFKC, without blanks (contract: the workbook). */
export interface NameMap<Value> {
  get(name: string): Value | undefined
  has(name: string): boolean
  /** Keeps the first value of a name; gives the one that was there before. */
  add(name: string, value: Value): Value | undefined
  /** Names as first written, in order. */
  names(): readonly string[]
  /** The same, for messages. */
  words(): string
}

export function nameMap<Value>(
  entries: Iterable<readonly [name: string, value: Value]> = [],
): NameMap<Value> {
  const values = new Map<string, Value>()
  const names: string[] = []
  const map: NameMap<Value> = {
    get: (name) => values.get(word(name)),
    has: (name) => values.has(word(name)),
    add: (name, value) => {
      const key = word(name)
      const before = values.get(key)
      if (!values.has(key)) {
        values.set(key, value)
        names.push(name)
      }
      return before
    },
    names: () => names,
    words: () => names.join('、'),
  }
  for (const [name, value] of entries) map.add(name, value)
  return map
}
