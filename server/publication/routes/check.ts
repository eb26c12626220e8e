import { Hono } from 'hono'
import { z } from 'zod'
import { checkPublication, checkSeverities, severityOf, type CheckItem } from '#assessment/publication/check'
import { allow } from '../../access/allow.ts'
import { visibleAssessment } from '../../access/visibility.ts'
import { dayFor } from '../../default-day.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { publicationTag } from '../wire.ts'
import { validated } from '../../http/validated.ts'
import { day } from '../../http/wire.ts'

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
  allow('publication.check'),
  describe(publicationTag, '发布前检查', 'What to know before results are published', { 200: answer }),
  validated('query', z.object({ asOf: day.optional() })),
  async (c) => {
    const { deps, account, scope, assessed } = c.var
    const visible = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
    const asOf = await dayFor(c.var, visible, c.req.valid('query').asOf)
    const on = await assessed.on(visible.assessment.id, asOf)
    const items = checkPublication({ ...on, stage: visible.assessment.stage })
    const counts = Object.fromEntries(
      checkSeverities.map((severity) => [
        severity,
        items.filter(({ code }) => severityOf[code] === severity).length,
      ]),
    ) as Record<(typeof checkSeverities)[number], number>
    return c.json({ asOf, counts, items }, 200)
  },
)
