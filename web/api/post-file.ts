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
