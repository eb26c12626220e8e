import { Hono } from 'hono'
import { z } from 'zod'
import { allow } from '../../access/allow.ts'
import { visibleAssessment } from '../../access/visibility.ts'
import { writeResult } from '../../exchange/workbook/write-result.ts'
import { writeTemplate } from '../../exchange/workbook/write-template.ts'
import { writeBook } from '../../exchange/workbook/write-workbook.ts'
import { dayFor } from '../../default-day.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { factsToExport } from '../export-facts.ts'
import { publishedTable } from '../../result/published.ts'
import { validated } from '../../http/validated.ts'
import { day } from '../../http/wire.ts'

const tag = '工作簿 · Workbook'
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Headers of a download whose name may be Chinese (RFC 6266). */
const asDownload = (name: string): Record<string, string> => ({
  'content-type': xlsx,
  'content-disposition': `attachment; filename="workbook.xlsx"; filename*=UTF-8''${encodeURIComponent(`${name}.xlsx`)}`,
})

export const exchange = new Hono<AppEnv>()
  .get(
    '/template.xlsx',
    allow('workbook.template'),
    describe(tag, '空白考核工作簿', 'An empty workbook to fill in', { 200: xlsx }),
    async (c) => c.body(new Uint8Array(await writeTemplate()), 200, asDownload('考核工作簿')),
  )
  .get(
    '/assessments/:id/export.xlsx',
    allow('workbook.export'),
    describe(tag, '导出全部数据', 'The workbook of everything, which imports back unchanged', { 200: xlsx }),
    async (c) => {
      const { deps, account, scope, assessed } = c.var
      const { assessment } = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
      const { scheme, facts } = await assessed.load(assessment.id)
      const book = await writeBook({ scheme, facts: factsToExport(facts, assessment.unitId) })
      return c.body(new Uint8Array(book), 200, asDownload(assessment.name))
    },
  )
  .get(
    '/assessments/:id/standings.xlsx',
    allow('standings.read'),
    describe(tag, '导出综合成绩', 'The ranking as a workbook', { 200: xlsx }),
    validated('query', z.object({ group: z.string().max(100).optional(), asOf: day.optional() })),
    async (c) => {
      const { deps, account, scope } = c.var
      const { group, asOf } = c.req.valid('query')
      const visible = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
      const frozen = await publishedTable(c.var, visible)
      const on = frozen?.asOf ?? (await dayFor(c.var, visible, asOf))
      const { assessed, scheme } = frozen
        ? { assessed: frozen, scheme: frozen.scheme }
        : await c.var.assessed.on(visible.assessment.id, on)
      const result = await writeResult(assessed, scheme, group === undefined ? {} : { group })
      return c.body(new Uint8Array(result), 200, asDownload(`${visible.assessment.name} ${on}`))
    },
  )
