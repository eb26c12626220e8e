import type { Language } from '#assessment/language'
import { problemTexts, type ProblemCode } from './problems/texts.ts'

/** One located part of a problem: a body path, or a cell of a workbook. */
export interface LocatedError {
  readonly path?: string
  readonly sheet?: string
  readonly row?: number | null
  readonly column?: string | null
  readonly code: string
  readonly message: string
}

/** RFC 9457 problem details with our stable code. */
export interface ProblemDetails {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly requestId?: string
  readonly errors?: readonly LocatedError[]
}

interface ProblemOptions {
  readonly params?: Readonly<Record<string, string | number>>
  /** Parameters that are words. */
  readonly words?: (language: Language) => Readonly<Record<string, string>>
  readonly errors?: (language: Language) => readonly LocatedError[]
  /** Members beyond the standard ones (RFC 9457, 3.2), e.g. the present state of what was changed meanwhile. */
  readonly extensions?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
}

/** Thrown anywhere below a route; becomes the response with that code. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly options: ProblemOptions

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    super(code)
    this.code = code
    this.options = options
  }
}

/** A problem of several parts, counted, each told with its place; `most` of them are named. */
export const problemOfParts = <Part>(
  code: ProblemCode,
  parts: readonly Part[],
  tell: (part: Part, language: Language) => LocatedError,
  most?: number,
): Problem =>
  new Problem(code, {
    params: { count: parts.length },
    errors: (language) => parts.slice(0, most).map((part) => tell(part, language)),
  })

const fill = (text: string, params: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))

/** The problem in words. */
export function problemDetails(problem: Problem, language: Language, requestId?: string): ProblemDetails {
  const { status, text } = problemTexts[problem.code]
  const [title, detail] = text[language]
  const params = {
    requestId: requestId ?? '',
    ...problem.options.params,
    ...problem.options.words?.(language),
  }
  const errors = problem.options.errors?.(language)
  return {
    ...problem.options.extensions,
    type: `/api/docs#problem-${problem.code}`,
    title,
    status,
    code: problem.code,
    detail: fill(detail, params),
    ...(status >= 500 && requestId !== undefined ? { requestId } : {}),
    ...(errors ? { errors } : {}),
  }
}

/** The problem as an HTTP response. */
export function problemResponse(problem: Problem, language: Language, requestId?: string): Response {
  const details = problemDetails(problem, language, requestId)
  return new Response(JSON.stringify(details), {
    status: details.status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': language,
      'cache-control': 'no-store',
      ...problem.options.headers,
    },
  })
}
