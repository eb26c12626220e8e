import { answer, api, type Answer } from './client.ts'

/* What these pages ask the server, in one place. */

const one = api.assessments[':id']
const forms = one['self-assessments']
const unitForm = forms[':unitId']
const desk = one.verification

export type SelfForm = Answer<typeof unitForm.$get>
export type FormLeaf = SelfForm['areas'][number]['leaves'][number]
export type SelfState = SelfForm['state']
export type Progress = Answer<typeof forms.$get>

export type Queue = Answer<typeof desk.$get>
export type Item = Answer<typeof desk.marks.$get>['items'][number]
export type Statistics = Answer<typeof desk.statistics.$get>

export type FormEvidence = FormLeaf['evidence'][number]

/** Component and window as they stand in the address; empty = the one people work on. */
export interface Place {
  readonly component: string
  readonly window: string
}

const init = (signal: AbortSignal) => ({ init: { signal } })
const given = (query: Record<string, string>) =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''))

export const fetchForm = (id: string, unitId: string, place: Place, signal: AbortSignal) =>
  answer(unitForm.$get({ param: { id, unitId }, query: given({ ...place }) }, init(signal)))

export const fetchProgress = (id: string, place: Place, signal: AbortSignal) =>
  answer(forms.$get({ param: { id }, query: { ...given({ ...place }), size: '500' } }, init(signal)))

/** With `others`, what other responsible units verify comes along, for the office that may verify for them. */
const alsoOthers = (others: boolean) => (others ? { others: '1' as const } : {})

export const fetchQueue = (id: string, place: Place, others: boolean, signal: AbortSignal) =>
  answer(desk.$get({ param: { id }, query: { ...given({ ...place }), ...alsoOthers(others) } }, init(signal)))

export const fetchItems = (
  id: string,
  place: Place,
  { others, ...which }: { readonly leaf: string; readonly unitId: string; readonly others: boolean },
  signal: AbortSignal,
) => {
  const query = {
    ...given({ ...place, ...which }),
    ...alsoOthers(others),
    handedIn: '1' as const,
    size: '500',
  }
  return answer(desk.marks.$get({ param: { id }, query }, init(signal)))
}

export const fetchStatistics = (id: string, place: Place, signal: AbortSignal) =>
  answer(desk.statistics.$get({ param: { id }, query: given({ ...place }) }, init(signal)))

const withMatch = (etag: string) => ({ headers: { 'If-Match': etag } })

interface Draft {
  readonly leaf: string
  readonly marks: string | null
  readonly notApplicable: boolean
  readonly note: string | null
}

/** Throws ApiProblem; a stale one tells the present entry in `body.current`. */
export const saveDraft = (id: string, unitId: string, place: Place, draft: Draft, etag: string) =>
  answer(unitForm.draft.$put({ param: { id, unitId }, json: { ...place, ...draft } }, withMatch(etag)))

export const submitForm = (id: string, unitId: string, place: Place, incomplete: boolean, etag: string) =>
  answer(
    unitForm.submission.$post({ param: { id, unitId }, json: { ...place, incomplete } }, withMatch(etag)),
  )

/** Tells the head of the unit that the form is filled in. */
export const askSignOff = (id: string, unitId: string, place: Place, incomplete: boolean, etag: string) =>
  answer(
    unitForm['sign-off'].$post({ param: { id, unitId }, json: { ...place, incomplete } }, withMatch(etag)),
  )

/** The head sends the form back to who filled it in. */
export const declineSignOff = (id: string, unitId: string, place: Place, reason: string, etag: string) =>
  answer(
    unitForm['sign-off'].decline.$post(
      { param: { id, unitId }, json: { ...place, reason } },
      withMatch(etag),
    ),
  )

export const withdrawForm = (id: string, unitId: string, place: Place, etag: string) =>
  answer(unitForm.withdrawal.$post({ param: { id, unitId }, json: { ...place } }, withMatch(etag)))

export const returnForm = (id: string, unitId: string, place: Place, reason: string, etag: string) =>
  answer(unitForm.return.$post({ param: { id, unitId }, json: { ...place, reason } }, withMatch(etag)))

export const attachEvidence = (id: string, unitId: string, place: Place, leaf: string, evidenceId: string) =>
  answer(unitForm.evidence.$put({ param: { id, unitId }, json: { ...place, leaf, evidenceId } }))

export const detachEvidence = (id: string, unitId: string, evidenceId: string) =>
  answer(unitForm.evidence[':evidenceId'].$delete({ param: { id, unitId, evidenceId } }))

interface Verdict {
  readonly unitId: string
  readonly leaf: string
  readonly marks: string | null
  readonly notApplicable: boolean
  readonly reason: string | null
}

/** Throws ApiProblem; a stale one tells the present item in `body.current`. */
export const saveMark = (id: string, place: Place, verdict: Verdict, etag: string) =>
  answer(desk.mark.$put({ param: { id }, json: { ...place, ...verdict } }, withMatch(etag)))

export const acceptClaims = (
  id: string,
  place: Place,
  items: readonly { unitId: string; leaf: string; etag: string }[],
  reason: string | null,
) => answer(desk.acceptance.$post({ param: { id }, json: { ...place, items: [...items], reason } }))
