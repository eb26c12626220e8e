import { Hono } from 'hono'
import { z } from 'zod'
import { listAssessments, touchAssessment } from '../../../db/assessments.ts'
import { appendAudit } from '../../../db/audit.ts'
import { newId } from '../../../db/ids.ts'
import { type UnitRow } from '../../../db/tables.ts'
import { unitKinds } from '#assessment/vocabulary'
import { findUnit, findUnitByName, insertUnits, listUnits, updateUnit } from '../../../db/units.ts'
import { allow } from '../../access/allow.ts'
import { Problem } from '../../http/problem.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { etagOf, requireMatch } from '../../http/if-match.ts'
import { unitsBelow } from '../../access/unit-tree.ts'
import { validated } from '../../http/validated.ts'
import { id, pageFrom, pageOf, paging, text } from '../../http/wire.ts'

const unitSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(unitKinds),
    parentId: z.string().nullable(),
    position: z.int(),
    etag: z.string(),
  })
  .meta({ id: 'Unit' })
const unitBody = z.object({
  name: text(100),
  kind: z.enum(unitKinds),
  parentId: id.nullable().default(null),
})
const unitChange = z
  .object({
    name: text(100),
    kind: z.enum(unitKinds),
    parentId: id.nullable(),
    position: z.int().min(0).max(1_000_000),
  })
  .partial()

function unitView(row: UnitRow): z.infer<typeof unitSchema> {
  const view = { id: row.id, name: row.name, kind: row.kind, parentId: row.parentId, position: row.position }
  return { ...view, etag: etagOf(view) }
}

export const units = new Hono<AppEnv>()
  .get(
    '/',
    allow('unit.read'),
    describe('单位 · Units', '单位列表', 'Units', { 200: pageOf(unitSchema) }),
    validated('query', paging.extend({ q: z.string().trim().max(100).optional() })),
    async (c) => {
      const { q, ...page } = c.req.valid('query')
      const all = await listUnits(c.var.deps.db)
      const own = c.var.account.unit?.id
      const inReach = c.var.scope === 'all' ? all : own === undefined ? [] : unitsBelow(all, own)
      const found = q ? inReach.filter(({ name }) => name.includes(q)) : inReach
      return c.json(pageFrom(found.map(unitView), page), 200)
    },
  )
  .post(
    '/',
    allow('unit.write'),
    describe('单位 · Units', '新增单位', 'Add a unit', { 201: unitSchema }),
    validated('json', unitBody),
    async (c) => {
      const { deps, account } = c.var
      const body = c.req.valid('json')
      const row = await deps.db.transaction().execute(async (trx) => {
        if (await findUnitByName(trx, body.name)) throw new Problem('unit-name-taken')
        if (body.parentId !== null && !(await findUnit(trx, body.parentId))) throw new Problem('unknown-unit')
        const last = (await listUnits(trx)).reduce((highest, unit) => Math.max(highest, unit.position), -1)
        const added = {
          id: newId(),
          name: body.name,
          kind: body.kind,
          parentId: body.parentId,
          position: last + 1,
        }
        await insertUnits(trx, [added])
        await appendAudit(trx, {
          at: deps.clock().toISOString(),
          accountId: account.id,
          action: 'unit.add',
          subject: added.id,
          detail: body,
        })
        return added
      })
      const view = unitView(row)
      return c.json(view, 201, { etag: view.etag })
    },
  )
  .patch(
    '/:id',
    allow('unit.write'),
    describe('单位 · Units', '修改单位', 'Change a unit', { 200: unitSchema }),
    validated('json', unitChange),
    async (c) => {
      const { deps, account } = c.var
      const { name, kind, parentId, position } = c.req.valid('json')
      const row = await deps.db.transaction().execute(async (trx) => {
        const current = await findUnit(trx, c.req.param('id'))
        if (!current) throw new Problem('not-found')
        requireMatch(c.req.header('if-match'), unitView(current).etag)
        if (name !== undefined && name !== current.name && (await findUnitByName(trx, name)))
          throw new Problem('unit-name-taken')
        if (parentId) {
          const all = await listUnits(trx)
          if (!all.some((unit) => unit.id === parentId)) throw new Problem('unknown-unit')
          if (unitsBelow(all, current.id).some((unit) => unit.id === parentId))
            throw new Problem('unit-cycle')
        }
        const change = {
          name: name ?? current.name,
          kind: kind ?? current.kind,
          parentId: parentId === undefined ? current.parentId : parentId,
          position: position ?? current.position,
        }
        const changed = await updateUnit(trx, current.id, change)
        for (const assessment of await listAssessments(trx)) await touchAssessment(trx, assessment.id)
        await appendAudit(trx, {
          at: deps.clock().toISOString(),
          accountId: account.id,
          action: 'unit.change',
          subject: current.id,
          detail: change,
        })
        return changed ?? current
      })
      const view = unitView(row)
      return c.json(view, 200, { etag: view.etag })
    },
  )
