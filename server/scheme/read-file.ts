import type { Scheme } from '#assessment/rule/scheme'
import { cellError } from '../http/cell-error.ts'
import { problemOfParts } from '../http/problem.ts'
import type { InThread } from '../jobs/jobs.ts'
import { readSchemeFile } from '../jobs/read-workbook.ts'
import { bytesOf } from '../http/upload.ts'
import { parsedBy } from '../http/validated.ts'
import { schemeBody } from './body.ts'

/** A JSON file as a scheme; what is no JSON is refused like a scheme of the wrong shape. */
function schemeOfJson(text: string): Scheme {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    value = undefined
  }
  return parsedBy(schemeBody, value)
}

/** A .json file, or a workbook that changes the scheme it is read with. Throws `invalid-request` and `scheme-file-invalid` with the places. */
export async function schemeOfFile(file: File, base: Scheme, inThread: InThread): Promise<Scheme> {
  if (/\.json$/i.test(file.name)) return schemeOfJson(await file.text())
  const reading = await readSchemeFile(await bytesOf(file), base, { inThread })
  if (reading.ok) return parsedBy(schemeBody, reading.scheme)
  throw problemOfParts('scheme-file-invalid', reading.problems, cellError)
}
