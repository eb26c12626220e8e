import { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import { readForm, type Form } from './form.ts'
import { Problem } from './problem.ts'
import { requireStorable } from './validated.ts'

/** Describes a form that carries a file in `file`, with text fields beside it by name, greatest length and meaning; those named `optional` may be left out. */
export const describeUpload = (
  fields: Readonly<Record<string, readonly [maxLength: number, description: string]>> = {},
  optional: readonly string[] = [],
) =>
  describeRoute({
    requestBody: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: {
            type: 'object',
            properties: {
              file: { type: 'string', format: 'binary' },
              ...Object.fromEntries(
                Object.entries(fields).map(([name, [maxLength, description]]) => [
                  name,
                  { type: 'string' as const, maxLength, description },
                ]),
              ),
            },
            required: ['file', ...Object.keys(fields).filter((name) => !optional.includes(name))],
          },
        },
      },
    },
  })

interface FormWithFile {
  readonly file: File
  /** Everything in the form. */
  readonly fields: Form
}

/** The form of a request with the file in it. Throws `file-missing`. */
export async function formWithFile({ raw }: { readonly raw: Request }): Promise<FormWithFile> {
  const fields = (await readForm(raw)) ?? {}
  if (!(fields.file instanceof File)) throw new Problem('file-missing')
  requireStorable({ ...fields, file: fields.file.name })
  return { file: fields.file, fields }
}

/** What a file holds, as its readers want it. */
export const bytesOf = async (file: File): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer())

const asJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** JSON in a field of a form, of at most so many characters; null where it is none. */
export const jsonField = (most: number) => z.string().max(most).transform(asJson)
