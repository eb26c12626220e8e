/** A text made easier to read by rules, every character of which knows where it stands in the text as read. */
export interface View {
  readonly text: string
  /** By the index of a character here, its index in the text as read (UTF-16 units). */
  readonly at: Int32Array
}

/** A stretch of a view. */
export interface Span {
  readonly start: number
  readonly end: number
}

const piece = 8192

/** Builds a view character by character. */
export class ViewBuilder {
  readonly #codes: Uint16Array
  readonly #at: Int32Array
  #length = 0

  /** `capacity` is the most characters that the view may get. */
  constructor(capacity: number) {
    this.#codes = new Uint16Array(capacity)
    this.#at = new Int32Array(capacity)
  }

  /** Adds the character of this code, which stands for the one at `at` in the text as read. */
  add(code: number, at: number): void {
    this.#codes[this.#length] = code
    this.#at[this.#length++] = at
  }

  /** The character added last; 0 before the first. */
  get last(): number {
    return this.#codes[this.#length - 1] ?? 0
  }

  get length(): number {
    return this.#length
  }

  view(): View {
    let text = ''
    for (let from = 0; from < this.#length; from += piece) {
      text += String.fromCharCode(...this.#codes.subarray(from, Math.min(from + piece, this.#length)))
    }
    return { text, at: this.#at.slice(0, this.#length) }
  }
}

/** Where a span of a view stands in the text as read; an empty one has no length there either. */
export function inSource(view: View, { start, end }: Span): Span {
  const first = view.at[start] ?? (view.at.at(-1) ?? -1) + 1
  if (end <= start) return { start: first, end: first }
  return { start: first, end: (view.at[end - 1] ?? first) + 1 }
}

/** Part of a view as a view of its own. */
export const partOf = (view: View, { start, end }: Span): View => ({
  text: view.text.slice(start, end),
  at: view.at.subarray(start, end),
})
