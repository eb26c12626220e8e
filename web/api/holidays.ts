import { answer, api, type Answer } from './client.ts'
import { postList, type ListSource } from './post-file.ts'

/* What the calendar of working days asks the server. */

const recounted = api.assessments[':id']['recounted-deadlines']

export type HolidayYear = Answer<typeof api.holidays.$get>['years'][number]
export type AnnouncementReport = Answer<(typeof api.holidays)[':year']['$post']>
export type RecountedDeadline = Answer<typeof recounted.$get>['items'][number]

export const fetchHolidays = async (signal: AbortSignal): Promise<readonly HolidayYear[]> =>
  (await answer(api.holidays.$get({}, { init: { signal } }))).years

/** `reason` only where the year has an arrangement already. */
export const sendAnnouncement = (
  year: number,
  source: ListSource,
  { dryRun, reason }: { readonly dryRun: boolean; readonly reason: string },
): Promise<AnnouncementReport> =>
  postList(`/api/holidays/${year}`, source, dryRun, reason === '' ? {} : { reason })

export const fetchRecounted = async (
  assessmentId: string,
  signal: AbortSignal,
): Promise<readonly RecountedDeadline[]> =>
  (await answer(recounted.$get({ param: { id: assessmentId } }, { init: { signal } }))).items

export const moveRecounted = (
  assessmentId: string,
  json: { readonly findingIds: string[]; readonly reason: string },
) => answer(recounted.$post({ param: { id: assessmentId }, json }))
