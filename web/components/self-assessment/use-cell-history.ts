import { shallowRef, type ShallowRef } from 'vue'
import { typedNumber, typedText } from '#assessment/typed'

/** A cell of a sheet: the key of its row and the name of its column. */
export interface Cell {
  readonly row: string
  readonly column: string
}
export interface CellText extends Cell {
  readonly text: string
}
interface Change extends Cell {
  readonly before: string
  readonly after: string
}
/** What is taken back at once. */
export type Step = readonly Change[]

interface Sheet {
  readonly read: (cell: Cell) => string
  readonly write: (cell: Cell, text: string) => void
  /** In milliseconds. */
  readonly now: () => number
}

export interface CellHistory {
  /** Writes cells, as one step. */
  readonly put: (texts: readonly CellText[]) => Step
  /** The same while somebody types: what follows within a moment in the same cell is one step. */
  readonly type: (texts: readonly CellText[]) => void
  readonly endTyping: () => void
  /** Takes the last step back; gives a cell that it touched, null when there was nothing to take back. */
  readonly undo: () => Cell | null
  readonly redo: () => Cell | null
  readonly last: () => Step | undefined
  /** What was done in a row is no longer taken back: it is on record. */
  readonly forget: (row: string) => void
}

/** Typing ends with a pause of so many milliseconds. */
const pause = 1000
const most = 500

const isCell = (a: Cell, b: Cell): boolean => a.row === b.row && a.column === b.column
const meant = (text: string): string => {
  const read = typedNumber(text)
  return 'value' in read ? read.value : typedText(text)
}

/** Two steps as one: from what stood before the first to what stands after the second. */
const joined = (first: Step, second: Step): Step => [
  ...first.filter((change) => !second.some((next) => isCell(next, change))),
  ...second.map((next) => ({
    ...next,
    before: first.find((change) => isCell(change, next))?.before ?? next.before,
  })),
]

/**
 * A spreadsheet's undo: over everything that is typed and pasted into a sheet, in the order it was done. It knows cells, not sheets as a
 * whole, which would take back what other people have saved meanwhile; a cell that says something else by now is left alone.
 */
export function useCellHistory({ read, write, now }: Sheet): CellHistory {
  const past: ShallowRef<readonly Step[]> = shallowRef([])
  const future: ShallowRef<readonly Step[]> = shallowRef([])
  let typedAt = Number.NEGATIVE_INFINITY
  const endTyping = (): void => void (typedAt = Number.NEGATIVE_INFINITY)

  function written(texts: readonly CellText[]): Step {
    const step = texts
      .map(({ row, column, text }) => ({ row, column, before: read({ row, column }), after: text }))
      .filter(({ before, after }) => before !== after)
    for (const { after, ...cell } of step) write(cell, after)
    return step
  }
  function done(step: Step, earlier: readonly Step[]): void {
    if (step.length === 0) return
    past.value = [...earlier, step].slice(-most)
    future.value = []
  }
  function put(texts: readonly CellText[]): Step {
    endTyping()
    const step = written(texts)
    done(step, past.value)
    return step
  }
  function type(texts: readonly CellText[]): void {
    const last = past.value.at(-1)
    const [first] = texts
    const goesOn = last && first && now() - typedAt < pause && last.some((change) => isCell(change, first))
    const step = written(texts)
    done(goesOn ? joined(last, step) : step, goesOn ? past.value.slice(0, -1) : past.value)
    typedAt = now()
  }
  function move(
    [from, to]: readonly [typeof past, typeof past],
    [present, wanted]: readonly ['before' | 'after', 'before' | 'after'],
  ): Cell | null {
    endTyping()
    for (let step = from.value.at(-1); step; step = from.value.at(-1)) {
      from.value = from.value.slice(0, -1)
      const own = step.filter((change) => meant(read(change)) === meant(change[present]))
      for (const change of own) write(change, change[wanted])
      if (own[0]) {
        to.value = [...to.value, own]
        return own[0]
      }
    }
    return null
  }
  return {
    put,
    type,
    endTyping,
    undo: () => move([past, future], ['after', 'before']),
    redo: () => move([future, past], ['before', 'after']),
    last: () => past.value.at(-1),
    forget: (row) => {
      endTyping()
      for (const steps of [past, future])
        steps.value = steps.value
          .map((step) => step.filter((change) => change.row !== row))
          .filter(({ length }) => length > 0)
    },
  }
}
