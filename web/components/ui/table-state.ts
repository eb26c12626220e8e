import { computed, type WritableComputedRef } from 'vue'
import { useQueryStates } from '../../composables/query-state.ts'

/** What somebody did to a table, all of it in the address. */
export interface TableState {
  readonly search: WritableComputedRef<string>
  /** A column's key, with a leading `-` for downwards; the rows' own order where empty. */
  readonly sort: WritableComputedRef<string>
  /** Keys of columns left out, joined with commas. */
  readonly hide: WritableComputedRef<string>
  /** Counted from 1; only where the server pages. */
  readonly page: WritableComputedRef<number>
  readonly filter: (key: string) => WritableComputedRef<string>
}

/**
 * The state of a table for the page around it, which fetches by it: the DataTable of the same `name` reads and
 * writes the same address. Tables that share a page have names; `sort` is the order they begin with.
 */
export function useTableState(name = '', sort = ''): TableState {
  const state = useQueryStates()
  const at = (key: string) => (name === '' ? key : `${name}.${key}`)
  const page = state(at('page'), '1')
  return {
    search: state(at('q')),
    sort: state(at('sort'), sort),
    hide: state(at('hide')),
    page: computed({
      get: () => Math.max(1, Math.trunc(Number(page.value)) || 1),
      set: (number) => (page.value = String(number)),
    }),
    filter: (key) => state(at(key)),
  }
}
