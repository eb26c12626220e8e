import { saveFile } from '../composables/save-file.ts'
import { problemOf } from './client.ts'

/** Hands a file that came as an answer to the browser, under the name that it bears. Throws ApiProblem where there is none. */
export async function saveAnswer(response: Response, otherwise: string): Promise<void> {
  if (!response.ok) throw await problemOf(response)
  const named = /filename\*=UTF-8''(.+)$/.exec(response.headers.get('Content-Disposition') ?? '')?.[1]
  saveFile(await response.blob(), named === undefined ? otherwise : decodeURIComponent(named))
}
