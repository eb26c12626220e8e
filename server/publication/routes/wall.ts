import { Hono } from 'hono'
import type { PublicationBody } from '#assessment/publication/publication'
import { findAssessment, listAssessments } from '../../../db/assessments.ts'
import type { Source } from '../../../db/source.ts'
import { currentPublication, readPublication } from '../../../db/publications.ts'
import type { AssessmentRow } from '../../../db/tables.ts'
import { findLivingWallLink } from '../../../db/wall-links.ts'
import { open } from '../../access/allow.ts'
import { rateLimit } from '../../access/rate-limit.ts'
import { tokenHash } from '../../access/session-token.ts'
import type { Deps } from '../../deps.ts'
import { Problem } from '../../http/problem.ts'
import { dayInChina } from '../../today.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import type { AnswerOf } from '../../http/schema-of.ts'
import { wallAnswer, wallResults, type WallResults } from '../wall-view.ts'

/** A wall asks every few minutes, and a link may hang on several; whoever tries addresses out is stopped together. */
const perLink = 60
const wrongLinks = 60
const limits = new WeakMap<
  Deps,
  { known: ReturnType<typeof rateLimit>; wrong: ReturnType<typeof rateLimit> }
>()

function limitsOf(deps: Deps) {
  const kept = limits.get(deps) ?? { known: rateLimit(perLink), wrong: rateLimit(wrongLinks) }
  limits.set(deps, kept)
  return kept
}

interface Current {
  readonly id: string
  readonly body: PublicationBody
  readonly publishedOn: string
}

async function currentOf(db: Source, assessmentId: string): Promise<Current | null> {
  const entry = await currentPublication(db, assessmentId)
  if (!entry?.step) return null
  const read = await readPublication(db, entry.id)
  const approvedAt = new Date(entry.step.recordedAt)
  return read ? { id: entry.id, body: read.body, publishedOn: dayInChina(approvedAt) } : null
}

/** The publication of the latest earlier year of the same assessing unit that has one. */
async function earlierOf(db: Source, { unitId, year }: AssessmentRow): Promise<Current | null> {
  const earlier = (await listAssessments(db, { unitId }))
    .filter((one) => one.year < year)
    .sort((a, b) => b.year - a.year)
  for (const { id } of earlier) {
    const found = await currentOf(db, id)
    if (found) return found
  }
  return null
}

async function resultsOf(db: Source, assessment: AssessmentRow): Promise<WallResults | null> {
  const current = await currentOf(db, assessment.id)
  if (!current) return null
  const before = await earlierOf(db, assessment)
  return wallResults(current.body, current.publishedOn, before?.body ?? null)
}

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
    const { known, wrong } = limitsOf(deps)
    const allowed = link ? known(link.id, now) : wrong('wrong', now)
    if (!allowed) throw new Problem('throttled', { headers: { 'retry-after': '60' } })
    const assessment = link && (await findAssessment(deps.db, link.assessmentId))
    if (!assessment) throw new Problem('not-found')
    const body: AnswerOf<typeof wallAnswer> = {
      now: now.toISOString(),
      expiresAt: link.expiresAt,
      results: await resultsOf(deps.db, assessment),
    }
    return c.json(body, 200, { 'cache-control': 'no-store' })
  },
)
