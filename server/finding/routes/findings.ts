import { Hono } from 'hono'
import { z } from 'zod'
import { statuses } from '#assessment/score/scorecard'
import { actIn, unrecorded } from '../../act.ts'
import { allow, allowIn } from '../../access/allow.ts'
import { chargingIn } from '../../access/visibility.ts'
import { Problem } from '../../http/problem.ts'
import { kindsOf } from '#assessment/rule/scheme'
import { assessedFor, dayFor } from '../../default-day.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { tagged } from '../../http/if-match.ts'
import { unitDeadlineOf } from '../amendment.ts'
import { effectSeenBy, findingDetail } from '../detail.ts'
import { duplicatesOf, knownFindings, openDesk, notesOf, refusalToRecord } from '../record.ts'
import { findingAbout, findingAt, findingBody, recordWanted } from '../recording.ts'
import { effectSchema, findingDetailSchema, ledgerLineSchema } from '../wire.ts'
import { ledgerFor, ledgerLine } from '../ledger.ts'
import { ledgerQuery, queryLedger } from '../ledger-query.ts'
import { seesScoreOf } from '../../access/sight.ts'
import { validated } from '../../http/validated.ts'
import { day, id, pageFrom, pageOf } from '../../http/wire.ts'

const tag = '台账 · Ledger'

const list = pageOf(ledgerLineSchema).extend({ counts: z.record(z.enum(statuses), z.int()) })

const recordBody = findingBody
  .extend({
    unitId: id.optional(),
    /** One finding for each. */
    unitIds: z.array(id).min(1).max(200).optional(),
  })
  .refine(({ unitId, unitIds }) => unitId !== undefined || unitIds !== undefined, { path: ['unitId'] })
/** `number` counts within the unit charged; `fullNumber` bears that unit's name before it. */
const recorded = z.object({ id: z.string(), number: z.string(), fullNumber: z.string() })

const similar = z
  .object({
    findingId: z.string(),
    number: z.string(),
    fullNumber: z.string(),
    kind: z.string(),
    unitId: z.string(),
    unit: z.string(),
    chargedUnit: z.string(),
    what: z.string(),
    notifiedOn: z.string(),
    status: z.string(),
  })
  .meta({ id: 'SimilarFinding' })

export const findings = new Hono<AppEnv>()
  .get(
    '/:id/findings',
    allowIn('finding.read'),
    describe(tag, '台账', 'The ledger', { 200: list }),
    validated('query', ledgerQuery),
    async (c) => {
      const query = c.req.valid('query')
      const { account, scope, visible } = c.var
      const on = await assessedFor(c.var, query.asOf)
      const { found, counts } = queryLedger(ledgerFor(on, visible, account, scope), query)
      return c.json({ ...pageFrom(found, query), counts }, 200)
    },
  )
  .post(
    '/:id/findings',
    allow('finding.record'),
    describe(
      tag,
      '登记问题（可同时登记多个单位；疑似重复时拒绝）',
      'Record a finding, at one unit or at each of several; refused with 409 “finding-duplicate” and the similar ones in “similar” unless allowDuplicate',
      { 201: recorded.extend({ findings: z.array(recorded.extend({ unitId: z.string() })) }) },
    ),
    validated('json', recordBody),
    async (c) => {
      const body = c.req.valid('json')
      const unitIds = [...new Set(body.unitIds ?? (body.unitId === undefined ? [] : [body.unitId]))]
      const wanted = unitIds.map((unitId) => findingAt(unitId, body))
      const written = await actIn(c.var, c.req.param('id'), 'finding.record', async (doing) => {
        const { desk, recorded } = await recordWanted(doing, wanted, body)
        return { result: recorded, noted: notesOf(recorded, desk) }
      })
      const findings = written.map(({ kind: _kind, ...finding }) => finding)
      const [{ id, number, fullNumber } = { id: '', number: '', fullNumber: '' }] = written
      return c.json({ id, number, fullNumber, findings }, 201)
    },
  )
  .post(
    '/:id/findings/duplicates',
    allowIn('finding.record'),
    describe(tag, '登记前查找相近的问题', 'Similar findings, before recording', {
      200: z.object({ items: z.array(similar) }),
    }),
    validated('json', findingAbout.extend({ unitId: id })),
    async (c) => {
      const entry = c.req.valid('json')
      const items = await unrecorded(c.var, async (doing) => {
        const desk = await openDesk(doing, c.var.visible)
        if (!desk.kinds.has(entry.kind)) throw new Problem('unknown-kind')
        const refusal = refusalToRecord(desk, entry)
        if (refusal !== null) throw new Problem(refusal)
        return duplicatesOf(
          [entry],
          await knownFindings(desk, { kinds: [entry.kind], unitIds: [entry.unitId] }),
        )
      })
      return c.json({ items }, 200)
    },
  )
  .get(
    '/:id/findings/:findingId',
    allowIn('finding.read'),
    describe(
      tag,
      '一个问题及其经过、可办事项和各种结果的影响',
      'One finding with its facts, what the caller may do, and what each outcome would do',
      { 200: findingDetailSchema },
    ),
    validated('query', z.object({ asOf: day.optional() })),
    async (c) => {
      const { visible } = c.var
      const asOf = await dayFor(c.var, visible, c.req.valid('query').asOf)
      const detail = await findingDetail(c.var, visible, c.req.param('findingId'), asOf)
      return tagged(c, detail, 200)
    },
  )
  .get(
    '/:id/findings/:findingId/amendment',
    allowIn('finding.decide'),
    describe(tag, '变更类别或单位的影响', 'What amending the kind or the unit would do', {
      200: effectSchema,
    }),
    validated(
      'query',
      z.object({
        kind: z.string().max(100),
        severity: findingAbout.shape.severity,
        unitId: id,
        asOf: day.optional(),
      }),
    ),
    async (c) => {
      const { account, scope, visible } = c.var
      const { kind, severity, unitId, asOf } = c.req.valid('query')
      const on = await assessedFor(c.var, asOf)
      const line = ledgerLine(on, visible, account, scope, c.req.param('findingId'))
      if (!line || !seesScoreOf(account, line.chargedUnitId)) throw new Problem('not-found')
      const known = kindsOf(on.scheme).get(kind)
      if (!known) throw new Problem('unknown-kind')
      if (!visible.units.some((unit) => unit.id === unitId)) throw new Problem('unknown-unit')
      if (chargingIn(visible).charged(unitId, known.chargedUpward) === null)
        throw new Problem('unit-not-charged')
      if (severity !== undefined && !known.severities.some(({ key }) => key === severity))
        throw new Problem('unknown-severity')
      const amended = { type: 'decided', outcome: 'amended', kind, unitId } as const
      const told = { from: line.chargedUnitId, toldOn: on.assessed.asOf }
      const deadline = unitDeadlineOf(visible, on.calendar, amended, told)
      const then = {
        ...amended,
        on: on.assessed.asOf,
        ...(severity !== undefined && { severity }),
        ...(deadline !== null && { deadline }),
      }
      return c.json(effectSeenBy(on, visible, account, line.findingId, [then]), 200)
    },
  )
