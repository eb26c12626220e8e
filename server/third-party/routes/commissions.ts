import { Hono } from 'hono'
import { z } from 'zod'
import { listAccounts } from '../../../db/accounts.ts'
import { appendAudit } from '../../../db/audit.ts'
import {
  insertCommission,
  listCommissions,
  updateCommission,
  type Commission,
} from '../../../db/commissions.ts'
import type { Source } from '../../../db/source.ts'
import { findEvidence } from '../../../db/evidence.ts'
import { newId } from '../../../db/ids.ts'
import { allow } from '../../access/allow.ts'
import { visibleAssessment, type Visible } from '../../access/visibility.ts'
import { evidenceSchema, evidenceView } from '../../evidence/evidence-view.ts'
import { Problem } from '../../http/problem.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { etagOf, requireMatch } from '../../http/if-match.ts'
import { externalComponent, externalComponents } from '../place.ts'
import { validated } from '../../http/validated.ts'
import { day, id, text } from '../../http/wire.ts'

const tag = '第三方评估 · Third party'

const commissionBody = z.object({
  evaluator: text(120),
  procurementNumber: text(120).nullable(),
  startsOn: day,
  endsOn: day,
  /** Evidence that holds the contract, uploaded by the caller or on record before. */
  contractId: id.nullable(),
})

const commissionView = z
  .object({
    id: z.string(),
    component: z.string(),
    evaluator: z.string(),
    procurementNumber: z.string().nullable(),
    startsOn: z.string(),
    endsOn: z.string(),
    contract: evidenceSchema.nullable(),
    updatedBy: z.string(),
    updatedAt: z.string(),
    etag: z.string(),
  })
  .meta({ id: 'Commission' })

const externalPart = z.object({
  key: z.string(),
  name: z.string(),
  full: z.string(),
  dimensions: z.array(z.object({ key: z.string(), name: z.string(), full: z.string() })),
  commission: commissionView.nullable(),
})

const etagFor = ({ id, version }: Pick<Commission, 'id' | 'version'>): string => etagOf([id, version])

async function viewOf(
  db: Source,
  { assessment }: Visible,
  row: Commission,
): Promise<z.infer<typeof commissionView>> {
  const contract = row.contractId === null ? undefined : await findEvidence(db, row.contractId)
  const by = (await listAccounts(db)).find(({ id }) => id === row.updatedBy)
  return {
    id: row.id,
    component: row.component,
    evaluator: row.evaluator,
    procurementNumber: row.procurementNumber,
    startsOn: row.startsOn,
    endsOn: row.endsOn,
    contract: contract ? { ...evidenceView(contract, assessment), staged: false } : null,
    updatedBy: by?.name ?? '',
    updatedAt: row.updatedAt,
    etag: etagFor(row),
  }
}

/** A contract must be evidence of this assessment: what the caller uploaded, or what the commission held before. */
async function requireContract(
  db: Source,
  assessmentId: string,
  contractId: string | null,
  accountId: string,
  before: string | null,
): Promise<void> {
  if (contractId === null || contractId === before) return
  const row = await findEvidence(db, contractId)
  const isOwn = row?.assessmentId === assessmentId && row.uploadedBy === accountId
  if (!isOwn || row.factId !== null || row.claimId !== null) throw new Problem('evidence-not-staged')
}

const rowOf = (body: z.infer<typeof commissionBody>) => {
  if (body.endsOn < body.startsOn) throw new Problem('commission-period')
  return {
    evaluator: body.evaluator.normalize('NFC'),
    procurementNumber: body.procurementNumber,
    startsOn: body.startsOn,
    endsOn: body.endsOn,
    contractId: body.contractId,
  }
}

