import { compare, decimal, isDecimal } from '#assessment/rational'
import { saysNotApplicable, typedMarks, type TypedRefusal } from '#assessment/typed'

/** Marks as somebody typed them: blank, a number, or that the leaf does not apply. */
export interface TypedMarks {
  readonly marks: string | null
  readonly notApplicable: boolean
}

/** Why typed marks are none, and what may have been meant. */
export interface UnreadMarks {
  readonly fault: TypedRefusal | 'above-full'
  readonly offer: string | null
}

/** Digits with a point between, as they are stored. */
const isPlain = (text: string): boolean => isDecimal(text) && /^\d.*\d$|^\d$/.test(text)

/** What the text says, or what is wrong with it; a plain number stays as it is written. */
export function readMarks(text: string, full: string): TypedMarks | UnreadMarks {
  if (text.trim() === '') return { marks: null, notApplicable: false }
  if (saysNotApplicable(text)) return { marks: null, notApplicable: true }
  const read = typedMarks(text)
  if (!('value' in read)) return { fault: read.refused, offer: 'offer' in read ? read.offer : null }
  return compare(decimal(read.value), decimal(full)) > 0
    ? { fault: 'above-full', offer: null }
    : { marks: isPlain(text) ? text : read.value, notApplicable: false }
}

/** The text of marks as an input shows them. */
export const marksText = ({ marks, notApplicable }: TypedMarks, notApplicableWord: string): string =>
  notApplicable ? notApplicableWord : (marks ?? '')

/** Whether anything is answered at all. */
export const isAnswered = <Value extends TypedMarks>(value: Value | null): value is Value =>
  value !== null && (value.marks !== null || value.notApplicable)

/** Whether two answers say the same; 2 and 2.0 do. */
export const isSame = (a: TypedMarks, b: TypedMarks): boolean =>
  a.notApplicable === b.notApplicable &&
  (a.marks === null ? b.marks === null : Number(a.marks) === Number(b.marks))
