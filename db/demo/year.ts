import type { Insertable } from 'kysely'
import type { Day } from '#assessment/day'
import { handInDay, type Component, type Scheme } from '#assessment/rule/scheme'
import type { WorkCalendar } from '#assessment/working-days'
import type { AssessmentRow, ParticipantRow, StageChangeRow, WindowRow } from '../tables.ts'
import type { Stage } from '#assessment/vocabulary'
import type { Recorders } from './accounts.ts'
import { countyGroup, places } from './city.ts'
import { momentOn, workingDayBy } from './days.ts'
import { formOf } from './form.ts'
import { handInOf } from './hand-in.ts'
import { shareOf } from './leaf-marks.ts'
import { ledgerRows, type LedgerRows } from './ledger-rows.ts'
import { storiesOf } from './ledger.ts'
import { liveStories } from './live.ts'
import { marksOf, windowRows, type SelfAssessmentRows } from './self-assessment.ts'
import { thirdPartyRows, type ThirdPartyRows } from './third-party-batches.ts'
import { thirdPartyMarks, type Known } from './third-party.ts'

export interface YearContext {
  readonly scheme: Scheme
  readonly schemeId: string
  readonly year: number
  /** Years back from the current assessment; 0 is the current one. */
  readonly age: number
  readonly today: Day
  readonly calendar: WorkCalendar
  readonly cityId: string
  readonly unitId: (name: string) => string
  readonly newId: () => string
  readonly recorders: Recorders
}

/** One assessment with everything known of it today. */
export interface YearRows extends LedgerRows {
  readonly assessment: AssessmentRow
  readonly participants: readonly ParticipantRow[]
  readonly windows: readonly WindowRow[]
  readonly stages: readonly Insertable<StageChangeRow>[]
  readonly self: SelfAssessmentRows
  readonly thirdParty: ThirdPartyRows
}

function componentOf<Method extends Component['method']>(
  scheme: Scheme,
  method: Method,
): Extract<Component, { method: Method }> {
  const found = scheme.components.find((one) => one.method === method)
  if (!found) throw new RangeError(`the scheme has no component ${method}`)
  return found as Extract<Component, { method: Method }>
}

const participating = places.filter(({ group }) => group !== null)
/** The evaluator could not finish this one before the others' marks came. */
const awaitingEvaluator = '市人防办'

function stageOf({ year, age, today }: YearContext): Stage {
  if (age > 1) return 'archived'
  if (age === 1) return 'published'
  return today >= `${year + 1}-02-01` ? 'aggregating' : 'open'
}

/** The stages that a year has come to by today, each on its day. */
function stageDays({ year, calendar, today, ...context }: YearContext): readonly (readonly [Stage, Day])[] {
  const all: readonly (readonly [Stage, Day])[] = [
    ['open', workingDayBy(calendar, `${year}-01-20`)],
    ['aggregating', workingDayBy(calendar, `${year + 1}-02-01`)],
    ['published', workingDayBy(calendar, `${year + 1}-02-26`)],
    ['archived', workingDayBy(calendar, `${year + 2}-01-12`)],
  ]
  const reached = all.findIndex(([stage]) => stage === stageOf({ year, calendar, today, ...context }))
  return all.slice(0, reached + 1)
}

/** A finished window is closed once its stragglers are in; a current one stays open for them. */
function closedOn({ year, age, calendar }: YearContext, window: string): Day | null {
  if (age === 0) return null
  return workingDayBy(calendar, window === 'H1' ? `${year}-08-31` : `${year + 1}-02-10`)
}

/** Counties are evaluated before the year's end, departments in two batches in January. */
function externalDay({ year, calendar }: YearContext, group: string | null, index: number): Day {
  if (group === countyGroup) return workingDayBy(calendar, `${year}-12-18`)
  return workingDayBy(calendar, index % 2 === 0 ? `${year + 1}-01-12` : `${year + 1}-01-19`)
}

