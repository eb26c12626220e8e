import type { Scheme } from '#assessment/rule/scheme'
import { takeSchemeNames } from '../scheme-names.ts'
import { answer, api, type Answer } from './client.ts'
import { soFar } from './interim.ts'

/* What these pages ask the server, in one place. */

const one = api.assessments[':id']

type AssessmentAnswer = Answer<typeof one.$get>

/** The indicator tree has no end that type inference could reach; it is the engine's own scheme. */
export type AssessmentDetail = Omit<AssessmentAnswer, 'scheme'> & { readonly scheme: Scheme }
export type ScorecardAnswer = Answer<(typeof one.units)[':unitId']['scorecard']['$get']>
type Findings = Answer<typeof one.findings.$get>
export type LedgerItem = Findings['items'][number]
export type FindingDetail = Answer<(typeof one.findings)[':findingId']['$get']>
export type Appeals = Answer<typeof one.appeals.$get>
export type AppealStatistics = Answer<typeof one.appeals.statistics.$get>
export type MyDeductions = Answer<typeof one.deductions.mine.$get>
export type Overview = Answer<typeof one.overview.$get>

const init = (signal: AbortSignal) => ({ init: { signal } })

/** An assessment that comes onto the screen, and with it the English words of its scheme. */
export const fetchAssessment = async (id: string, signal: AbortSignal): Promise<AssessmentDetail> => {
  const found = await answer(one.$get({ param: { id } }, init(signal)))
  const scheme = found.scheme as unknown as Scheme
  takeSchemeNames(scheme.english)
  return { ...found, scheme }
}

export const fetchStandings = (id: string, asOf: string, signal: AbortSignal, interim = false) =>
  answer(one.standings.$get({ param: { id }, query: { asOf, ...soFar(interim) } }, init(signal)))

export const fetchScorecard = (
  id: string,
  unitId: string,
  asOf: string,
  signal: AbortSignal,
  interim = false,
) =>
  answer(
    one.units[':unitId'].scorecard.$get(
      { param: { id, unitId }, query: { asOf, ...soFar(interim) } },
      init(signal),
    ),
  )

export const fetchOverview = (id: string, asOf: string, signal: AbortSignal) =>
  answer(one.overview.$get({ param: { id }, query: { asOf } }, init(signal)))

export const fetchFindings = (id: string, query: Record<string, string>, signal: AbortSignal) =>
  answer(one.findings.$get({ param: { id }, query }, init(signal)))

export const fetchFinding = (id: string, findingId: string, asOf: string, signal: AbortSignal) =>
  answer(one.findings[':findingId'].$get({ param: { id, findingId }, query: { asOf } }, init(signal)))

export const fetchDue = (id: string, query: Record<string, string>, signal: AbortSignal) =>
  answer(one.due.$get({ param: { id }, query }, init(signal)))

export const fetchMyDeductions = (id: string, asOf: string, signal: AbortSignal) =>
  answer(one.deductions.mine.$get({ param: { id }, query: { asOf } }, init(signal)))

export const fetchAppeals = (id: string, query: Record<string, string>, signal: AbortSignal) =>
  answer(one.appeals.$get({ param: { id }, query }, init(signal)))

export const fetchAppealStatistics = (id: string, asOf: string, signal: AbortSignal) =>
  answer(one.appeals.statistics.$get({ param: { id }, query: { asOf } }, init(signal)))

export const fetchEffects = async (id: string, unitId: string, asOf: string, signal: AbortSignal) =>
  (
    await answer(
      one.units[':unitId']['leave-one-out'].$get({ param: { id, unitId }, query: { asOf } }, init(signal)),
    )
  ).effects
