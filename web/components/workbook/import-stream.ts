import { ApiProblem, problemOf, request } from '../../api/client.ts'
import { whileUnderWay } from '../../api/under-way.ts'

export const outcomes = ['new', 'changed', 'same', 'error'] as const
export type RowOutcome = (typeof outcomes)[number]

interface ReportedRow {
  readonly sheet: string
  readonly row: number | null
  readonly column?: string | null
  readonly outcome: RowOutcome
  /** What the row is about, and its values. */
  readonly told: readonly string[]
  readonly message?: string
}

/** What an import did, or, after a dry run, would do. */
export interface ImportReport {
  readonly rows: readonly ReportedRow[]
  readonly counts: Readonly<Record<string, Readonly<Record<RowOutcome, number>>>>
  readonly warnings: readonly string[]
  readonly committed: boolean
  /** Whether units have known of its findings since the days that it says. */
  readonly history: boolean
}

/** Rows done so far. */
export interface Progress {
  readonly done: number
  readonly of: number
}

type Line =
  | ({ readonly type: 'progress' } & Progress)
  | ({ readonly type: 'report' } & ImportReport)
  | ({ readonly type: 'problem' } & ConstructorParameters<typeof ApiProblem>[0])

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Line> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    rest += done ? decoder.decode() : decoder.decode(value, { stream: true })
    const lines = rest.split('\n')
    rest = done ? '' : (lines.pop() ?? '')
    for (const line of lines) if (line.trim() !== '') yield JSON.parse(line) as Line
    if (done) return
  }
}

/**
 * Sends a workbook and follows the rows as they are read. Aborting the signal makes the server roll everything back.
 * Throws ApiProblem when the workbook was refused or the connection broke before the report came.
 */
export const sendWorkbook = (assessmentId: string, file: File, options: SendOptions): Promise<ImportReport> =>
  whileUnderWay(() => reportOf(assessmentId, file, options))

interface SendOptions {
  readonly dryRun: boolean
  readonly history: boolean
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
}

async function reportOf(assessmentId: string, file: File, options: SendOptions): Promise<ImportReport> {
  const form = new FormData()
  form.append('file', file)
  const query = options.dryRun ? 'dryRun=1' : `history=${options.history ? 1 : 0}`
  const address = `/api/assessments/${encodeURIComponent(assessmentId)}/import?${query}`
  const response = await request(address, {
    method: 'POST',
    body: form,
    signal: options.signal,
    headers: { Accept: 'application/x-ndjson' },
  })
  if (!response.ok || !response.body) throw await problemOf(response)
  for await (const line of linesOf(response.body)) {
    if (line.type === 'progress') options.onProgress(line)
    else if (line.type === 'report') return line
    else throw new ApiProblem(line)
  }
  throw new ApiProblem({ status: 0, code: 'unreachable' })
}
