import {
  flagWords,
  workbookWords,
  type Unit,
  type Values,
  type Vocabulary,
} from '../../assessment/rule/scheme-words.ts'
import { plainDecimal, plainPoints } from '../../assessment/typed.ts'
import { asCount, asNumber, asPoints, asText, asWord, unless, type Parser } from '../spreadsheet/table.ts'

/** How one cell holds what a field of a scheme holds. */
export interface Written<Value> {
  readonly write: (value: Value) => string
  readonly read: Parser<Value>
  /** What a blank cell says; none: that all stays as it is. */
  readonly blank?: Value
}

const text: Written<string> = { write: (value) => value, read: asText, blank: '' }
const word = <Name extends Vocabulary>(vocabulary: Name): Written<Values[Name]> => {
  const words: Readonly<Record<Values[Name], string>> = workbookWords[vocabulary]
  return { write: (value) => words[value], read: asWord(words) }
}
const flag = (words: { readonly yes: string; readonly no: string }): Written<boolean> => ({
  write: (value) => (value ? words.yes : words.no),
  read: (cell) => {
    const read = asWord(words)(cell)
    return 'value' in read ? { value: read.value === 'yes' } : read
  },
})

const points: Written<number> = { write: plainPoints, read: asPoints }

/** By unit; those left out take more than one cell, or a sheet of their own. */
export const cells: {
  readonly [
    Of in Exclude<Unit, 'day' | 'names' | 'ceiling' | 'groupWeight' | 'scale' | 'vetoes' | 'english'>
  ]: Written<Values[Of]>
} = {
  name: text,
  title: { write: text.write, read: text.read },
  clause: text,
  prose: text,
  decimal: { write: plainDecimal, read: asNumber },
  points,
  positive: { write: plainPoints, read: unless(asPoints, 'not-positive', (value) => value <= 0) },
  count: { write: String, read: asCount },
  flag: flag(flagWords.flag),
  across: flag(flagWords.across),
  method: word('method'),
  trigger: word('trigger'),
  dayCount: word('dayCount'),
  missing: word('missing'),
  rounding: word('rounding'),
  ties: word('ties'),
  publicity: word('publicity'),
  effect: word('effect'),
  shareRounding: word('shareRounding'),
  tieAcross: word('tieAcross'),
  scaleType: word('scaleType'),
}