export const commissions = new Hono<AppEnv>()
  .get(
    '/:id/commissions',
    allow('commission.read'),
    describe(tag, '外部评分的部分和各自的委托', 'Components with external marks, and who evaluates them', {
      200: z.object({ components: z.array(externalPart) }),
    }),
    async (c) => {
      const { deps, account, scope } = c.var
      const visible = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
      const rows = await listCommissions(deps.db, visible.assessment.id)
      const components: z.infer<typeof externalPart>[] = []
      for (const { key, name, full, dimensions } of externalComponents(visible)) {
        const row = rows.find(({ component }) => component === key)
        components.push({
          key,
          name,
          full,
          dimensions: dimensions.map((one) => ({ ...one })),
          commission: row ? await viewOf(deps.db, visible, row) : null,
        })
      }
      return c.json({ components }, 200)
    },
  )
  .post(
    '/:id/commissions',
    allow('commission.write'),
    describe(tag, '登记委托', 'Register who evaluates a component', { 201: commissionView }),
    validated('json', commissionBody.extend({ component: text(120) })),
    async (c) => {
      const { deps, account, scope } = c.var
      const body = c.req.valid('json')
      const at = deps.clock().toISOString()
      const view = await deps.db.transaction().execute(async (trx) => {
        const visible = await visibleAssessment(trx, account, scope, c.req.param('id'))
        const { assessment } = visible
        if (assessment.stage === 'archived') throw new Problem('assessment-archived')
        const component = externalComponent(visible, body.component)
        const known = await listCommissions(trx, assessment.id)
        if (known.some((one) => one.component === component.key))
          throw new Problem('commission-exists', { params: { component: component.name } })
        await requireContract(trx, assessment.id, body.contractId, account.id, null)
        const row: Commission = {
          id: newId(),
          assessmentId: assessment.id,
          component: component.key,
          ...rowOf(body),
          version: 1,
          updatedBy: account.id,
          updatedAt: at,
        }
        await insertCommission(trx, row)
        await appendAudit(trx, {
          at,
          accountId: account.id,
          action: 'commission.register',
          subject: row.id,
          detail: { assessment: assessment.id, ...body },
        })
        return viewOf(trx, visible, row)
      })
      return c.json(view, 201, { etag: view.etag })
    },
  )
  .put(
    '/:id/commissions/:commissionId',
    allow('commission.write'),
    describe(tag, '修改委托（须带 If-Match）', 'Change a commission (needs If-Match)', {
      200: commissionView,
    }),
    validated('json', commissionBody),
    async (c) => {
      const { deps, account, scope } = c.var
      const body = c.req.valid('json')
      const at = deps.clock().toISOString()
      const view = await deps.db.transaction().execute(async (trx) => {
        const visible = await visibleAssessment(trx, account, scope, c.req.param('id'))
        const { assessment } = visible
        if (assessment.stage === 'archived') throw new Problem('assessment-archived')
        const before = (await listCommissions(trx, assessment.id)).find(
          ({ id }) => id === c.req.param('commissionId'),
        )
        if (!before) throw new Problem('not-found')
        try {
          requireMatch(c.req.header('if-match'), etagFor(before))
        } catch (reason) {
          if (!(reason instanceof Problem) || reason.code !== 'stale') throw reason
          throw new Problem('stale', { extensions: { current: await viewOf(trx, visible, before) } })
        }
        await requireContract(trx, assessment.id, body.contractId, account.id, before.contractId)
        const change = { id: before.id, ...rowOf(body), updatedBy: account.id, updatedAt: at }
        if (!(await updateCommission(trx, change, before.version))) throw new Problem('stale')
        await appendAudit(trx, {
          at,
          accountId: account.id,
          action: 'commission.change',
          subject: before.id,
          detail: {
            assessment: assessment.id,
            from: {
              evaluator: before.evaluator,
              procurementNumber: before.procurementNumber,
              startsOn: before.startsOn,
              endsOn: before.endsOn,
              contractId: before.contractId,
            },
            to: body,
          },
        })
        return viewOf(trx, visible, { ...before, ...change, version: before.version + 1 })
      })
      return c.json(view, 200, { etag: view.etag })
    },
  )
