import { format, hundredths } from '../../assessment/rational.ts'
import {
  flagWords,
  workbookWords,
  type Unit,
  type Values,
  type Vocabulary,
} from '../../assessment/rule/scheme-words.ts'
import { plainDecimal } from '../../assessment/typed.ts'
import { asCount, asNumber, asPoints, asText, asWord, type Parser } from '../spreadsheet/table.ts'

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

/** By unit; a day takes three cells, and groups come with a tree of their own. */
export const cells: { readonly [Of in Exclude<Unit, 'day' | 'names'>]: Written<Values[Of]> } = {
  name: text,
  title: { write: text.write, read: text.read },
  clause: text,
  prose: text,
  decimal: { write: plainDecimal, read: asNumber },
  points: { write: (value) => plainDecimal(format(hundredths(value))), read: asPoints },
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
}
