import { Hono } from 'hono'
import { z } from 'zod'
import { chargingOf } from '#assessment/charging'
import { statuses } from '#assessment/scorecard'
import { touchAssessment, updateStage } from '../../db/assessments.ts'
import { appendAudit } from '../../db/audit.ts'
import { findFinding, insertFindingFacts, insertFindings, nextFindingNumbers } from '../../db/findings.ts'
import { newId } from '../../db/ids.ts'
import { findingFactTypes } from '../../db/tables.ts'
import { allow } from '../access/allow.ts'
import { isPublished, kindsProvidedBy, visibleAssessment } from '../access/visibility.ts'
import { Problem } from '../problem.ts'
import { dayInChina } from '../today.ts'
import { dayFor } from './assessment-view.ts'
import type { AppEnv } from './context.ts'
import { describe } from './describe.ts'
import { ledgerFor } from './ledger.ts'
import { ledgerQuery, queryLedger } from './ledger-query.ts'
import { validated } from './validated.ts'
import { day, id, pageFrom, pageOf, text } from './wire.ts'

const tag = '台账 · Ledger'

const line = z
  .object({
    findingId: z.string(),
    number: z.string(),
    kind: z.string(),
    kindName: z.string(),
    unitId: z.string(),
    unit: z.string(),
    what: z.string(),
    status: z.enum(statuses),
    notifiedOn: z.string().nullable(),
    deadline: z.string().nullable(),
    lostOn: z.string().nullable(),
    points: z.int(),
    atRisk: z.int(),
    worth: z.string(),
    appealed: z.boolean(),
    clause: z.string(),
    chargedUnitId: z.string(),
    chargedUnit: z.string(),
    group: z.string(),
    source: z.string().nullable(),
    provider: z.string().nullable(),
  })
  .meta({ id: 'LedgerLine' })
const fact = z.object({
  type: z.enum(findingFactTypes),
  on: z.string(),
  deadline: z.string().nullable(),
  outcome: z.string().nullable(),
  reason: z.string().nullable(),
})
const list = pageOf(line).extend({ counts: z.record(z.enum(statuses), z.int()) })

const recordBody = z.object({
  kind: z.string().min(1).max(100),
  unitId: id,
  what: text(2000),
  source: text(200).optional(),
  foundOn: day.optional(),
  notifiedOn: day,
  deadline: day.optional(),
})

export const findings = new Hono<AppEnv>()
  .get(
    '/:id/findings',
    allow('finding.read'),
    describe(tag, '台账', 'The ledger', { 200: list }),
    validated('query', ledgerQuery),
    async (c) => {
      const query = c.req.valid('query')
      const visible = await visibleAssessment(c.var.deps.db, c.var.account, c.var.scope, c.req.param('id'))
      const on = await c.var.assessed.on(visible.assessment.id, await dayFor(c.var, visible, query.asOf))
      const { found, counts } = queryLedger(ledgerFor(on, visible, c.var.account, c.var.scope), query)
      return c.json({ ...pageFrom(found, query), counts }, 200)
    },
  )
  .post(
    '/:id/findings',
    allow('finding.record'),
    describe(tag, '登记问题', 'Record a finding', { 201: z.object({ id: z.string(), number: z.string() }) }),
    validated('json', recordBody),
    async (c) => {
      const { deps, account, scope } = c.var
      const body = c.req.valid('json')
      const now = deps.clock()
      const at = now.toISOString()
      const recorded = await deps.db.transaction().execute(async (trx) => {
        const { assessment, scheme, participants, units } = await visibleAssessment(
          trx,
          account,
          scope,
          c.req.param('id'),
        )
        if (isPublished(assessment)) throw new Problem('assessment-closed')
        const kinds = scheme.components.flatMap((component) =>
          component.method === 'deductions' ? component.kinds : [],
        )
        const kind = kinds.find(({ key }) => key === body.kind)
        if (!kind) throw new Problem('unknown-kind')
        if (!kindsProvidedBy(scheme, account).some(({ key }) => key === kind.key))
          throw new Problem('kind-not-yours')
        if (!units.some((unit) => unit.id === body.unitId)) throw new Problem('unknown-unit')
        const charging = chargingOf(
          units.map((unit) => ({ id: unit.id, name: unit.name, parentId: unit.parent_id })),
          participants.map((row) => ({ unitId: row.unit_id, group: row.group_name })),
        )
        if (charging.charged(body.unitId, kind.chargedUpward) === null) throw new Problem('unit-not-charged')
        if (body.notifiedOn > dayInChina(now)) throw new Problem('notice-in-future')
        if (body.deadline !== undefined && body.deadline < body.notifiedOn)
          throw new Problem('deadline-before-notice')

        const [number] = await nextFindingNumbers(trx, assessment.id, assessment.year, 1)
        const finding = { id: newId(), number: number ?? '' }
        const by = { recorded_by: account.id, recorded_at: at }
        await insertFindings(trx, [
          {
            ...finding,
            ...by,
            assessment_id: assessment.id,
            kind: kind.key,
            unit_id: body.unitId,
            what: body.what,
            source: body.source ?? null,
            found_on: body.foundOn ?? null,
            import_id: null,
          },
        ])
        await insertFindingFacts(trx, [
          {
            id: newId(),
            finding_id: finding.id,
            type: 'notified',
            on_day: body.notifiedOn,
            deadline: body.deadline ?? null,
            outcome: null,
            kind: null,
            unit_id: null,
            reason: null,
            ...by,
          },
        ])
        if (assessment.stage === 'draft') await updateStage(trx, assessment.id, 'open')
        await touchAssessment(trx, assessment.id)
        await appendAudit(trx, {
          at,
          accountId: account.id,
          action: 'finding.record',
          subject: finding.id,
          detail: { assessment: assessment.id, ...finding, kind: kind.key, unitId: body.unitId },
        })
        return finding
      })
      return c.json(recorded, 201)
    },
  )
  .get(
    '/:id/findings/:findingId',
    allow('finding.read'),
    describe(tag, '一个问题及其经过', 'One finding with its facts', {
      200: line.extend({ foundOn: z.string().nullable(), facts: z.array(fact) }),
    }),
    validated('query', z.object({ asOf: day.optional() })),
    async (c) => {
      const { deps, account, scope } = c.var
      const visible = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
      const on = await c.var.assessed.on(
        visible.assessment.id,
        await dayFor(c.var, visible, c.req.valid('query').asOf),
      )
      const found = ledgerFor(on, visible, account, scope).find(
        ({ findingId }) => findingId === c.req.param('findingId'),
      )
      const stored = found && (await findFinding(deps.db, found.findingId))
      if (!stored) throw new Problem('not-found')
      const facts = stored.facts.map(({ type, on_day, deadline, outcome, reason }) => ({
        type,
        on: on_day,
        deadline,
        outcome,
        reason,
      }))
      return c.json({ ...found, foundOn: stored.found_on, facts }, 200)
    },
  )
