import { answer, api, type Answer } from './client.ts'
import { postFile } from './post-file.ts'

/* What the page of the third party asks the server, in one place. */

const one = api.assessments[':id']
const third = one['third-party']

export type ExternalPart = Answer<typeof one.commissions.$get>['components'][number]
export type Commission = NonNullable<ExternalPart['commission']>
export type Batch = Answer<typeof third.batches.$get>['items'][number]
export type Difference = Answer<(typeof third.batches)[':batchId']['differences']['$get']>['items'][number]
export type FileReading = Answer<typeof third.file.$post>
export type ColumnMapping = NonNullable<FileReading['mapping']>
export type Conversion = NonNullable<ColumnMapping['conversion']>
export type MarksPreview = Answer<typeof third.preview.$post>
export type PreviewRow = MarksPreview['rows'][number]

const init = (signal: AbortSignal) => ({ init: { signal } })
const most = '200'

export const fetchParts = (id: string, signal: AbortSignal) =>
  answer(one.commissions.$get({ param: { id } }, init(signal)))

export const fetchBatches = (id: string, signal: AbortSignal) =>
  answer(third.batches.$get({ param: { id }, query: { size: most } }, init(signal)))

export const fetchBatchMarks = async (id: string, batchId: string, signal: AbortSignal) =>
  (await answer(third.batches[':batchId'].marks.$get({ param: { id, batchId } }, init(signal)))).items

export const fetchDifferences = (id: string, batchId: string, against: string, signal: AbortSignal) =>
  answer(
    third.batches[':batchId'].differences.$get({ param: { id, batchId }, query: { against } }, init(signal)),
  )

interface CommissionBody {
  readonly evaluator: string
  readonly procurementNumber: string | null
  readonly startsOn: string
  readonly endsOn: string
  readonly contractId: string | null
}

export const registerCommission = (id: string, component: string, body: CommissionBody) =>
  answer(one.commissions.$post({ param: { id }, json: { ...body, component } }))

/** Throws ApiProblem; a stale one tells the present commission in `body.current`. */
export const changeCommission = (id: string, commissionId: string, body: CommissionBody, etag: string) =>
  answer(
    one.commissions[':commissionId'].$put(
      { param: { id, commissionId }, json: body },
      { headers: { 'If-Match': etag } },
    ),
  )

const sendMarks = <Told>(
  id: string,
  what: 'file' | 'preview' | 'batches',
  file: File,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Told> =>
  postFile(`/api/assessments/${encodeURIComponent(id)}/third-party/${what}`, file, fields, headers)

export const readFile = (id: string, component: string, file: File) =>
  sendMarks<FileReading>(id, 'file', file, { component })

export const previewMarks = (id: string, component: string, file: File, mapping: ColumnMapping) =>
  sendMarks<MarksPreview>(id, 'preview', file, { component, mapping: JSON.stringify(mapping) })

export const acceptMarks = (
  id: string,
  component: string,
  file: File,
  mapping: ColumnMapping,
  { etag, reason }: { readonly etag: string; readonly reason: string },
) =>
  sendMarks<{ readonly batchId: string; readonly rows: number }>(
    id,
    'batches',
    file,
    { component, mapping: JSON.stringify(mapping), ...(reason === '' ? {} : { reason }) },
    { 'If-Match': etag },
  )
