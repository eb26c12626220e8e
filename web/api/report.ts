import { answer, api, type Answer } from './client.ts'
import { postFile, postText, type ListSource } from './post-file.ts'

/* What the pages of annual reports 年度报告 ask the server. */

const { reports } = api.assessments[':id']
const one = reports[':reportId']

export type Reports = Answer<typeof reports.$get>
export type ReportLine = Reports['items'][number]
export type Report = Answer<typeof one.$get>
export type Observation = Report['observations'][number]

/** Whose report it says it is, as the server reads it. */
export interface Reading {
  readonly fileName: string
  readonly writtenUnit: string | null
  readonly unitId: string | null
  readonly year: number | null
  readonly characters: number
}
export interface Kept {
  readonly id: string
  readonly isNew: boolean
  readonly version: number
  readonly entered: number
}

export const fetchReports = (id: string, signal: AbortSignal): Promise<Reports> =>
  answer(reports.$get({ param: { id } }, { init: { signal } }))

export const fetchReport = (id: string, reportId: string, signal: AbortSignal): Promise<Report> =>
  answer(one.$get({ param: { id, reportId } }, { init: { signal } }))

const sent = <Told>(path: string, source: ListSource, fields: Readonly<Record<string, string>>) =>
  typeof source === 'string' ? postText<Told>(path, source, fields) : postFile<Told>(path, source, fields)

/** Reads a report without keeping it. */
export const readReport = (id: string, source: ListSource): Promise<Reading> =>
  sent(`/api/assessments/${id}/reports/reading`, source, {})

export const keepReport = (
  id: string,
  source: ListSource,
  whose: { readonly unitId: string; readonly year: string },
): Promise<Kept> => sent(`/api/assessments/${id}/reports`, source, { ...whose })
