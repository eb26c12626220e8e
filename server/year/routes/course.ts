import { Hono } from 'hono'
import { allow, allowIn, type AllowedEnv } from '../../access/allow.ts'
import { visibleTo, type Visible } from '../../access/visibility.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { validated } from '../../http/validated.ts'
import { todayBy } from '../../today.ts'
import { courseOf, courseSchema, type Course } from '../course-view.ts'
import { closeYearWindow, extensionBody, grantExtension, windowBody } from '../keep-windows.ts'
import { moveBody, moveYear } from '../move-year.ts'

const tag = '考核进程 · Course'

async function courseToday(
  { deps, account, scope, assessed }: AllowedEnv['Variables'],
  visible: Visible,
): Promise<Course> {
  const on = await assessed.on(visible.assessment.id, todayBy(deps))
  return courseOf(deps.db, on, visible, account, scope)
}

export const course = new Hono<AppEnv>()
  .get(
    '/:id/course',
    allowIn('assessment.read'),
    describe(tag, '考核进程：阶段、节点、周期、逾期和延期', 'Stages, milestones, windows, overdue units', {
      200: courseSchema,
    }),
    async (c) => {
      const view = await courseToday(c.var, c.var.visible)
      return view.version === null ? c.json(view, 200) : c.json(view, 200, { etag: view.version })
    },
  )
  .post(
    '/:id/stage',
    allow('assessment.stage'),
    describe(tag, '进入下一阶段或退回（If-Match）', 'Move to another stage', { 201: courseSchema }),
    validated('json', moveBody),
    async (c) => {
      const assessmentId = c.req.param('id')
      await moveYear(c.var, assessmentId, c.req.valid('json'), c.req.header('if-match'))
      const view = await courseToday(c.var, await visibleTo(c.var, assessmentId))
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
    validated('json', extensionBody),
    async (c) => {
      const assessmentId = c.req.param('id')
      await grantExtension(c.var, assessmentId, c.req.valid('json'))
      const view = await courseToday(c.var, await visibleTo(c.var, assessmentId))
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
    validated('json', windowBody),
    async (c) => {
      const assessmentId = c.req.param('id')
      await closeYearWindow(c.var, assessmentId, c.req.valid('json'), c.req.header('if-match'))
      const view = await courseToday(c.var, await visibleTo(c.var, assessmentId))
      return c.json(view, 201, { etag: view.version ?? '' })
    },
  )
