import { Hono } from 'hono'
import { allow } from '../access/allow.ts'
import { visibleAssessment } from '../access/visibility.ts'
import { writeBook } from '../exchange/write-workbook.ts'
import type { AppEnv } from './context.ts'
import { describe } from './describe.ts'

const tag = '工作簿 · Workbook'
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Headers of a download with a name that may be Chinese (RFC 6266). */
const asDownload = (name: string): Record<string, string> => ({
  'content-type': xlsx,
  'content-disposition': `attachment; filename="workbook.xlsx"; filename*=UTF-8''${encodeURIComponent(`${name}.xlsx`)}`,
})

export const exchange = new Hono<AppEnv>().get(
  '/assessments/:id/export.xlsx',
  allow('workbook.export'),
  describe(tag, '导出全部数据', 'The workbook of everything', { 200: xlsx }),
  async (c) => {
    const { deps, account, scope, assessed } = c.var
    const { assessment } = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
    const { scheme, facts } = await assessed.load(assessment.id)
    return c.body(new Uint8Array(await writeBook({ scheme, facts })), 200, asDownload(assessment.name))
  },
)
