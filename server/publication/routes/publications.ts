import { Hono } from 'hono'
import { z } from 'zod'
import { checkPublication } from '#assessment/publication/check'
import { changesSince, frozenText, parseFrozen, readFrozenFacts } from '../../../db/frozen-facts.ts'
import { freezeResults } from '../../frozen-results.ts'
import { touchAssessment } from '../../../db/assessments.ts'
import { appendAudit } from '../../../db/audit.ts'
import { loadFacts } from '../../../db/facts.ts'
import { loadCalendar } from '../../../db/holidays.ts'
import { newId } from '../../../db/ids.ts'
import { insertPublication, listPublications, readPublication } from '../../../db/publications.ts'
import { assess } from '#assessment/score/assess'
import { allow } from '../../access/allow.ts'
import { visibleAssessment } from '../../access/visibility.ts'
import { Problem } from '../../http/problem.ts'
import { dayInChina } from '../../today.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { requirePublishable } from '../publishable.ts'
import { driftOf } from '../drift.ts'
import { publicationStepBody, requirePublicationStep, takePublicationStep } from '../steps.ts'
import { detailOf, entriesSeen, entryOf, requireEntry } from '../view.ts'
import { publicationDetailSchema, publicationBodySchema, publicationSchema, publicationTag } from '../wire.ts'
import { validated } from '../../http/validated.ts'
import { day, text } from '../../http/wire.ts'

const prepareBody = z.object({ asOf: day, reason: text(2000).optional() })

export const publications = new Hono<AppEnv>()
  .get(
    '/:id/publications',
    allow('publication.read'),
    describe(publicationTag, '发布记录', 'Publications, the latest first', {
      200: z.object({ items: z.array(publicationSchema), total: z.int() }),
    }),
    async (c) => {
      const { deps, account, scope } = c.var
      const visible = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
      const items = await entriesSeen(deps.db, visible, account)
      return c.json({ items, total: items.length }, 200)
    },
  )
  .post(
    '/:id/publications',
    allow('publication.prepare'),
    describe(publicationTag, '拟制发布', 'Prepare a publication for another person to approve', {
      201: publicationSchema,
    }),
    validated('json', prepareBody),
    async (c) => {
      const { deps, account, scope } = c.var
      const { asOf, reason } = c.req.valid('json')
      const now = deps.clock()
      const at = now.toISOString()
      const assessmentId = c.req.param('id')
      if (asOf > dayInChina(now)) throw new Problem('fact-in-future')
      const id = newId()
      await deps.db.transaction().execute(async (trx) => {
        const visible = await visibleAssessment(trx, account, scope, assessmentId)
        // Makes two who prepare at once queue.
        await touchAssessment(trx, assessmentId)
        const known = await listPublications(trx, assessmentId)
        if (known.some(({ state }) => state === 'prepared')) throw new Problem('publication-waiting')
        const current = known.find(({ state }) => state === 'approved')
        if (current && reason === undefined) throw new Problem('reason-required')
        const results = await freezeResults(trx, visible.assessment, asOf)
        requirePublishable(
          checkPublication({
            stage: visible.assessment.stage,
            scheme: visible.scheme,
            facts: await loadFacts(trx, assessmentId),
            calendar: await loadCalendar(trx),
            assessed: results.assessed,
          }),
        )
        const number = (known[0]?.number ?? 0) + 1
        await insertPublication(trx, {
          id,
          assessmentId,
          number,
          asOf,
          body: results.text,
          sha256: results.sha256,
          digests: frozenText(results.frozen),
          supersedes: current?.id ?? null,
          reason: current ? (reason ?? null) : null,
          preparedBy: account.id,
          preparedAt: at,
        })
        await appendAudit(trx, {
          at,
          accountId: account.id,
          action: 'publication.prepare',
          subject: id,
          detail: { assessment: assessmentId, number, asOf, sha256: results.sha256 },
        })
      })
      const visible = await visibleAssessment(deps.db, account, scope, assessmentId)
      return c.json(await entryOf(deps.db, visible, account, id), 201)
    },
  )
  .get(
    '/:id/publications/:publicationId',
    allow('publication.read'),
    describe(publicationTag, '一次发布及其核验', 'One publication, verified against the facts', {
      200: publicationDetailSchema,
    }),
    async (c) => {
      const { deps, account, scope } = c.var
      const visible = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
      return c.json(await detailOf(c.var, visible, c.req.param('publicationId')), 200)
    },
  )
  .get(
    '/:id/publications/:publicationId/body.json',
    allow('publication.check'),
    describe(
      publicationTag,
      '发布内容（规范 JSON）',
      'What was frozen, as the canonical JSON that was hashed',
      {
        200: publicationBodySchema,
      },
    ),
    async (c) => {
      const { deps, account, scope } = c.var
      const visible = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
      const stored = await readPublication(deps.db, c.req.param('publicationId'))
      if (stored?.row.assessmentId !== visible.assessment.id) throw new Problem('not-found')
      const name = `${visible.assessment.name} 发布第${stored.row.number}号.json`
      return c.body(stored.row.body, 200, {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="publication-${stored.row.number}.json"; filename*=UTF-8''${encodeURIComponent(name)}`,
      })
    },
  )
  .post(
    '/:id/publications/:publicationId/steps',
    allow('publication.progress'),
    describe(
      publicationTag,
      '批准、退回或撤回',
      'Approve or return what another prepared, or take back one’s own',
      {
        200: publicationSchema,
      },
    ),
    validated('json', publicationStepBody),
    async (c) => {
      const { deps, account, scope } = c.var
      const step = c.req.valid('json')
      const [assessmentId, publicationId] = [c.req.param('id'), c.req.param('publicationId')]
      const now = deps.clock()
      await deps.db.transaction().execute(async (trx) => {
        const visible = await visibleAssessment(trx, account, scope, assessmentId)
        await touchAssessment(trx, assessmentId)
        const entry = await requireEntry(trx, visible, publicationId)
        requirePublicationStep(step.type, account, entry)
        if (step.type === 'approved') {
          const stored = await readPublication(trx, publicationId)
          if (!stored) throw new Problem('not-found')
          const changes = changesSince(
            parseFrozen(stored.row.digests),
            await readFrozenFacts(trx, assessmentId),
          )
          const drift = await driftOf(trx, assessmentId, stored.body, changes, dayInChina(now))
          if (drift)
            throw new Problem('publication-outdated', {
              params: { facts: drift.total, units: drift.units.length },
              extensions: { drift },
            })
          const [facts, calendar] = [await loadFacts(trx, assessmentId), await loadCalendar(trx)]
          const { scheme } = visible
          const assessed = assess(scheme, facts, stored.body.asOf, calendar)
          requirePublishable(
            checkPublication({ stage: visible.assessment.stage, scheme, facts, calendar, assessed }),
          )
        }
        await takePublicationStep(trx, visible, entry, step, { account, now })
      })
      const visible = await visibleAssessment(deps.db, account, scope, assessmentId)
      return c.json(await entryOf(deps.db, visible, account, publicationId), 200)
    },
  )
