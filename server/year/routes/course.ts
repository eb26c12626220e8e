import { Hono } from 'hono'
import type { Transaction } from 'kysely'
import { z } from 'zod'
import { later, type Day } from '#assessment/day'
import { dueDay } from '#assessment/score/due-day'
import { touchAssessment } from '../../../db/assessments.ts'
import { appendAudit } from '../../../db/audit.ts'
import { extensionsFrom, insertExtension, listExtensions } from '../../../db/extensions.ts'
import { newId } from '../../../db/ids.ts'
import { moveStage } from '../../../db/stages.ts'
import { type Tables, type WindowRow } from '../../../db/tables.ts'
import { stages } from '#assessment/vocabulary'
import { closeWindow, listWindows } from '../../../db/windows.ts'
import { allow } from '../../access/allow.ts'
import type { Scope } from '../../access/permissions.ts'
import type { Account } from '../../access/session.ts'
import { movesFrom, requireActivity } from '../../access/stage-rules.ts'
import { stageWord } from '../../access/stage-words.ts'
import { visibleAssessment } from '../../access/visibility.ts'
import { Problem } from '../../http/problem.ts'
import { dayInChina } from '../../today.ts'
import type { AppEnv } from '../../http/context.ts'
import { courseOf, courseSchema, type Course } from '../course-view.ts'
import { describe } from '../../http/describe.ts'
import { requireMatch } from '../../http/if-match.ts'
import { isReady } from '../opening-checklist.ts'
import { checkItemView, checklistOf } from '../opening-preparation.ts'
import { versionTag } from '../assessment-view.ts'
import { validated } from '../../http/validated.ts'
import { day, id, text } from '../../http/wire.ts'

const tag = '考核进程 · Course'
const place = z.object({ component: text(100), window: text(100) })

async function windowRow(
  trx: Transaction<Tables>,
  assessmentId: string,
  { component, window }: z.infer<typeof place>,
): Promise<WindowRow> {
  const found = (await listWindows(trx, assessmentId)).find(
    (row) => row.component === component && row.key === window,
  )
  if (!found) throw new Problem('extension-no-window')
  return found
}

async function courseFor(
  variables: AppEnv['Variables'],
  account: Account,
  scope: Scope,
  assessmentId: string,
): Promise<Course> {
  const { deps, assessed } = variables
  const visible = await visibleAssessment(deps.db, account, scope, assessmentId)
  const on = await assessed.on(visible.assessment.id, dayInChina(deps.clock()))
  return courseOf(deps.db, on, visible, account, scope)
}

