import { z } from 'zod'
import { addDays, type Day } from '#assessment/day'
import { dueDay } from '#assessment/score/due-day'
import { add, decimal, format, zero, type Rational } from '#assessment/rational'
import {
  externalComponents,
  handInDay,
  isLoss,
  ruleDay,
  type VerifiedMarksComponent,
} from '#assessment/rule/scheme'
import { statusMeaning } from '#assessment/score/scorecard'
import { addWorkingDays } from '#assessment/working-days'
import type { AssessedOn } from '../assessed.ts'
import type { AnswerOf } from '../http/schema-of.ts'
import { unitWindows, type UnitWindow } from '../year/unit-windows.ts'
import type { LedgerLine } from '../finding/wire.ts'

const HORIZON = 14
const TODO_LIMIT = 50

const todoSchema = z.object({
  type: z.enum(['review', 'deadline', 'decide', 'verify', 'submit']),
  on: z.string(),
  unitId: z.string(),
  unit: z.string(),
  findingId: z.string().optional(),
  number: z.string().optional(),
  what: z.string().optional(),
  worth: z.string().optional(),
})
type Todo = AnswerOf<typeof todoSchema>

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
        type: z.enum(['deadline', 'review']),
        count: z.int(),
        worth: z.string(),
      }),
    ),
    todo: z.array(todoSchema),
  })
  .meta({ id: 'Overview', description: '总览' })
type Overview = AnswerOf<typeof overviewAnswer>

/** What of an assessment the caller follows: everything, or only the kinds and areas of one unit. */
export interface Follows {
  readonly lines: readonly LedgerLine[]
  /** Whether it follows a unit's self-assessment under a component. */
  readonly form: (component: VerifiedMarksComponent, unitId: string) => boolean
  /** The marks of the third party as well. */
  readonly external: boolean
  /** Appeals wait for the caller. */
  readonly decides: boolean
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
  readonly line: LedgerLine
  readonly on: Day
  readonly type: 'deadline' | 'review'
}

/** Open findings whose deadline is near, and those that wait for a review; a review overdue is due on the day itself. */
function nearLines(lines: readonly LedgerLine[], asOf: Day): Near[] {
  const until = addDays(asOf, HORIZON)
  return lines.flatMap((line): Near[] => {
    if (line.deadline === null || line.deadline > until) return []
    const overdue = line.deadline < asOf
    if (line.status === 'pending-review')
      return [{ line, on: overdue ? asOf : line.deadline, type: 'review' }]
    return line.status === 'open' && !overdue ? [{ line, on: line.deadline, type: 'deadline' }] : []
  })
}

function dueOf(near: readonly Near[]): Overview['due'] {
  const days = new Map<string, { on: Day; type: 'deadline' | 'review'; count: number; worth: Rational }>()
  for (const { line, on, type } of near) {
    const before = days.get(`${on} ${type}`) ?? { on, type, count: 0, worth: zero }
    days.set(`${on} ${type}`, {
      on,
      type,
      count: before.count + 1,
      worth: add(before.worth, decimal(line.worth)),
    })
  }
  return [...days.values()]
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    .map((day) => ({ ...day, worth: format(day.worth) }))
}

/** Appeals without a decision; the office should decide within as many working days as the unit had to appeal. */
function appealsOf(lines: readonly LedgerLine[], on: AssessedOn): Todo[] {
  const { asOf } = on.assessed
  const appealed = new Map(
    on.facts.findings.map(({ id, facts }) => [
      id,
      facts.findLast((fact) => fact.type === 'appealed' && fact.on <= asOf)?.on ?? asOf,
    ]),
  )
  return lines
    .filter((line) => line.appealed)
    .map((line) => ({
      type: 'decide',
      on: addWorkingDays(on.calendar, appealed.get(line.findingId) ?? asOf, on.scheme.appealWithin),
      unitId: line.chargedUnitId,
      unit: line.chargedUnit,
      findingId: line.findingId,
      number: line.number,
      what: line.what,
      worth: line.worth,
    }))
}

function todoOf(
  near: readonly Near[],
  appeals: readonly Todo[],
  windows: readonly UnitWindow[],
  asOf: Day,
): Todo[] {
  const findings = near.map(({ line, on, type }) => ({
    type,
    on,
    unitId: line.chargedUnitId,
    unit: line.chargedUnit,
    findingId: line.findingId,
    number: line.number,
    what: line.what,
    worth: line.worth,
  }))
  const until = addDays(asOf, HORIZON)
  const ofWindows = windows.flatMap(({ unitId, unit, dueOn, submittedOn, hasMarks, verified }): Todo[] => {
    if (submittedOn !== null) return verified ? [] : [{ type: 'verify', on: submittedOn, unitId, unit }]
    return !hasMarks && dueOn <= until && dueOn >= addDays(asOf, -HORIZON)
      ? [{ type: 'submit', on: dueOn, unitId, unit }]
      : []
  })
  const appealing = new Set(appeals.map(({ findingId }) => findingId))
  return [...appeals, ...findings.filter(({ findingId }) => !appealing.has(findingId)), ...ofWindows]
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    .slice(0, TODO_LIMIT)
}

export function overviewOf(on: AssessedOn, year: number, follows: Follows): Overview {
  const { scheme, assessed } = on
  const { asOf, scorecards } = assessed
  const { lines } = follows
  const windows = unitWindows(on, year, follows.form)
  const near = nearLines(lines, asOf)
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
    due: dueOf(near),
    todo: todoOf(near, follows.decides ? appealsOf(lines, on) : [], windows, asOf),
  }
}
