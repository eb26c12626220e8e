import { answer, api, type Answer } from './client.ts'

/* What publishing asks the server. */

const one = api.assessments[':id']
const publication = one.publications[':publicationId']

export type Publication = Answer<typeof one.publications.$get>['items'][number]
export type PublicationDetail = Answer<typeof publication.$get>
export type Drift = NonNullable<PublicationDetail['drift']>
export type Difference = Drift['units'][number]
export type Step = Publication['steps'][number]
export type Check = Answer<(typeof one)['publication-check']['$get']>

export const fetchPublications = async (id: string, signal: AbortSignal): Promise<readonly Publication[]> =>
  (await answer(one.publications.$get({ param: { id } }, { init: { signal } }))).items

export const fetchPublication = (
  id: string,
  publicationId: string,
  signal: AbortSignal,
): Promise<PublicationDetail> =>
  answer(publication.$get({ param: { id, publicationId } }, { init: { signal } }))

export const fetchCheck = (id: string, asOf: string, signal: AbortSignal): Promise<Check> =>
  answer(one['publication-check'].$get({ param: { id }, query: { asOf } }, { init: { signal } }))

/** `reason` only when it supersedes another. */
export const preparePublication = (id: string, asOf: string, reason: string): Promise<Publication> =>
  answer(one.publications.$post({ param: { id }, json: { asOf, ...(reason === '' ? {} : { reason }) } }))

export const takePublicationStep = (
  id: string,
  publicationId: string,
  type: Step,
  reason: string,
): Promise<Publication> =>
  answer(
    publication.steps.$post({
      param: { id, publicationId },
      json: type === 'approved' ? { type, ...(reason === '' ? {} : { reason }) } : { type, reason },
    }),
  )

/** Address of the canonical JSON that was hashed. */
export const bodyAddress = (id: string, publicationId: string): string =>
  `/api/assessments/${encodeURIComponent(id)}/publications/${encodeURIComponent(publicationId)}/body.json`

/** Address of the page that checks it without us. */
export const proofAddress = (id: string, publicationId: string): string =>
  `/api/assessments/${encodeURIComponent(id)}/publications/${encodeURIComponent(publicationId)}/proof.html`