export const course = new Hono<AppEnv>()
  .get(
    '/:id/course',
    allow('assessment.read'),
    describe(tag, '考核进程：阶段、节点、周期、逾期和延期', 'Stages, milestones, windows, overdue units', {
      200: courseSchema,
    }),
    async (c) => {
      const view = await courseFor(c.var, c.var.account, c.var.scope, c.req.param('id'))
      return view.version === null ? c.json(view, 200) : c.json(view, 200, { etag: view.version })
    },
  )
  .post(
    '/:id/stage',
    allow('assessment.stage'),
    describe(tag, '进入下一阶段或退回（If-Match）', 'Move to another stage', { 201: courseSchema }),
    validated('json', z.object({ stage: z.enum(stages), reason: text(2000).optional() })),
    async (c) => {
      const { deps, account, scope } = c.var
      const { stage, reason } = c.req.valid('json')
      const now = deps.clock()
      const today = dayInChina(now)
      await deps.db.transaction().execute(async (trx) => {
        const visible = await visibleAssessment(trx, account, scope, c.req.param('id'))
        const { assessment } = visible
        requireMatch(c.req.header('if-match'), versionTag(assessment))
        const move = movesFrom(assessment.stage).find(({ to }) => to === stage)
        if (!move)
          throw new Problem('stage-not-possible', {
            words: (language) => ({
              stage: stageWord(assessment.stage, language),
              to: stageWord(stage, language),
            }),
          })
        if (move.by === 'publication') throw new Problem('stage-by-publication')
        if (move.needsReason && reason === undefined) throw new Problem('reason-required')
        if (assessment.stage === 'draft') {
          const found = await checklistOf(trx, visible, today)
          const blocking = found.filter(({ severity }) => severity === 'error')
          if (!isReady(found))
            throw new Problem('not-ready-to-open', {
              params: { count: blocking.length },
              errors: (language) =>
                blocking.flatMap((item) => {
                  const { code, message, problems } = checkItemView(item, visible.scheme, language)
                  return problems.length === 0
                    ? [{ path: item.target, code, message }]
                    : problems.map((one) => ({ path: `scheme.${one.path}`, code, message: one.message }))
                }),
            })
        }
        const at = now.toISOString()
        await moveStage(trx, {
          id: newId(),
          assessmentId: assessment.id,
          stage,
          onDay: today,
          reason: reason ?? null,
          recordedBy: account.id,
          recordedAt: at,
        })
        await appendAudit(trx, {
          at,
          accountId: account.id,
          action: 'assessment.stage',
          subject: assessment.id,
          detail: { from: assessment.stage, to: stage, ...(reason === undefined ? {} : { reason }) },
        })
      })
      const view = await courseFor(c.var, account, scope, c.req.param('id'))
      return c.json(view, 201, { etag: view.version ?? '' })
    },
  )
  .post(
    '/:id/extensions',
    allow('extension.grant'),
    describe(
      tag,
      '给予延期（一个或几个单位，或全部；须说明原因）',
      'Put off a window’s day for some units or for all, with a reason',
      { 201: courseSchema },
    ),
    validated(
      'json',
      place.extend({
        /** Null = all units. */
        unitIds: z.array(id).min(1).max(500).nullable(),
        dueOn: day,
        reason: text(2000),
      }),
    ),
    async (c) => {
      const { deps, account, scope } = c.var
      const { unitIds, dueOn, reason, ...asked } = c.req.valid('json')
      const now = deps.clock()
      const today = dayInChina(now)
      const at = now.toISOString()
      await deps.db.transaction().execute(async (trx) => {
        const { assessment, participants } = await visibleAssessment(trx, account, scope, c.req.param('id'))
        requireActivity(assessment, 'extend')
        const window = await windowRow(trx, assessment.id, asked)
        const known = extensionsFrom(await listExtensions(trx, assessment.id))
        const taking = new Set(participants.map(({ unitId }) => unitId))
        const present = (unitId: string | null): Day =>
          dueDay({ component: window.component, key: window.key, dueOn: window.dueOn }, unitId, known, today)
        const whose = unitIds === null ? [null] : [...new Set(unitIds)]
        if (whose.some((unitId) => unitId !== null && !taking.has(unitId)))
          throw new Problem('not-a-participant')
        const latest = whose.map(present).reduce(later)
        if (dueOn <= latest || dueOn < today)
          throw new Problem('extension-day-not-later', { params: { day: latest } })
        for (const unitId of whose) {
          await insertExtension(trx, {
            id: newId(),
            assessmentId: assessment.id,
            component: window.component,
            windowKey: window.key,
            unitId,
            dueOn,
            onDay: today,
            reason,
            recordedBy: account.id,
            recordedAt: at,
          })
        }
        await touchAssessment(trx, assessment.id)
        await appendAudit(trx, {
          at,
          accountId: account.id,
          action: 'extension.grant',
          subject: assessment.id,
          detail: { ...asked, unitIds, dueOn, reason },
        })
      })
      const view = await courseFor(c.var, account, scope, c.req.param('id'))
      return c.json(view, 201, { etag: view.version ?? '' })
    },
  )
  .post(
    '/:id/windows/closing',
    allow('assessment.stage'),
    describe(
      tag,
      '截止报送（If-Match；未报送的单位按办法计分）',
      'Close a window; units that did not hand in count as the scheme says',
      { 201: courseSchema },
    ),
    validated('json', place),
    async (c) => {
      const { deps, account, scope } = c.var
      const asked = c.req.valid('json')
      const now = deps.clock()
      const today = dayInChina(now)
      await deps.db.transaction().execute(async (trx) => {
        const { assessment } = await visibleAssessment(trx, account, scope, c.req.param('id'))
        requireMatch(c.req.header('if-match'), versionTag(assessment))
        requireActivity(assessment, 'close-window')
        const window = await windowRow(trx, assessment.id, asked)
        if (window.closedOn !== null) throw new Problem('window-closed', { params: { day: window.closedOn } })
        const known = extensionsFrom(await listExtensions(trx, assessment.id))
        const dueOn = dueDay(
          { component: window.component, key: window.key, dueOn: window.dueOn },
          null,
          known,
          today,
        )
        if (dueOn >= today) throw new Problem('window-not-due', { params: { day: dueOn } })
        await closeWindow(trx, window, today)
        await touchAssessment(trx, assessment.id)
        await appendAudit(trx, {
          at: now.toISOString(),
          accountId: account.id,
          action: 'window.close',
          subject: assessment.id,
          detail: { ...asked, on: today },
        })
      })
      const view = await courseFor(c.var, account, scope, c.req.param('id'))
      return c.json(view, 201, { etag: view.version ?? '' })
    },
  )
