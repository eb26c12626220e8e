import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { findReport } from '../../db/reports.ts'
import { allow, allowIn, type AllowedInEnv } from '../access/allow.ts'
import { reportReach } from '../access/monitor-sight.ts'
import { visibleTo } from '../access/visibility.ts'
import type { AppEnv } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { pastedOrFile } from '../http/pasted-or-file.ts'
import { Problem } from '../http/problem.ts'
import { describeUpload } from '../http/upload.ts'
import { parsedBy } from '../http/validated.ts'
import { id } from '../http/wire.ts'
import { todayBy } from '../today.ts'
import { keepReport, requireKeeps } from './keep.ts'
import { identityIn, meantUnit, reportFile, textOf } from './read-report.ts'
import { reportLines, reportListSchema, reportSchema, reportView } from './view.ts'

const tag = '年度报告 · Annual reports'

/** Requests that carry a report. */
export const reportPath = /^\/api\/assessments\/[^/]+\/reports(\/reading)?$/

const whose = z.object({ unitId: id, year: z.coerce.number().int().min(1990).max(2100) })
const kept = z.object({ id: z.string(), isNew: z.boolean(), version: z.int(), entered: z.int() })
const reading = z.object({
  fileName: z.string(),
  /** Whose report the text says it is, and the unit that is most likely meant. */
  writtenUnit: z.string().nullable(),
  unitId: z.string().nullable(),
  year: z.int().nullable(),
  /** UTF-16 units of the text; 0 where pages are pictures. */
  characters: z.int(),
})

const seenBy = ({ var: { deps, visible, scope } }: Context<AllowedInEnv>) => ({
  visible,
  isOwnUnitOnly: scope === 'own-unit',
  today: todayBy(deps),
})

export const reports = new Hono<AppEnv>()
  .get(
    '/:id/reports',
    allowIn('report.read'),
    describe(tag, '年度报告', 'Annual reports by unit and year', { 200: reportListSchema }),
    async (c) => {
      const { deps, account, visible } = c.var
      const reaches = await reportReach(deps.db, visible, account)
      return c.json(await reportLines(deps.db, seenBy(c), reaches), 200)
    },
  )
  .post(
    '/:id/reports/reading',
    allow('report.write'),
    describe(
      tag,
      '读取一份报告，找出单位和年度（multipart 的 file，或 JSON 的 text）',
      'Read a report and propose unit and year (multipart “file”, or JSON “text”); nothing is stored',
      { 200: reading },
    ),
    describeUpload(),
    async (c) => {
      const visible = await visibleTo(c.var, c.req.param('id'))
      await requireKeeps(c.var, visible, null)
      const { source } = await pastedOrFile(c.req)
      const file = await reportFile(source, 'report.txt')
      const text = await textOf(file, c.var.inThread)
      const { unit, year } = identityIn(text)
      const assessed = new Set(visible.participants.map(({ unitId }) => unitId))
      const units = visible.units.filter((each) => assessed.has(each.id))
      return c.json(
        {
          fileName: file.name,
          writtenUnit: unit,
          unitId: meantUnit(unit, units)?.id ?? null,
          year,
          characters: text.length,
        },
        200,
      )
    },
  )
  .post(
    '/:id/reports',
    allow('report.write'),
    describe(
      tag,
      '存入年度报告（multipart 的 file，或 JSON 的 text；同一份文件只存一次，改过的是新的一版）',
      'Keep an annual report (multipart “file”, or JSON “text”); the same file is the same report, a corrected one the next version',
      { 200: kept, 201: kept },
    ),
    describeUpload({ unitId: [64, 'id of the unit'], year: [4, 'the year that it reports on'] }),
    async (c) => {
      const { source, fields } = await pastedOrFile(c.req)
      const { unitId, year } = parsedBy(whose, fields)
      const file = await reportFile(source, `${year}.txt`)
      const result = await keepReport(c.var, c.req.param('id'), { file, unitId, year })
      return c.json(result, result.isNew ? 201 : 200)
    },
  )
  .get(
    '/:id/reports/:reportId',
    allowIn('report.read'),
    describe(tag, '一份年度报告及核对结果', 'One report with what was observed', { 200: reportSchema }),
    async (c) => {
      const { deps, account, visible } = c.var
      const report = await findReport(deps.db, c.req.param('reportId'))
      const reaches = await reportReach(deps.db, visible, account)
      if (report?.assessmentId !== visible.assessment.id || !reaches(report.unitId))
        throw new Problem('not-found')
      return c.json(await reportView(deps.db, seenBy(c), report), 200)
    },
  )
