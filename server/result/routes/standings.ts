import { Hono } from 'hono'
import { z } from 'zod'
import { allow } from '../../access/allow.ts'
import { visibleAssessment } from '../../access/visibility.ts'
import { dayFor } from '../../default-day.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { publishedTable } from '../published.ts'
import { previousRanks } from '../previous-ranks.ts'
import { validated } from '../../http/validated.ts'
import { answerView, viewKey } from '../../http/view-cache.ts'
import { day } from '../../http/wire.ts'

const standing = z
  .object({
    unitId: z.string(),
    unit: z.string(),
    group: z.string(),
    rank: z.int().nullable(),
    composite: z.string().nullable(),
    grade: z.string().nullable(),
    components: z.record(z.string(), z.string().nullable()),
    pending: z.array(z.string()),
    /** Rank in the same group in `previousYear`. */
    previousRank: z.int().nullable(),
  })
  .meta({ id: 'Standing' })
const answer = z.object({
  asOf: z.string(),
  published: z.boolean(),
  previousYear: z.int().nullable(),
  standings: z.array(standing),
  warnings: z.array(z.string()),
})

export const standings = new Hono<AppEnv>().get(
  '/:id/standings',
  allow('standings.read'),
  describe('成绩 · Results', '综合成绩和名次', 'The ranking', { 200: answer, 304: null }),
  validated('query', z.object({ group: z.string().max(100).optional(), asOf: day.optional() })),
  async (c) => {
    const { group, asOf } = c.req.valid('query')
    const visible = await visibleAssessment(c.var.deps.db, c.var.account, c.var.scope, c.req.param('id'))
    const { assessment } = visible
    const frozen = await publishedTable(c.var, visible)
    const on = frozen?.asOf ?? (await dayFor(c.var, visible, asOf))
    const shown = frozen === null ? assessment.version : visible.publication?.id
    const previous = await previousRanks(c.var, visible)
    return answerView(
      c,
      viewKey('standings', assessment.id, shown, visible.publication?.id, group, on, previous?.key),
      async () => {
        const assessed = frozen ?? (await c.var.assessed.on(assessment.id, on)).assessed
        return {
          asOf: on,
          published: visible.publication !== null,
          previousYear: previous?.year ?? null,
          standings: assessed.standings
            .filter((row) => group === undefined || row.group === group)
            .map((row) => ({ ...row, previousRank: previous?.rankOf(row.unitId, row.group) ?? null })),
          warnings: [] as string[],
        }
      },
    )
  },
)
