import { Hono } from 'hono'
import { z } from 'zod'
import { allowIn } from '../../access/allow.ts'
import { dayFor } from '../../default-day.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { publishedTable } from '../published.ts'
import { previousRanks } from '../previous-ranks.ts'
import { interimQuery, kindAsked } from '../result-kind.ts'
import { standingsAnswer, standingsView } from '../standings-view.ts'
import { validated } from '../../http/validated.ts'
import { answerView, viewKey } from '../../http/view-cache.ts'
import { day } from '../../http/wire.ts'

export const standings = new Hono<AppEnv>().get(
  '/:id/standings',
  allowIn('standings.read'),
  describe('成绩 · Results', '综合成绩和名次', 'The ranking', { 200: standingsAnswer, 304: null }),
  validated(
    'query',
    z.object({ group: z.string().max(100).optional(), asOf: day.optional(), ...interimQuery }),
  ),
  async (c) => {
    const { group, asOf, interim: asked } = c.req.valid('query')
    const kind = kindAsked(asked)
    const { assessment, publication: final, interim } = c.var.visible
    const publication = kind === 'interim' ? interim : final
    const frozen = await publishedTable(c.var, c.var.visible, kind)
    const on = frozen?.asOf ?? (await dayFor(c.var, c.var.visible, asOf))
    const version = frozen === null ? assessment.version : publication?.id
    const previous = await previousRanks(c.var, c.var.visible)
    const about = [assessment.id, kind, version, publication?.id, group, on, previous?.key]
    return answerView(c, viewKey('standings', ...about), async () => {
      const results = frozen ?? (await c.var.assessed.on(assessment.id, on, kind)).assessed
      const inForce = publication && (frozen ?? (await c.var.assessed.published(publication.id)))
      return standingsView(on, results, group, inForce, previous)
    })
  },
)
