import { answer, api, type Answer } from './client.ts'

/* What the course of an assessment asks the server. */

const one = api.assessments[':id']

export type Course = Answer<typeof one.course.$get>
export type CourseWindow = Course['windows'][number]
export type Stage = Course['stage']

export const fetchCourse = (id: string, signal: AbortSignal): Promise<Course> =>
  answer(one.course.$get({ param: { id } }, { init: { signal } }))

const under = (version: string | null) => ({ headers: { 'if-match': version ?? '' } })

export const moveToStage = (id: string, version: string | null, stage: Stage, reason: string) =>
  answer(
    one.stage.$post({ param: { id }, json: { stage, ...(reason === '' ? {} : { reason }) } }, under(version)),
  )

export const grantExtension = (
  id: string,
  json: { component: string; window: string; unitIds: string[] | null; dueOn: string; reason: string },
) => answer(one.extensions.$post({ param: { id }, json }))

export const closeWindow = (id: string, version: string | null, window: CourseWindow) =>
  answer(
    one.windows.closing.$post(
      { param: { id }, json: { component: window.component, window: window.key } },
      under(version),
    ),
  )
