/** Where in a workbook something was found; a null row is the whole sheet, a null sheet the whole file. */
export interface Place {
  readonly sheet: string | null
  /** As the spreadsheet program numbers it: the header is row 1. */
  readonly row: number | null
  readonly column: string | null
}

/** The sheet and row that a fact was read from. */
export interface Origin {
  readonly sheet: string
  readonly row: number
}

/** Fills a message's `{name}`. */
export type Params = Readonly<Record<string, string | number>>
