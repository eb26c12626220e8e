import { Hono } from 'hono'
import { z } from 'zod'
import { allowIn } from '../../access/allow.ts'
import { assessedFor } from '../../default-day.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { checkAnswer, checkView } from '../check-view.ts'
import { validated } from '../../http/validated.ts'
import { day } from '../../http/wire.ts'
import { interimQuery, kindAsked } from '../../result/result-kind.ts'
import { publicationTag } from '../wire.ts'

export const publicationCheck = new Hono<AppEnv>().get(
  '/:id/publication-check',
  allowIn('publication.check'),
  describe(publicationTag, '发布前检查', 'What to know before results are published', { 200: checkAnswer }),
  validated('query', z.object({ asOf: day.optional(), ...interimQuery })),
  async (c) => {
    const { asOf, interim } = c.req.valid('query')
    const on = await assessedFor(c.var, asOf, kindAsked(interim))
    return c.json(checkView(on, c.var.visible.assessment.stage), 200)
  },
)
