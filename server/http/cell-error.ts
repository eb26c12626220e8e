import type { Language } from '#assessment/language'
import type { LocatedError } from './problem.ts'
import { messageText, type Problem as CellProblem } from '../exchange/spreadsheet/messages.ts'

/** What is wrong with a cell of a file, in words. */
export const cellError = ({ sheet, row, column, code, params }: CellProblem, language: Language) => ({
  sheet: sheet ?? '',
  row,
  column,
  code,
  message: messageText(code, params, language),
})

/** What a report says is wrong with a row of a file. */
export const rowError = ({
  sheet,
  row,
  column,
  code = 'error',
  message = '',
}: Pick<LocatedError, 'sheet' | 'row' | 'column'> & Partial<LocatedError>): LocatedError => ({
  sheet,
  row,
  column,
  code,
  message,
})
