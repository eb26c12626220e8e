import { Hono } from 'hono'
import { z } from 'zod'
import { checkPublication, checkSeverities, severityOf, type CheckItem } from '#assessment/publication/check'
import { allowIn } from '../../access/allow.ts'
import { assessedFor } from '../../default-day.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { validated } from '../../http/validated.ts'
import { day } from '../../http/wire.ts'
import { publicationTag } from '../wire.ts'

const item = z.custom<CheckItem>().meta({ id: 'PublicationCheckItem', type: 'object' })
const answer = z
  .object({
    asOf: z.string(),
    counts: z.record(z.enum(checkSeverities), z.int()),
    items: z.array(item),
  })
  .meta({ id: 'PublicationCheck', description: '发布前检查：errors stop a publication' })

export const publicationCheck = new Hono<AppEnv>().get(
  '/:id/publication-check',
  allowIn('publication.check'),
  describe(publicationTag, '发布前检查', 'What to know before results are published', { 200: answer }),
  validated('query', z.object({ asOf: day.optional() })),
  async (c) => {
    const on = await assessedFor(c.var, c.req.valid('query').asOf)
    const items = checkPublication({ ...on, stage: c.var.visible.assessment.stage })
    const counts = { error: 0, warning: 0, note: 0 }
    for (const { code } of items) counts[severityOf[code]]++
    return c.json({ asOf: on.assessed.asOf, counts, items }, 200)
  },
)
