import { Hono } from 'hono'
import { z } from 'zod'
import { allow, allowIn } from '../../access/allow.ts'
import { visibleTo } from '../../access/visibility.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { validated } from '../../http/validated.ts'
import { todayBy } from '../../today.ts'
import { assessmentSchema, assessmentView, versionTag } from '../assessment-view.ts'
import { checklistSchema, checklistView } from '../opening-preparation.ts'
import { participantsSchema, participantsView } from '../participants-view.ts'
import { handOver, handOverBody, responsibleUnitsSchema, responsibleUnitsView } from '../responsible-units.ts'
import { participantsBody, replaceParticipantsOf, setUpBody, setUpYear } from '../set-up.ts'

const tag = '考核 · Assessments'

export const setUp = new Hono<AppEnv>()
  .put(
    '/:id/set-up',
    allow('assessment.stage'),
    describe(tag, '修改草稿的名称、年度和考核办法（If-Match）', 'Change a draft’s name, year and scheme', {
      200: assessmentSchema.extend({ version: z.string() }),
    }),
    validated('json', setUpBody),
    async (c) => {
      await setUpYear(c.var, c.req.param('id'), c.req.valid('json'), c.req.header('if-match'))
      const visible = await visibleTo(c.var, c.req.param('id'))
      const version = versionTag(visible.assessment.version)
      const view = await assessmentView(c.var, visible, c.var.scope)
      return c.json({ ...view, version }, 200, { etag: version })
    },
  )
  .get(
    '/:id/participants',
    allowIn('participant.read'),
    describe(tag, '考核对象和分组', 'Participants and their groups', { 200: participantsSchema }),
    async (c) => {
      const view = await participantsView(c.var.deps.db, c.var.visible, c.var.account)
      return c.json(view, 200, { etag: view.version })
    },
  )
  .put(
    '/:id/participants',
    allow('participant.write'),
    describe(
      tag,
      '调整考核对象和分组（If-Match；开始后须说明原因）',
      'Replace the list of participants; once open, with a reason, and nobody who has facts leaves',
      { 200: participantsSchema },
    ),
    validated('json', participantsBody),
    async (c) => {
      const assessmentId = c.req.param('id')
      await replaceParticipantsOf(c.var, assessmentId, c.req.valid('json'), c.req.header('if-match'))
      const view = await participantsView(c.var.deps.db, await visibleTo(c.var, assessmentId), c.var.account)
      return c.json(view, 200, { etag: view.version })
    },
  )
  .get(
    '/:id/responsible-units',
    allowIn('participant.write'),
    describe(
      tag,
      '提供单位和责任单位',
      'Which unit the rule means by each name, and what it provides and verifies',
      {
        200: responsibleUnitsSchema,
      },
    ),
    async (c) => {
      const view = await responsibleUnitsView(c.var.deps.db, c.var.visible)
      return c.json(view, 200, { etag: view.version })
    },
  )
  .post(
    '/:id/responsible-units',
    allow('participant.write'),
    describe(
      tag,
      '移交：由另一单位接替提供单位或责任单位（If-Match；须说明原因）',
      'Hand what one unit provides and verifies over to another from today, with a reason; rights follow the unit, not its name',
      { 201: responsibleUnitsSchema },
    ),
    validated('json', handOverBody),
    async (c) => {
      const assessmentId = c.req.param('id')
      await handOver(c.var, assessmentId, c.req.valid('json'), c.req.header('if-match'))
      const view = await responsibleUnitsView(c.var.deps.db, await visibleTo(c.var, assessmentId))
      return c.json(view, 201, { etag: view.version })
    },
  )
  .get(
    '/:id/checklist',
    allowIn('assessment.stage'),
    describe(tag, '开始考核前的检查', 'What is missing before opening', { 200: checklistSchema }),
    async (c) => {
      const { deps, visible, language } = c.var
      const view = await checklistView(deps.db, visible, todayBy(deps), language)
      return c.json(view, 200, { etag: view.version })
    },
  )
