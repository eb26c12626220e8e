import { Hono } from 'hono'
import { findAssessment } from '../../../db/assessments.ts'
import { findLivingWallLink } from '../../../db/wall-links.ts'
import { open } from '../../access/allow.ts'
import { addressLimit } from '../../access/rate-limit.ts'
import { tokenHash } from '../../access/session-token.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import type { AnswerOf } from '../../http/schema-of.ts'
import { Problem } from '../../http/problem.ts'
import { wallResultsOf } from '../wall-results.ts'
import { wallAnswer } from '../wall-view.ts'

/** A wall asks every few minutes, and a link may hang on several. */
const requireRate = addressLimit(60, 60)

/** 大屏: read-only, without a session; unknown, expired and revoked links answer alike. */
export const wall = new Hono<AppEnv>().get(
  '/:token',
  open(),
  describe('大屏 · Wall', '大屏内容（凭限时链接）', 'What a wall shows, at an address that expires', {
    200: wallAnswer,
  }),
  async (c) => {
    const { deps } = c.var
    const now = deps.clock()
    const token = c.req.param('token')
    const hash = /^[\w-]{43}$/.test(token) ? tokenHash(token) : null
    const link = hash === null ? undefined : await findLivingWallLink(deps.db, hash, now.toISOString())
    requireRate(deps, link?.id ?? null, now)
    const assessment = link && (await findAssessment(deps.db, link.assessmentId))
    if (!assessment) throw new Problem('not-found')
    const body: AnswerOf<typeof wallAnswer> = {
      now: now.toISOString(),
      expiresAt: link.expiresAt,
      results: await wallResultsOf(deps.db, assessment),
    }
    return c.json(body, 200, { 'cache-control': 'no-store' })
  },
)
