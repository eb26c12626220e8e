import { saveFile } from '../composables/save-file.ts'
import { api, problemOf } from './client.ts'

type Shown = Parameters<(typeof api)['tables.xlsx']['$post']>[0]['json']

/** A table as it is shown, as an .xlsx file: it goes to the server, which only writes it, and names it with the day. */
export async function saveTable(table: Shown): Promise<void> {
  const response = await api['tables.xlsx'].$post({ json: table })
  if (!response.ok) throw await problemOf(response as unknown as Response)
  const named = /filename\*=UTF-8''(.+)$/.exec(response.headers.get('Content-Disposition') ?? '')?.[1]
  saveFile(await response.blob(), named === undefined ? `${table.title}.xlsx` : decodeURIComponent(named))
}
