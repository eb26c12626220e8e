import { Hono } from 'hono'
import { z } from 'zod'
import { allow, allowIn } from '../../access/allow.ts'
import { writeResult } from '../../exchange/workbook/write-result.ts'
import { writeTemplate } from '../../exchange/workbook/write-template.ts'
import { writeBook } from '../../exchange/workbook/write-workbook.ts'
import { dayFor } from '../../default-day.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { asDownload, xlsx } from '../../http/download.ts'
import { factsToExport } from '../export-facts.ts'
import { publishedTable } from '../../result/published.ts'
import { validated } from '../../http/validated.ts'
import { day } from '../../http/wire.ts'

const tag = '工作簿 · Workbook'

const asWorkbook = (name: string) => asDownload(xlsx, `${name}.xlsx`, 'workbook.xlsx')

export const exchange = new Hono<AppEnv>()
  .get(
    '/template.xlsx',
    allow('workbook.template'),
    describe(tag, '空白考核工作簿', 'An empty workbook to fill in', { 200: xlsx }),
    async (c) => c.body(new Uint8Array(await writeTemplate()), 200, asWorkbook('考核工作簿')),
  )
  .get(
    '/assessments/:id/export.xlsx',
    allowIn('workbook.export'),
    describe(tag, '导出全部数据', 'The workbook of everything, which imports back unchanged', { 200: xlsx }),
    async (c) => {
      const { assessed, visible } = c.var
      const { assessment } = visible
      const { scheme, facts } = await assessed.load(assessment.id)
      const book = await writeBook({ scheme, facts: factsToExport(facts, assessment.unitId) })
      return c.body(new Uint8Array(book), 200, asWorkbook(assessment.name))
    },
  )
  .get(
    '/assessments/:id/standings.xlsx',
    allowIn('standings.read'),
    describe(tag, '导出综合成绩', 'The ranking as a workbook', { 200: xlsx }),
    validated('query', z.object({ group: z.string().max(100).optional(), asOf: day.optional() })),
    async (c) => {
      const { visible } = c.var
      const { group, asOf } = c.req.valid('query')
      const frozen = await publishedTable(c.var, visible)
      const on = frozen?.asOf ?? (await dayFor(c.var, visible, asOf))
      const { assessed, scheme } = frozen
        ? { assessed: { ...frozen, interim: null }, scheme: frozen.scheme }
        : await c.var.assessed.on(visible.assessment.id, on)
      const result = await writeResult(assessed, scheme, group === undefined ? {} : { group })
      return c.body(new Uint8Array(result), 200, asWorkbook(`${visible.assessment.name} ${on}`))
    },
  )
