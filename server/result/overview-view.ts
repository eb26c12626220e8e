import { z } from 'zod'
import { addDays, type Day } from '#assessment/day'
import { closedFor, dueDay } from '#assessment/score/due-day'
import { reviewBy } from '#assessment/score/finding-course'
import { add, decimal, format, zero, type Rational } from '#assessment/rational'
import {
  externalComponents,
  handInDay,
  isLoss,
  ruleDay,
  type VerifiedMarksComponent,
} from '#assessment/rule/scheme'
import { statusMeaning } from '#assessment/score/scorecard'
import { knownOn } from '../access/case-sight.ts'
import type { AssessedOn } from '../assessed.ts'
import type { AnswerOf } from '../http/schema-of.ts'
import { unitWindows, type UnitWindow } from '../year/unit-windows.ts'
import type { LedgerLine } from '../finding/wire.ts'

const HORIZON = 14
/** What falls due at a unit: to rectify, to review a rectification, to hand in a form. */
const dueTypes = ['rectify', 'review', 'fill-in'] as const
type DueType = (typeof dueTypes)[number]

/** Problems that cost points, of one kind and month. */
export const lossesSchema = z.array(
  z.object({
    kind: z.string(),
    name: z.string(),
    month: z.string(),
    count: z.int(),
    points: z.int(),
  }),
)
const windowProgress = z.object({
  component: z.string(),
  key: z.string(),
  name: z.string(),
  dueOn: z.string(),
  submitted: z.int(),
  verified: z.int(),
  of: z.int(),
})
type WindowProgress = AnswerOf<typeof windowProgress>

/** What the first page shows of an assessment on a day. Points in hundredths; worth in points of the composite. */
export const overviewAnswer = z
  .object({
    asOf: z.string(),
    milestones: z.array(z.object({ key: z.string(), name: z.string(), on: z.string() })),
    findings: z.object({ total: z.int(), lost: z.int(), open: z.int() }),
    windows: z.array(windowProgress),
    external: z.array(z.object({ component: z.string(), name: z.string(), imported: z.int(), of: z.int() })),
    losses: lossesSchema,
    due: z.array(
      z.object({
        on: z.string(),
        type: z.enum(dueTypes),
        count: z.int(),
        /** Who has to act, by name, each once. */
        units: z.array(z.object({ unitId: z.string(), unit: z.string(), count: z.int() })),
        worth: z.string(),
      }),
    ),
  })
  .meta({ id: 'Overview', description: '总览' })
type Overview = AnswerOf<typeof overviewAnswer>

type DueUnit = Omit<Overview['due'][number]['units'][number], 'count'>

/** What of an assessment the caller follows: everything, or only the kinds and areas of one unit. */
export interface Follows {
  readonly lines: readonly LedgerLine[]
  /** Whether it follows a unit's self-assessment under a component. */
  readonly form: (component: VerifiedMarksComponent, unitId: string) => boolean
  /** The marks of the third party as well. */
  readonly external: boolean
  /** The other unit whose a rectification is to review; null where it is the caller's own. */
  readonly otherReviewer: (line: LedgerLine) => DueUnit | null
}

function progressOf(all: readonly UnitWindow[], year: number, on: AssessedOn): WindowProgress[] {
  const progress = new Map<string, WindowProgress>()
  for (const { component, key, submittedOn, hasMarks, verified } of all) {
    const at = `${component.key} ${key}`
    const window = component.windows.find((one) => one.key === key)
    const name = window?.name ?? key
    const dueOn = window
      ? dueDay(
          { component: component.key, key, dueOn: handInDay(window, year) },
          null,
          on.facts.extensions ?? [],
          on.assessed.asOf,
        )
      : ''
    const before = progress.get(at) ?? {
      component: component.key,
      key,
      name,
      dueOn,
      submitted: 0,
      verified: 0,
      of: 0,
    }
    progress.set(at, {
      ...before,
      submitted: before.submitted + (submittedOn !== null || hasMarks ? 1 : 0),
      verified: before.verified + (verified ? 1 : 0),
      of: before.of + 1,
    })
  }
  return [...progress.values()]
}

