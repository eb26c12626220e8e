/** What the cells of a column hold; a list names the only words allowed. */
export type Content = 'text' | 'number' | 'marks' | 'day' | readonly string[]

export interface Column {
  /** Other headers under which it is read. */
  readonly aliases?: readonly string[]
  /** The header must be there. */
  readonly needed: boolean
  readonly content: Content
  /** One line for the people who fill it in. */
  readonly about: string
}
