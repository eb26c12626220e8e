import { z } from 'zod'
import { readForm } from './form.ts'
import { Problem } from './problem.ts'
import { requireStorable } from './validated.ts'

/** A table as people give it: pasted text, or a file. */
export type PastedOrFile = { readonly text: string } | { readonly file: File }

const longestPaste = 900_000
const pasted = z.object({ text: z.string().max(longestPaste) })
const sent = z.object({ file: z.instanceof(File) })

interface Asked {
  readonly raw: Request
  header: (name: string) => string | undefined
  json: () => Promise<unknown>
}

/** The table in a request, `text` of JSON or `file` of a form, and everything beside it. Throws `invalid-request` and `file-missing`. */
export async function pastedOrFile(
  request: Asked,
): Promise<{ readonly source: PastedOrFile; readonly fields: unknown }> {
  const isForm = /^multipart\/form-data\b/i.test(request.header('content-type') ?? '')
  const raw = isForm ? await readForm(request.raw) : await request.json().catch(() => null)
  const parsed = (isForm ? sent : pasted).safeParse(raw)
  if (!parsed.success)
    throw isForm ? new Problem('file-missing') : new Problem('invalid-request', { params: { count: 1 } })
  const named = 'file' in parsed.data ? parsed.data.file.name : parsed.data
  requireStorable(named)
  return { source: parsed.data, fields: raw }
}
