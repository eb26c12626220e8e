import { Hono } from 'hono'
import { z } from 'zod'
import { whereaboutsOf } from '../../../db/dialect.ts'
import { allow, allowIn } from '../../access/allow.ts'
import { dayFor } from '../../default-day.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { asDownload, xlsx } from '../../http/download.ts'
import { tableShown } from '../../result/published.ts'
import { validated } from '../../http/validated.ts'
import { day } from '../../http/wire.ts'

const tag = '工作簿 · Workbook'

const asWorkbook = (name: string) => asDownload(xlsx, `${name}.xlsx`, 'workbook.xlsx')

export const exchange = new Hono<AppEnv>()
  .get(
    '/template.xlsx',
    allow('workbook.template'),
    describe(tag, '空白考核工作簿', 'An empty workbook to fill in', { 200: xlsx }),
    async (c) =>
      c.body(new Uint8Array(await c.var.inThread('write-template', {})), 200, asWorkbook('考核工作簿')),
  )
  .get(
    '/assessments/:id/export.xlsx',
    allowIn('workbook.export'),
    describe(tag, '导出全部数据', 'The workbook of everything, which imports back unchanged', { 200: xlsx }),
    async (c) => {
      const { deps, inThread, visible } = c.var
      const { assessment } = visible
      const book = await inThread('export-book', {
        whereabouts: whereaboutsOf(deps.db),
        assessmentId: assessment.id,
        unitId: assessment.unitId,
      })
      return c.body(new Uint8Array(book), 200, asWorkbook(assessment.name))
    },
  )
  .get(
    '/assessments/:id/standings.xlsx',
    allowIn('standings.read'),
    describe(tag, '导出综合成绩', 'The ranking as a workbook', { 200: xlsx }),
    validated('query', z.object({ group: z.string().max(100).optional(), asOf: day.optional() })),
    async (c) => {
      const { deps, inThread, visible } = c.var
      const { group, asOf } = c.req.valid('query')
      const publication = tableShown(c.var.account, visible)
      const on = publication?.asOf ?? (await dayFor(c.var, visible, asOf))
      const result = await inThread('export-results', {
        whereabouts: whereaboutsOf(deps.db),
        of: publication
          ? { publicationId: publication.id }
          : { assessmentId: visible.assessment.id, asOf: on },
        group,
      })
      return c.body(new Uint8Array(result), 200, asWorkbook(`${visible.assessment.name} ${on}`))
    },
  )
