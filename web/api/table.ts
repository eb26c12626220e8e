import { api } from './client.ts'
import { saveAnswer } from './save-answer.ts'

type Shown = Parameters<(typeof api)['tables.xlsx']['$post']>[0]['json']

/** A table as it is shown, as an .xlsx file: it goes to the server, which only writes it, and names it with the day. */
export const saveTable = async (table: Shown): Promise<void> =>
  saveAnswer((await api['tables.xlsx'].$post({ json: table })) as unknown as Response, `${table.title}.xlsx`)
