import { z } from 'zod'
import type { Day } from '#assessment/day'
import { dueDay } from '#assessment/score/due-day'
import { handInDay, ruleDay, verifiedComponents, type VerifiedMarksComponent } from '#assessment/rule/scheme'
import type { Source } from '../../db/source.ts'
import { listExtensions } from '../../db/extensions.ts'
import { namesOf } from '../../db/accounts.ts'
import { listStageChanges } from '../../db/stages.ts'
import { stages } from '#assessment/vocabulary'
import { listWindows } from '../../db/windows.ts'
import { scopeOf, type Scope } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import { mayWrite, movesFrom } from '../access/stage-rules.ts'
import { areasReached } from '../access/verifier-rights.ts'
import { chargingIn, unitNamesIn, type Visible } from '../access/visibility.ts'
import type { AssessedOn } from '../assessed.ts'
import { unitWindows, type UnitWindow } from './unit-windows.ts'
import { versionTag } from './assessment-view.ts'
import { seesPersons } from '../access/sight.ts'

/** The most units named in a window. */
const NAMED = 500

const lateUnit = z.object({
  unitId: z.string(),
  unit: z.string(),
  group: z.string(),
  dueOn: z.string(),
  /** Would count as 0 if the window were closed now. */
  countsAsZero: z.boolean(),
})

const courseWindow = z.object({
  component: z.string(),
  componentName: z.string(),
  key: z.string(),
  name: z.string(),
  /** By the rule. */
  ruleDueOn: z.string(),
  /** With what was granted to all, or to the caller's own unit. */
  dueOn: z.string(),
  closedOn: z.string().nullable(),
  of: z.int(),
  handedIn: z.int(),
  verified: z.int(),
  overdue: z.int(),
  /** Sent back and not yet handed in again. */
  returned: z.int(),
  /** Not handed in, those longest overdue first. */
  missing: z.array(lateUnit),
})

