import { Hono } from 'hono'
import { z } from 'zod'
import { appendAudit } from '../../../db/audit.ts'
import { newId } from '../../../db/ids.ts'
import {
  countLivingWallLinks,
  findWallLink,
  insertWallLink,
  listWallLinks,
  revokeWallLink,
} from '../../../db/wall-links.ts'
import { allow } from '../../access/allow.ts'
import { newToken, tokenHash } from '../../access/session-token.ts'
import { visibleAssessment } from '../../access/visibility.ts'
import { Problem } from '../../http/problem.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { validated } from '../../http/validated.ts'
import { text } from '../../http/wire.ts'

const tag = '大屏 · Wall'
const HOUR = 3_600_000
const longest = 30 * 24
/** Links of one assessment that may work at the same time. */
const most = 50
const listed = 200

export const wallLinkStates = ['living', 'expired', 'revoked'] as const
const link = z
  .object({
    id: z.string(),
    name: z.string(),
    createdBy: z.string(),
    createdAt: z.string(),
    expiresAt: z.string(),
    revokedAt: z.string().nullable(),
    state: z.enum(wallLinkStates),
  })
  .meta({ id: 'WallLink' })
const newLink = z.object({ name: text(60), hours: z.int().min(1).max(longest) })

export const wallLinks = new Hono<AppEnv>()
  .get(
    '/:id/wall-links',
    allow('wall.link'),
    describe(tag, '大屏链接', 'Links to the wall', { 200: z.object({ items: z.array(link) }) }),
    async (c) => {
      const { deps, account, scope } = c.var
      const { assessment } = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
      const now = deps.clock().toISOString()
      const rows = await listWallLinks(deps.db, assessment.id, listed)
      const items = rows.map((row) => ({
        id: row.id,
        name: row.name,
        createdBy: row.createdByName,
        createdAt: row.createdAt,
        expiresAt: row.expiresAt,
        revokedAt: row.revokedAt,
        state:
          row.revokedAt !== null
            ? ('revoked' as const)
            : row.expiresAt > now
              ? ('living' as const)
              : ('expired' as const),
      }))
      return c.json({ items }, 200)
    },
  )
  .post(
    '/:id/wall-links',
    allow('wall.link'),
    describe(tag, '生成大屏链接（只显示一次）', 'Make a link to the wall; shown once', {
      201: z.object({ id: z.string(), path: z.string(), expiresAt: z.string() }),
    }),
    validated('json', newLink),
    async (c) => {
      const { deps, account, scope } = c.var
      const { name, hours } = c.req.valid('json')
      const { assessment } = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
      const now = deps.clock()
      const token = newToken()
      const row = {
        id: newId(),
        tokenHash: tokenHash(token),
        assessmentId: assessment.id,
        name,
        expiresAt: new Date(now.getTime() + hours * HOUR).toISOString(),
        createdBy: account.id,
        createdAt: now.toISOString(),
        revokedAt: null,
      }
      await deps.db.transaction().execute(async (trx) => {
        if ((await countLivingWallLinks(trx, assessment.id, row.createdAt)) >= most)
          throw new Problem('wall-links-full', { params: { most } })
        await insertWallLink(trx, row)
        await appendAudit(trx, {
          at: row.createdAt,
          accountId: account.id,
          action: 'wall.link',
          subject: row.id,
          detail: { assessment: assessment.id, name, expiresAt: row.expiresAt },
        })
      })
      return c.json({ id: row.id, path: `/wall/${token}`, expiresAt: row.expiresAt }, 201)
    },
  )
  .delete(
    '/:id/wall-links/:linkId',
    allow('wall.link'),
    describe(tag, '停用大屏链接', 'Revoke a link to the wall', { 204: null }),
    async (c) => {
      const { deps, account, scope } = c.var
      const { assessment } = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
      const at = deps.clock().toISOString()
      await deps.db.transaction().execute(async (trx) => {
        const found = await findWallLink(trx, assessment.id, c.req.param('linkId'))
        if (!found) throw new Problem('not-found')
        if (found.revokedAt !== null) return
        await revokeWallLink(trx, found.id, at)
        await appendAudit(trx, {
          at,
          accountId: account.id,
          action: 'wall.revoke',
          subject: found.id,
          detail: { assessment: assessment.id, name: found.name },
        })
      })
      return c.body(null, 204)
    },
  )
