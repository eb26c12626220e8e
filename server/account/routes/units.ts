import { Hono } from 'hono'
import { z } from 'zod'
import { listUnits } from '../../../db/units.ts'
import { allow } from '../../access/allow.ts'
import { unitsBelow } from '../../access/unit-tree.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { tagged } from '../../http/if-match.ts'
import { validated } from '../../http/validated.ts'
import { pageFrom, pageOf, paging } from '../../http/wire.ts'
import { addUnit, changeUnit, unitBody, unitChange } from '../keep-units.ts'
import { unitSchema, unitView } from '../unit-view.ts'

const tag = '单位 · Units'

export const units = new Hono<AppEnv>()
  .get(
    '/',
    allow('unit.read'),
    describe(tag, '单位列表', 'Units', { 200: pageOf(unitSchema) }),
    validated('query', paging.extend({ q: z.string().trim().max(100).optional() })),
    async (c) => {
      const { q, ...page } = c.req.valid('query')
      const all = await listUnits(c.var.deps.db)
      const own = c.var.account.unit?.id
      const inReach = c.var.scope === 'all' ? all : own === undefined ? [] : unitsBelow(all, own)
      const matching = q ? inReach.filter(({ name }) => name.includes(q)) : inReach
      return c.json(pageFrom(matching.map(unitView), page), 200)
    },
  )
  .post(
    '/',
    allow('unit.write'),
    describe(tag, '新增单位', 'Add a unit', { 201: unitSchema }),
    validated('json', unitBody),
    async (c) => tagged(c, await addUnit(c.var, c.req.valid('json')), 201),
  )
  .patch(
    '/:id',
    allow('unit.write'),
    describe(tag, '修改单位', 'Change a unit', { 200: unitSchema }),
    validated('json', unitChange),
    async (c) => {
      const ifMatch = c.req.header('if-match')
      const unit = await changeUnit(c.var, c.req.param('id'), c.req.valid('json'), ifMatch)
      return tagged(c, unit, 200)
    },
  )