export const courseSchema = z
  .object({
    stage: z.enum(stages),
    today: z.string(),
    startsOn: z.string(),
    endsOn: z.string(),
    /** For If-Match; null for those who change nothing here. */
    version: z.string().nullable(),
    moves: z.array(z.object({ to: z.enum(stages), needsReason: z.boolean() })),
    mayExtend: z.boolean(),
    mayClose: z.boolean(),
    /** The list of participants may be changed, with a reason. */
    mayAmend: z.boolean(),
    changes: z.array(
      z.object({
        stage: z.enum(stages),
        on: z.string(),
        reason: z.string().nullable(),
        by: z.string().nullable(),
      }),
    ),
    milestones: z.array(z.object({ key: z.string(), name: z.string(), on: z.string(), clause: z.string() })),
    windows: z.array(courseWindow),
    extensions: z.array(
      z.object({
        id: z.string(),
        component: z.string(),
        window: z.string(),
        windowName: z.string(),
        unit: z.string().nullable(),
        dueOn: z.string(),
        on: z.string(),
        reason: z.string(),
        by: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Course' })
export type Course = z.infer<typeof courseSchema>

const isMissing = (one: UnitWindow): boolean => one.submittedOn === null && !one.hasMarks
const earliestFirst = (a: UnitWindow, b: UnitWindow): number =>
  a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0

/** 考核进程 of an assessment as the caller may see it: a unit sees its own windows and what was granted to it, a verifier those of its areas. */
export async function courseOf(
  db: Source,
  on: AssessedOn,
  visible: Visible,
  account: Account,
  scope: Scope,
): Promise<Course> {
  const { assessment, scheme, participants } = visible
  const today = on.assessed.asOf
  const own =
    scope === 'own-unit' && account.unit !== null ? chargingIn(visible).nearest(account.unit.id) : null
  const isOwn = scope === 'own-unit'
  const unitNames = unitNamesIn(visible)
  const groups = new Map(participants.map(({ unitId, groupName }) => [unitId, groupName]))
  const extensions = on.facts.extensions ?? []
  const stored = await listWindows(db, assessment.id)
  const reached = areasReached(visible, account, scope)
  const isSeen = (component: VerifiedMarksComponent, unitId: string): boolean =>
    isOwn ? unitId === own : reached(component, unitId) !== null
  const all = unitWindows(on, assessment.year, isSeen)

  const lastStep = new Map<string, string>()
  const handed = await db
    .selectFrom('submissions')
    .select(['unitId', 'component', 'windowKey', 'type'])
    .where('assessmentId', '=', assessment.id)
    .orderBy('seq')
    .execute()
  for (const row of handed) lastStep.set(JSON.stringify([row.unitId, row.component, row.windowKey]), row.type)

  const windows = scheme.components.flatMap((component) => {
    if (component.method !== 'verified-marks') return []
    return component.windows.map((window): Course['windows'][number] => {
      const { key, name } = window
      const row = stored.find((one) => one.component === component.key && one.key === key)
      const ruleDueOn: Day = row?.dueOn ?? handInDay(window, assessment.year)
      const of = all.filter((one) => one.component.key === component.key && one.key === key)
      const missing = of.filter(isMissing).sort(earliestFirst)
      return {
        component: component.key,
        componentName: component.name,
        key,
        name,
        ruleDueOn,
        dueOn: dueDay({ component: component.key, key, dueOn: ruleDueOn }, own, extensions, today),
        closedOn: row?.closedOn ?? null,
        of: of.length,
        handedIn: of.length - missing.length,
        verified: of.filter(({ verified }) => verified).length,
        overdue: missing.filter(({ dueOn }) => dueOn < today).length,
        returned: of.filter(
          ({ unitId }) => lastStep.get(JSON.stringify([unitId, component.key, key])) === 'returned',
        ).length,
        missing: missing.slice(0, NAMED).map(({ unitId, unit, dueOn }) => ({
          unitId,
          unit,
          group: isOwn ? '' : (groups.get(unitId) ?? ''),
          dueOn,
          countsAsZero: component.missingWindow === 'zero' && dueOn < today,
        })),
      }
    })
  })

  const components = new Map(verifiedComponents(scheme).map((component) => [component.key, component]))
  const granted = (await listExtensions(db, assessment.id)).filter(({ unitId, component: key }) => {
    const component = components.get(key)
    return unitId === null || (component !== undefined && isSeen(component, unitId))
  })
  const changes = await listStageChanges(db, assessment.id)
  const showsPersons = seesPersons(account)
  const names = await namesOf(
    db,
    [...granted, ...changes].map(({ recordedBy }) => recordedBy),
  )
  const byWhom = (id: string | null): string | null =>
    showsPersons && id !== null ? (names.get(id)?.name ?? null) : null
  const may = scopeOf(account.role, 'assessment.stage') !== undefined
  return {
    stage: assessment.stage,
    today,
    startsOn: assessment.startsOn,
    endsOn: assessment.endsOn,
    version: may ? versionTag(assessment.version) : null,
    moves: may
      ? movesFrom(assessment.stage).flatMap(({ by, to, needsReason }) =>
          by === 'office' ? [{ to, needsReason }] : [],
        )
      : [],
    mayExtend: scopeOf(account.role, 'extension.grant') !== undefined && mayWrite(assessment, 'extend'),
    mayClose: may && mayWrite(assessment, 'close-window'),
    mayAmend:
      scopeOf(account.role, 'participant.write') !== undefined && mayWrite(assessment, 'amend-participants'),
    changes: changes.map(({ stage, onDay, reason, recordedBy }) => ({
      stage,
      on: onDay,
      reason: isOwn ? null : reason,
      by: byWhom(recordedBy),
    })),
    milestones: scheme.milestones.map(({ key, name, due, clause }) => ({
      key,
      name,
      on: ruleDay(assessment.year, due),
      clause,
    })),
    windows,
    extensions: granted.map((row) => ({
      id: row.id,
      component: row.component,
      window: row.windowKey,
      windowName:
        windows.find(({ component, key }) => component === row.component && key === row.windowKey)?.name ??
        row.windowKey,
      unit: row.unitId === null ? null : (unitNames.get(row.unitId) ?? ''),
      dueOn: row.dueOn,
      on: row.onDay,
      reason: row.reason,
      by: byWhom(row.recordedBy),
    })),
  }
}
