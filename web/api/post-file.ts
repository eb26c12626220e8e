import { problemOf, request } from './client.ts'

/** Sends a form with a file in `file` and texts beside it; resolves with the answer. Throws ApiProblem. */
export async function postFile<Told>(
  path: string,
  file: File,
  fields: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Told> {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.set(name, value)
  body.set('file', file)
  const response = await request(path, { method: 'POST', body, headers })
  if (!response.ok) throw await problemOf(response)
  return (await response.json()) as Told
}

/** Sends pasted text with fields beside it. Throws ApiProblem. */
export async function postText<Told>(
  path: string,
  text: string,
  fields: Readonly<Record<string, string | boolean>> = {},
): Promise<Told> {
  const response = await request(path, {
    method: 'POST',
    body: JSON.stringify({ text, ...fields }),
    headers: { 'Content-Type': 'application/json' },
  })
  if (!response.ok) throw await problemOf(response)
  return (await response.json()) as Told
}

/** A list as it was pasted, or the file that holds it. */
export type ListSource = string | File

/** Sends a list with fields beside it, only to be checked or to be written. Throws ApiProblem. */
export async function postList<Told>(
  path: string,
  source: ListSource,
  dryRun: boolean,
  fields: Readonly<Record<string, string | boolean>> = {},
): Promise<Told> {
  const address = dryRun ? `${path}?dryRun=1` : path
  const texts = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]))
  if (typeof source !== 'string') return postFile<Told>(address, source, texts)
  return postText<Told>(address, source, fields)
}
