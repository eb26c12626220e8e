import { answer, api, type Answer } from './client.ts'
import { fetchAssessment, type AssessmentDetail } from './result.ts'

/* What setting up a year asks the server. */

const one = api.assessments[':id']

export type Participants = Answer<typeof one.participants.$get>
export type Participant = Participants['items'][number]
export type ResponsibleUnits = Answer<(typeof one)['responsible-units']['$get']>
export type ResponsibleUnit = ResponsibleUnits['items'][number]
export type Checklist = Answer<typeof one.checklist.$get>
export type CheckItem = Checklist['items'][number]

/** A draft as it is set up: what it is called, its scheme and its participants, at one version. */
export interface Draft {
  readonly detail: AssessmentDetail
  readonly participants: readonly Participant[]
  readonly version: string
}

const under = (version: string) => ({ headers: { 'if-match': version } })

export async function fetchDraft(id: string, signal: AbortSignal): Promise<Draft> {
  const detail = await fetchAssessment(id, signal)
  const { items, version } = await fetchParticipants(id, signal)
  return { detail, participants: items, version }
}

export const fetchParticipants = (id: string, signal?: AbortSignal): Promise<Participants> =>
  answer(one.participants.$get({ param: { id } }, signal ? { init: { signal } } : {}))

export const saveSetUp = (
  { detail, version }: Draft,
  change: { name?: string; year?: number; schemeId?: string },
) => {
  const { id, name, year, schemeId } = detail
  return answer(
    one['set-up'].$put({ param: { id }, json: { name, year, schemeId, ...change } }, under(version)),
  )
}

export const saveParticipants = (
  id: string,
  version: string,
  participants: { unitId: string; group: string }[],
  reason?: string,
): Promise<Participants> =>
  answer(
    one.participants.$put(
      { param: { id }, json: { participants, ...(reason === undefined ? {} : { reason }) } },
      under(version),
    ),
  )

export const fetchChecklist = (id: string, signal: AbortSignal): Promise<Checklist> =>
  answer(one.checklist.$get({ param: { id } }, { init: { signal } }))

export const fetchResponsibleUnits = (id: string, signal: AbortSignal): Promise<ResponsibleUnits> =>
  answer(one['responsible-units'].$get({ param: { id } }, { init: { signal } }))

export const handOver = (
  id: string,
  version: string,
  to: { name: string; unitId: string; reason: string },
): Promise<ResponsibleUnits> =>
  answer(one['responsible-units'].$post({ param: { id }, json: to }, under(version)))

/** A rule that a year may begin with: what it is called. */
export async function fetchScheme(id: string, signal: AbortSignal): Promise<{ id: string; name: string }> {
  const { scheme } = await answer(api.schemes[':id'].$get({ param: { id } }, { init: { signal } }))
  return { id, name: scheme.name }
}
