import type { Assessed } from '../score/scorecard.ts'
import { stageMeaning } from '../vocabulary.ts'
import { caseItems } from './check/cases.ts'
import { calendarItems } from './check/calendar.ts'
import { edgeItems } from './check/grade-edge.ts'
import type { CheckItem, ToPublish } from './check/items.ts'
import { markItems } from './check/marks.ts'

/** How grave something found before publication is: an error stops it, a warning wants a decision, a note is good to know. */
export const checkSeverities = ['error', 'warning', 'note'] as const
export type CheckSeverity = (typeof checkSeverities)[number]

/** What is looked at before results are published, in the order shown. */
export const checkCodes = [
  'wrong-stage',
  'pending-part',
  'unverified-leaves',
  'undecided-appeal',
  'unreviewed-rectification',
  'window-open',
  'appeal-period-open',
  'unannounced-deadlines',
  'marks-alike',
  'near-grade-edge',
  'basis-empty',
] as const satisfies readonly CheckItem['code'][]
export type CheckCode = (typeof checkCodes)[number]

/**
 * - an appeal or a rectification waiting for its decision, or a part not known, may still move a score: errors
 * - an open window or appeal period, deadlines of a year not announced and marks that all look alike may be meant: warnings
 */
const ofResult: Readonly<Record<CheckCode, CheckSeverity>> = {
  'wrong-stage': 'error',
  'pending-part': 'error',
  'unverified-leaves': 'error',
  'undecided-appeal': 'error',
  'unreviewed-rectification': 'error',
  'window-open': 'warning',
  'appeal-period-open': 'warning',
  'unannounced-deadlines': 'warning',
  'marks-alike': 'warning',
  'near-grade-edge': 'note',
  'basis-empty': 'error',
}

/** What is looked at before results so far are published: the year goes on, cases with it; none of them stops it but that there is nothing. */
const ofInterim: Readonly<Record<CheckCode, CheckSeverity | null>> = {
  'wrong-stage': 'error',
  'pending-part': 'note',
  'unverified-leaves': 'note',
  'undecided-appeal': 'warning',
  'unreviewed-rectification': 'warning',
  'window-open': null,
  'appeal-period-open': null,
  'unannounced-deadlines': 'warning',
  'marks-alike': 'warning',
  'near-grade-edge': null,
  'basis-empty': 'error',
}

/** How grave an item is for the results looked at; null = it is none. */
export const gravityOf = (code: CheckCode, { interim }: Pick<Assessed, 'interim'>): CheckSeverity | null =>
  interim === null ? ofResult[code] : ofInterim[code]

const isEmpty = ({ interim }: Assessed): boolean =>
  interim !== null && Object.values(interim).every(({ basis }) => basis.length === 0)

/** Everything to know before results are published as of `assessed.asOf`, the gravest first. Pure. */
export function checkPublication(about: ToPublish): CheckItem[] {
  const { stage, assessed } = about
  const mayPublish = assessed.interim === null ? stageMeaning[stage].publishes : stageMeaning[stage].running
  const items: CheckItem[] = [
    ...(isEmpty(assessed) ? [{ code: 'basis-empty' as const }] : []),
    ...(mayPublish ? [] : [{ code: 'wrong-stage' as const, stage }]),
    ...markItems(about),
    ...caseItems(about),
    ...calendarItems(about),
    ...edgeItems(about),
  ]
  const place = new Map<CheckCode, number>(checkCodes.map((code, index) => [code, index]))
  return items
    .filter(({ code }) => gravityOf(code, assessed) !== null)
    .sort((a, b) => (place.get(a.code) as number) - (place.get(b.code) as number))
}

/** Those items that stop a publication. */
export const errorsAmong = (items: readonly CheckItem[], assessed: Pick<Assessed, 'interim'>): CheckItem[] =>
  items.filter(({ code }) => gravityOf(code, assessed) === 'error')
