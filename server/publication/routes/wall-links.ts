import { Hono } from 'hono'
import { z } from 'zod'
import { allow, allowIn } from '../../access/allow.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { validated } from '../../http/validated.ts'
import {
  endWallLink,
  makeWallLink,
  newWallLinkBody,
  newWallLinkSchema,
  wallLinkSchema,
  wallLinkViews,
} from '../wall-links.ts'

const tag = '大屏 · Wall'

export const wallLinks = new Hono<AppEnv>()
  .get(
    '/:id/wall-links',
    allowIn('wall.link'),
    describe(tag, '大屏链接', 'Links to the wall', { 200: z.object({ items: z.array(wallLinkSchema) }) }),
    async (c) => {
      const { deps, visible } = c.var
      const items = await wallLinkViews(deps.db, visible.assessment.id, deps.clock().toISOString())
      return c.json({ items }, 200)
    },
  )
  .post(
    '/:id/wall-links',
    allow('wall.link'),
    describe(tag, '生成大屏链接（只显示一次）', 'Make a link to the wall; shown once', {
      201: newWallLinkSchema,
    }),
    validated('json', newWallLinkBody),
    async (c) => c.json(await makeWallLink(c.var, c.req.param('id'), c.req.valid('json')), 201),
  )
  .delete(
    '/:id/wall-links/:linkId',
    allow('wall.link'),
    describe(tag, '停用大屏链接', 'Revoke a link to the wall', { 204: null }),
    async (c) => {
      await endWallLink(c.var, c.req.param('id'), c.req.param('linkId'))
      return c.body(null, 204)
    },
  )
