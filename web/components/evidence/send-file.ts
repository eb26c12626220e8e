import { ApiProblem, resumeSession } from '../../api/client.ts'
import { language } from '../../i18n.ts'

/** What the server answers about evidence that waits for its fact. */
export interface Staged {
  readonly id: string
  readonly name: string
  readonly bytes: number
  readonly outsidePeriod: boolean | null
}

export interface Errand {
  readonly assessmentId: string
  readonly findingId: string | undefined
  readonly documentDate: string
  /** The same for every attempt, so that a lost answer stores nothing twice. */
  readonly uploadId: string
}

function problemIn(status: number, text: string): ApiProblem {
  try {
    return new ApiProblem({ ...JSON.parse(text), status })
  } catch {
    return new ApiProblem({ status, code: `http-${status}` })
  }
}

/** One attempt; fetch tells nothing of how much has been sent. */
const attempt = (
  body: FormData | string,
  errand: Errand,
  sent: (share: number) => void,
  signal: AbortSignal,
) =>
  new Promise<Staged>((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/evidence')
    request.setRequestHeader('Accept-Language', language())
    request.setRequestHeader('Idempotency-Key', errand.uploadId)
    if (typeof body === 'string') request.setRequestHeader('Content-Type', 'application/json')
    request.upload.addEventListener('progress', ({ loaded, total }) => sent(total > 0 ? loaded / total : 0))
    request.addEventListener('load', () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText) as Staged)
      else reject(problemIn(request.status, request.responseText))
    })
    request.addEventListener('error', () => reject(new ApiProblem({ status: 0, code: 'unreachable' })))
    request.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
    signal.addEventListener('abort', () => request.abort())
    request.send(body)
  })

async function send(
  body: FormData | string,
  errand: Errand,
  sent: (share: number) => void,
  signal: AbortSignal,
): Promise<Staged> {
  try {
    return await attempt(body, errand, sent, signal)
  } catch (reason) {
    const ended = reason instanceof ApiProblem && reason.status === 401
    if (!ended || !(await resumeSession())) throw reason
    return attempt(body, errand, sent, signal)
  }
}

/** Sends a file; `sent` hears the share sent, 0–1. Throws ApiProblem, or AbortError when the signal says so. */
export function sendFile(
  file: File,
  errand: Errand,
  sent: (share: number) => void,
  signal: AbortSignal,
): Promise<Staged> {
  const form = new FormData()
  form.set('assessmentId', errand.assessmentId)
  if (errand.findingId) form.set('findingId', errand.findingId)
  if (errand.documentDate) form.set('documentDate', errand.documentDate)
  form.set('uploadId', errand.uploadId)
  form.set('file', file)
  return send(form, errand, sent, signal)
}

/** Records a web address instead of a file. */
export const sendLink = (url: string, errand: Errand, signal: AbortSignal): Promise<Staged> =>
  send(
    JSON.stringify({
      url,
      assessmentId: errand.assessmentId,
      ...(errand.findingId ? { findingId: errand.findingId } : {}),
      ...(errand.documentDate ? { documentDate: errand.documentDate } : {}),
      uploadId: errand.uploadId,
    }),
    errand,
    () => undefined,
    signal,
  )