/** Problems that cost points, by kind and by the month in which they began to. */
export function lossesOf(lines: readonly LedgerLine[]): AnswerOf<typeof lossesSchema> {
  const groups = new Map<string, Overview['losses'][number]>()
  for (const { kind, kindName, countsOn, points } of lines.filter(isLoss)) {
    if (countsOn === null || points === 0) continue
    const month = countsOn.slice(0, 7)
    const before = groups.get(`${kind} ${month}`) ?? { kind, name: kindName, month, count: 0, points: 0 }
    groups.set(`${kind} ${month}`, { ...before, count: before.count + 1, points: before.points + points })
  }
  return [...groups.values()].sort((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0))
}

interface Near {
  readonly on: Day
  readonly type: DueType
  readonly by: DueUnit
  readonly worth: Rational
}

/** Findings whose deadline is near, and those that wait for another's review, each on its day. */
function nearLines({ lines, otherReviewer }: Follows, on: AssessedOn): Near[] {
  const { asOf } = on.assessed
  const until = addDays(asOf, HORIZON)
  const findings = new Map(on.facts.findings.map((finding) => [finding.id, finding]))
  return lines.flatMap((line): Near[] => {
    const finding = findings.get(line.findingId)
    const worth = decimal(line.worth)
    if (!finding || line.deadline === null) return []
    if (line.status === 'open')
      return line.deadline >= asOf && line.deadline <= until
        ? [
            {
              on: line.deadline,
              type: 'rectify',
              by: { unitId: line.chargedUnitId, unit: line.chargedUnit },
              worth,
            },
          ]
        : []
    const by = reviewBy(knownOn(finding, asOf), line.deadline)
    const reviewer = line.status === 'pending-review' ? otherReviewer(line) : null
    return reviewer && by !== null && by <= until ? [{ on: by, type: 'review', by: reviewer, worth }] : []
  })
}

/** Forms not handed in that are due soon, or were and still may be. */
function nearForms(windows: readonly UnitWindow[], { facts, assessed: { asOf } }: AssessedOn): Near[] {
  const until = addDays(asOf, HORIZON)
  return windows.flatMap(({ component, key, unitId, unit, dueOn, submittedOn, hasMarks }): Near[] => {
    const closed = facts.closed.filter((one) => one.component === component.key && one.window === key)
    const isOpen = closedFor(closed, unitId, facts.extensions ?? [], asOf).length === 0
    return submittedOn === null && !hasMarks && isOpen && dueOn <= until
      ? [{ on: dueOn, type: 'fill-in', by: { unitId, unit }, worth: zero }]
      : []
  })
}

function dueOf(near: readonly Near[]): Overview['due'] {
  const days = new Map<
    string,
    Omit<Near, 'by'> & { readonly count: number; readonly units: Overview['due'][number]['units'] }
  >()
  for (const { on, type, by, worth } of near) {
    const before = days.get(`${on} ${type}`) ?? { on, type, count: 0, units: [], worth: zero }
    const others = before.units.filter(({ unitId }) => unitId !== by.unitId)
    const own = before.units.find(({ unitId }) => unitId === by.unitId)
    days.set(`${on} ${type}`, {
      ...before,
      count: before.count + 1,
      units: [...others, { ...by, count: (own?.count ?? 0) + 1 }],
      worth: add(before.worth, worth),
    })
  }
  return [...days.values()]
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    .map((day) => ({ ...day, worth: format(day.worth) }))
}

export function overviewOf(on: AssessedOn, year: number, follows: Follows): Overview {
  const { scheme, assessed } = on
  const { asOf, scorecards } = assessed
  const { lines } = follows
  const windows = unitWindows(on, year, follows.form)
  return {
    asOf,
    milestones: scheme.milestones.map(({ key, name, due }) => ({ key, name, on: ruleDay(year, due) })),
    findings: {
      total: lines.length,
      lost: lines.filter(({ status }) => status === 'lost').length,
      open: lines.filter(({ status }) => statusMeaning[status].undecided).length,
    },
    windows: progressOf(windows, year, on),
    external: (follows.external ? externalComponents(scheme) : []).map(({ key, name }) => ({
      component: key,
      name,
      imported: scorecards.filter((card) =>
        card.components.some((one) => one.key === key && one.score !== null),
      ).length,
      of: scorecards.length,
    })),
    losses: lossesOf(lines),
    due: dueOf([...nearLines(follows, on), ...nearForms(windows, on)]),
  }
}
