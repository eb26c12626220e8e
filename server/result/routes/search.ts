import { Hono } from 'hono'
import { z } from 'zod'
import { allow } from '../../access/allow.ts'
import { visibleAssessment, visibleAssessments } from '../../access/visibility.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { searchAnswer, searchView } from '../search-view.ts'
import { validated } from '../../http/validated.ts'
import { id } from '../../http/wire.ts'

const WORDS = 8

const query = z.object({
  q: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .transform((text) => [...new Set(text.toLowerCase().split(/\s+/))].slice(0, WORDS)),
  assessmentId: id.optional(),
})

export const search = new Hono<AppEnv>().get(
  '/',
  allow('search.read'),
  describe(
    '查找 · Search',
    '查找单位和问题（每个词都要出现）',
    'Units and findings in reach in which every word occurs',
    { 200: searchAnswer },
  ),
  validated('query', query),
  async (c) => {
    const { deps, account, scope } = c.var
    const { q: words, assessmentId } = c.req.valid('query')
    const inReach =
      assessmentId === undefined
        ? await visibleAssessments(deps.db, account, scope)
        : [await visibleAssessment(deps.db, account, scope, assessmentId)]
    return c.json(await searchView(c.var, inReach, words), 200)
  },
)
