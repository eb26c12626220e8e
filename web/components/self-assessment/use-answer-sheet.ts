import { useEventListener } from '@vueuse/core'
import { computed, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { useUndoKeys } from '../../composables/undo-keys.ts'
import { copiedCells } from './pasted-cells.ts'
import { useCellHistory, type Cell, type CellText, type Step } from './use-cell-history.ts'

/** What a paste did: cells filled, those of them that were emptied, and copied cells that found no row or column. */
export interface Pasted {
  readonly filled: number
  readonly erased: number
  readonly left: number
  readonly step: Step
}

interface Means {
  /** The element of the sheet: `data-row` names a row, `data-cell` within it a column. */
  readonly grid: Ref<HTMLElement | undefined>
  /** Columns that copied columns spread over; the first list that has the one with the caret. */
  readonly columns: readonly (readonly string[])[]
  readonly read: (cell: Cell) => string
  readonly write: (cell: Cell, text: string) => void
  /** Cells of the same row that follow from what is typed in one. */
  readonly following?: (typed: CellText) => CellText[]
}

export interface AnswerSheet {
  readonly type: (row: string, column: string, text: string) => void
  readonly paste: (event: ClipboardEvent) => void
  readonly undo: () => void
  /** What was done in a row is on record, and no undo takes it back. */
  readonly forget: (row: string) => void
  readonly pasted: ShallowRef<Pasted | null>
  /** Whether what was pasted is what an undo takes back. */
  readonly isPasteLast: ComputedRef<boolean>
}

/** Answers typed and pasted as into a spreadsheet, with its undo over all of them. What is written is saved as any other. */
export function useAnswerSheet({ grid, columns, read, write, following = () => [] }: Means): AnswerSheet {
  const pasted = shallowRef<Pasted | null>(null)
  const history = useCellHistory({ read, write, now: () => performance.now() })
  const isPasteLast = computed(() => pasted.value !== null && history.last() === pasted.value.step)
  const withFollowing = (texts: readonly CellText[]) => texts.flatMap((one) => [one, ...following(one)])

  const rows = () => [...(grid.value?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
  const cellIn = (row: HTMLElement | undefined, column: string | undefined) =>
    row?.querySelector<HTMLElement>(`[data-cell="${column}"]:not(:disabled)`) ?? null

  function show(cell: Cell | null): void {
    const row = rows().find(({ dataset }) => dataset.row === cell?.row)
    const field = cellIn(row, cell?.column)
    if (field && field !== document.activeElement) field.focus()
  }
  function undo(): void {
    if (isPasteLast.value) pasted.value = null
    show(history.undo())
  }
  const redo = (): void => show(history.redo())

  /** Spreads cells copied from a spreadsheet downwards and to the right over the rows on screen; one alone goes where the caret is. */
  function paste(event: ClipboardEvent): void {
    const field = event.target
    if (!(field instanceof HTMLElement)) return
    const own = columns.find((list) => list.includes(field.dataset.cell ?? ''))
    const copied = copiedCells(event.clipboardData)
    if (!own || (copied.length === 1 && copied[0]?.length === 1)) return
    event.preventDefault()
    const all = rows()
    const down = all.findIndex((row) => row.contains(field))
    const right = own.indexOf(field.dataset.cell ?? '')
    const texts: CellText[] = []
    let left = 0
    for (const [y, line] of copied.entries()) {
      for (const [x, text] of line.entries()) {
        const [row, column] = [all[down + y], own[right + x]]
        if (cellIn(row, column) && column !== undefined)
          texts.push({ row: row?.dataset.row ?? '', column, text })
        else if (text !== '') left++
      }
    }
    const erased = texts.filter((one) => one.text === '' && read(one) !== '').length
    pasted.value = { filled: texts.length, erased, left, step: history.put(withFollowing(texts)) }
  }

  useUndoKeys({ undo, redo }, grid)
  useEventListener(grid, 'focusin', history.endTyping)
  return {
    type: (row, column, text) => history.type(withFollowing([{ row, column, text }])),
    paste,
    undo,
    forget: history.forget,
    pasted,
    isPasteLast,
  }
}