function ledgerOf(context: YearContext, assessmentId: string, losses: Map<string, number>): LedgerRows {
  const { scheme, year, age, today, calendar, recorders } = context
  const { kinds } = componentOf(scheme, 'deductions')
  const parents = new Map(places.map(({ name, parent }) => [name, parent ?? name]))
  const windows = componentOf(scheme, 'verified-marks').windows.map(({ key }) => key)
  const stories = participating.flatMap((place) => {
    const departments = places.filter(({ parent }) => parent === place.name)
    return storiesOf({ year, kinds, calendar }, place, departments, formOf(place, year, age, windows))
  })
  const chargedAt = (place: string): string => parents.get(place) ?? place
  for (const story of stories) {
    const charged = chargedAt(story.place)
    if (story.lost) losses.set(charged, (losses.get(charged) ?? 0) + (story.kind.severities[0]?.points ?? 0))
  }
  return ledgerRows(age === 0 ? [...stories, ...liveStories(kinds, today, calendar)] : stories, {
    ...context,
    assessmentId,
    numberedWithin: age === 0 ? chargedAt : null,
    accountOf: (by, story) =>
      by === 'office'
        ? recorders.secondOffice
        : by === 'provider'
          ? recorders.of(story.kind.provider ?? '', 'agency')
          : recorders.of(story.place, by),
  })
}

/** Everything of one assessment that is known today: of a past year all, of the current one what has happened. */
export function yearRows(context: YearContext): YearRows {
  const { scheme, year, age, today, calendar, newId, unitId, recorders } = context
  const id = newId()
  const routine = componentOf(scheme, 'deductions')
  const self = componentOf(scheme, 'verified-marks')
  const external = componentOf(scheme, 'external')
  const windows = self.windows.map((window) => ({ key: window.key, dueOn: handInDay(window, year) }))
  const createdAt = momentOn(workingDayBy(calendar, `${year}-01-10`), 30)

  const losses = new Map<string, number>()
  const ledger = ledgerOf(context, id, losses)
  const handedIn: SelfAssessmentRows = { claims: [], submissions: [], marks: [] }
  const known = participating.map((place): Known => {
    const form = formOf(
      place,
      year,
      age,
      windows.map(({ key }) => key),
    )
    const shares = windows.map((window) => {
      const marks = marksOf(self, place, year, window.key, form.verified[window.key] ?? 90)
      const rows = windowRows({
        base: { assessmentId: id, component: self.key, windowKey: window.key, unitId: unitId(place.name) },
        unit: place.name,
        indicators: self.indicators,
        marks,
        handIn: handInOf(place.name, year, window, age === 0, calendar),
        today,
        newId,
        accountOf: recorders.of,
      })
      handedIn.claims.push(...rows.claims)
      handedIn.submissions.push(...rows.submissions)
      handedIn.marks.push(...rows.marks)
      return shareOf(marks)
    })
    return {
      unit: place.name,
      group: place.group ?? '',
      routine: (routine.base - (losses.get(place.name) ?? 0)) / 100,
      self: shares.reduce((sum, share) => sum + share, 0) / shares.length,
      form,
    }
  })

  const marks = thirdPartyMarks(scheme, known)
  const thirdParty = thirdPartyRows(
    {
      assessmentId: id,
      component: external.key,
      full: external.full,
      year,
      today,
      registeredOn: workingDayBy(calendar, `${year}-09-24`),
      officeId: recorders.office,
      newId,
    },
    participating.map((place, index) => ({
      unitId: unitId(place.name),
      name: place.name,
      marks: age === 0 && place.name === awaitingEvaluator ? null : (marks.get(place.name) ?? null),
      on: externalDay(context, place.group, index),
    })),
  )
  return {
    ...ledger,
    assessment: {
      id,
      name: `${year}年度政府信息公开工作考核`,
      year,
      unitId: context.cityId,
      schemeId: context.schemeId,
      startsOn: `${year}-01-01`,
      endsOn: `${year}-12-31`,
      stage: stageOf(context),
      version: 1,
      createdBy: recorders.office,
      createdAt,
    },
    participants: participating.map(({ name, group }, position) => ({
      assessmentId: id,
      unitId: unitId(name),
      groupName: group ?? '',
      position,
    })),
    windows: windows.map(({ key, dueOn }) => ({
      assessmentId: id,
      component: self.key,
      key,
      dueOn,
      closedOn: closedOn(context, key),
    })),
    stages: stageDays(context).map(([stage, on]) => ({
      id: newId(),
      assessmentId: id,
      stage,
      onDay: on,
      reason: null,
      recordedBy: recorders.office,
      recordedAt: momentOn(on, 60),
    })),
    self: handedIn,
    thirdParty,
  }
}
