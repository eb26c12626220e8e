import { Hono } from 'hono'
import { touchAssessment } from '../../../db/assessments.ts'
import { appendAudit } from '../../../db/audit.ts'
import { attachEvidence } from '../../../db/evidence.ts'
import { findFinding, insertFindingFacts } from '../../../db/findings.ts'
import { loadCalendar } from '../../../db/holidays.ts'
import { newId } from '../../../db/ids.ts'
import { allow } from '../../access/allow.ts'
import { visibleAssessment } from '../../access/visibility.ts'
import { Problem } from '../../http/problem.ts'
import { dayInChina } from '../../today.ts'
import { caseOf, stepsFor } from '../case.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { findingDetail, findingEtag } from '../detail.ts'
import { dayOfStep, requirePossible, requireRight, stepBody } from '../step.ts'
import { findingDetailSchema } from '../wire.ts'
import { requireMatch } from '../../http/if-match.ts'
import { reachOf } from '../../access/case-rights.ts'
import { validated } from '../../http/validated.ts'

export const findingFacts = new Hono<AppEnv>().post(
  '/:id/findings/:findingId/facts',
  allow('finding.progress'),
  describe(
    '台账 · Ledger',
    '办理一步：延期、整改、核查、申诉、裁定、冲销（If-Match 为问题的版本）',
    'Take the next step of a case; If-Match is the finding’s version, and a stale one gets 412 with the present state in “current”',
    { 201: findingDetailSchema },
  ),
  validated('json', stepBody),
  async (c) => {
    const { deps, account, scope } = c.var
    const step = c.req.valid('json')
    const [assessmentId, findingId] = [c.req.param('id'), c.req.param('findingId')]
    const now = deps.clock()
    const [at, today] = [now.toISOString(), dayInChina(now)]
    const show = async () => {
      const visible = await visibleAssessment(deps.db, account, scope, assessmentId)
      return findingDetail(c.var, visible, findingId, today)
    }
    try {
      await deps.db.transaction().execute(async (trx) => {
        const visible = await visibleAssessment(trx, account, scope, assessmentId)
        // Makes steps of one assessment queue, before the case is read.
        await touchAssessment(trx, assessmentId)
        const stored = await findFinding(trx, findingId)
        if (stored?.assessmentId !== assessmentId) throw new Problem('not-found')
        const calendar = await loadCalendar(trx)
        const present = caseOf(stored, visible, calendar, today)
        if (present.parties.chargedUnitId === null || !reachOf(visible, account, scope)(present.parties))
          throw new Problem('not-found')
        requireRight(step.type, present, account, visible)
        requireMatch(c.req.header('if-match'), findingEtag(stored.facts))
        const on = dayOfStep(step, present, account, today)
        const legal = stepsFor(present, account, visible)
        requirePossible(step, on, caseOf(stored, visible, calendar, on), legal, visible)

        const factId = newId()
        const amended = step.type === 'decided' && step.outcome === 'amended' ? step : null
        await insertFindingFacts(trx, [
          {
            id: factId,
            findingId,
            type: step.type,
            onDay: on,
            deadline: step.type === 'extended' ? step.deadline : null,
            outcome: step.type === 'decided' ? step.outcome : null,
            kind: amended?.kind ?? null,
            unitId: amended?.unitId ?? null,
            reason: step.reason ?? null,
            recordedBy: account.id,
            recordedAt: at,
          },
        ])
        const order = { ids: step.evidence, factId, accountId: account.id, assessmentId }
        if (!(await attachEvidence(trx, order))) throw new Problem('evidence-not-staged')
        await appendAudit(trx, {
          at,
          accountId: account.id,
          action: `finding.${step.type}`,
          subject: findingId,
          detail: {
            assessment: assessmentId,
            number: stored.number,
            fact: factId,
            on,
            outcome: step.type === 'decided' ? step.outcome : null,
          },
        })
      })
    } catch (error) {
      if (error instanceof Problem && error.code === 'stale')
        throw new Problem('stale', { extensions: { current: await show() } })
      throw error
    }
    const detail = await show()
    return c.json(detail, 201, { etag: detail.etag })
  },
)
