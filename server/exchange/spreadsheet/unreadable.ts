import type { Params } from './place.ts'
import type { ProblemCode } from './messages.ts'

/** Thrown where a file cannot be read any further. */
export class Unreadable extends Error {
  readonly code: ProblemCode
  readonly params: Params
  readonly sheet: string | null

  constructor(code: ProblemCode, params: Params = {}, sheet: string | null = null) {
    super(code)
    this.code = code
    this.params = params
    this.sheet = sheet
  }
}
