import { compare, decimal, isDecimal } from '#assessment/rational'

/** Marks as somebody typed them: blank, a number, or that the leaf does not apply. */
export interface TypedMarks {
  readonly marks: string | null
  readonly notApplicable: boolean
}
export type MarksFault = 'not-a-number' | 'negative' | 'above-full'

const notApplicableWords = new Set(['不适用', '无', '/', '-', '—', 'na', 'n/a', 'notapplicable'])

/** What the text says, or what is wrong with it; full-width digits and a comma for the point are taken as meant. */
export function readMarks(text: string, full: string): TypedMarks | MarksFault {
  const typed = text
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/^(\d+),(\d+)$/, '$1.$2')
    .replace(/。/g, '.')
    .toLowerCase()
  if (typed === '') return { marks: null, notApplicable: false }
  if (notApplicableWords.has(typed)) return { marks: null, notApplicable: true }
  const value = typed.replace(/^\+/, '').replace(/\.$/, '')
  if (!isDecimal(value) || value.length > 20) return 'not-a-number'
  if (compare(decimal(value), decimal('0')) < 0) return 'negative'
  return compare(decimal(value), decimal(full)) > 0 ? 'above-full' : { marks: value, notApplicable: false }
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
