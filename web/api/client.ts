import { hc, type ClientResponse } from 'hono/client'
import type { SuccessStatusCode } from 'hono/utils/http-status'
import type { Api } from '../../server/app.ts'
import { language } from '../i18n.ts'
import { whileUnderWay } from './under-way.ts'

/** One thing wrong in what was sent: a field of a form or a cell of a workbook. */
export interface LocatedError {
  readonly path?: string
  readonly sheet?: string
  readonly row?: number | null
  readonly column?: string | null
  readonly code: string
  readonly message: string
}

interface ProblemDetails {
  readonly status: number
  readonly code: string
  readonly title?: string
  readonly detail?: string
  readonly errors?: readonly LocatedError[]
}

/** An answer that is no success (RFC 9457). `status` is 0 when the server could not be reached. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly errors: readonly LocatedError[]
  /** Everything that the answer said, further members of the problem included. */
  readonly body: unknown

  constructor(told: ProblemDetails) {
    const { status, code, title = '', detail = '', errors = [] } = told
    super(detail || title || code)
    this.name = 'ApiProblem'
    this.status = status
    this.code = code
    this.title = title
    this.detail = detail
    this.errors = errors
    this.body = told
  }

  /** What is wrong with the field of this name, in words. */
  errorAt(path: string): string | undefined {
    return this.errors.find((error) => error.path === path)?.message
  }
}

/** Whether somebody else changed the thing first (412), or its version was not named (428). */
export const isStale = (reason: unknown): reason is ApiProblem =>
  reason instanceof ApiProblem && (reason.status === 412 || reason.status === 428)

export const isAborted = (reason: unknown): boolean =>
  reason instanceof DOMException && reason.name === 'AbortError'

let askToSignIn: () => Promise<boolean> = async () => false

/** Names what to do when the session has ended: resolve true once somebody has signed in again. */
export function onSessionEnded(handler: () => Promise<boolean>): void {
  askToSignIn = handler
}

async function send(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const headers = new Headers(init?.headers)
  headers.set('Accept-Language', language())
  try {
    return await fetch(input, { ...init, headers, credentials: 'same-origin' })
  } catch (reason) {
    if (isAborted(reason)) throw reason
    throw new ApiProblem({ status: 0, code: 'unreachable' })
  }
}

/** Lets somebody sign in again after the session ended; whether they did. */
export const resumeSession = (): Promise<boolean> => askToSignIn()

/** Like fetch, but an ended session is resumed through the sign-in dialog and the request sent again. */
export async function request(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await whileUnderWay(() => send(input, init))
  const aboutSession = String(input).includes('/api/auth/')
  if (response.status !== 401 || aboutSession || !(await askToSignIn())) return response
  return whileUnderWay(() => send(input, init))
}

/** The typed client: `api.units.$get(…)`. Wrap calls in `answer`. */
export const api = hc<Api>('/', { fetch: request }).api

type Success<R> =
  R extends ClientResponse<infer Body, infer Status, string>
    ? Status extends SuccessStatusCode
      ? Body
      : never
    : never

/** The problem an unsuccessful response tells of. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const type = response.headers.get('Content-Type') ?? ''
  const body: Partial<ProblemDetails> = type.includes('json') ? await response.json() : {}
  return new ApiProblem({ ...body, status: response.status, code: body.code ?? `http-${response.status}` })
}

/** The body of a successful call. Throws ApiProblem otherwise; an aborted call throws its AbortError. */
export async function answer<R extends ClientResponse<unknown, number, string>>(
  call: Promise<R>,
): Promise<Success<R>> {
  const response = await call
  if (!response.ok) throw await problemOf(response as unknown as Response)
  return (response.status === 204 ? undefined : await response.json()) as Success<R>
}

/** The body of a successful call with the version that it bears, for If-Match. */
export async function versioned<R extends ClientResponse<unknown, number, string>>(
  call: Promise<R>,
): Promise<Success<R> & { readonly etag: string }> {
  const body = await answer(call)
  return { ...(body as Success<R> & object), etag: (await call).headers.get('ETag') ?? '' }
}

/** What a call answers with when it succeeds: `Answer<typeof api.units.$get>`. */
export type Answer<Call extends (...args: never[]) => Promise<unknown>> = Success<Awaited<ReturnType<Call>>>
