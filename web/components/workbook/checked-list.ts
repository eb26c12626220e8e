/** What the server says of a pasted list. */
export interface CheckedRows {
  readonly rows: readonly { readonly outcome: string }[]
  readonly counts: { readonly new: number }
}

/** What a list is asked for and told in. */
export interface ListWords<Counts> {
  /** What is pasted, where it is no table. */
  readonly label?: string
  /** Which columns are pasted, in which order. */
  readonly hint: string
  readonly orFile: string
  readonly counts: (counts: Counts) => readonly string[]
  /** Why nothing can be written yet. */
  readonly blocked: string
  readonly confirm: (n: number) => string
  readonly written: (n: number) => string
}
