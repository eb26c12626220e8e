import { Hono } from 'hono'
import { z } from 'zod'
import type { Language } from '#assessment/language'
import { signedIn } from '../../access/allow.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { asDownload, xlsx } from '../../http/download.ts'
import { validated } from '../../http/validated.ts'
import { dayInChina } from '../../today.ts'

const tag = '工作簿 · Workbook'

/** A table of 50,000 rows does not fit into what other requests may send. */
export const tablePath = '/api/tables.xlsx'
export const tableLimit = 16 * 1024 * 1024

const mostColumns = 60
const mostRows = 50_000
const cell = z.union([z.string().max(30_000), z.number(), z.null()])

const shownTable = z
  .strictObject({
    title: z.string().trim().min(1).max(200),
    /** Where the figures come from, e.g. the assessment and its day, and how they were filtered. */
    source: z.string().trim().max(2000),
    columns: z
      .array(
        z.strictObject({ label: z.string().max(300), format: z.enum(['text', 'number', 'points', 'day']) }),
      )
      .min(1)
      .max(mostColumns),
    rows: z.array(z.array(cell).max(mostColumns)).max(mostRows),
  })
  .meta({ id: 'ShownTable' })

const taken: Readonly<Record<Language, (day: string) => string>> = {
  'zh-CN': (day) => `导出日期：${day}`,
  en: (day) => `Exported on ${day}`,
}

/** A name that every system takes. */
const fileName = (title: string): string => title.replace(/[\p{Cc}\\/:*?"<>|]/gu, ' ').trim() || 'table'

/** Tables as they stand on somebody's screen, for Excel: nothing is looked up, the file holds what was sent. */
export const tables = new Hono<AppEnv>().post(
  '/tables.xlsx',
  signedIn(),
  describe(tag, '把屏幕上的表格写成工作簿', 'A table as it stands on screen, as a workbook', { 200: xlsx }),
  validated('json', shownTable),
  async (c) => {
    const { title, source, columns, rows } = c.req.valid('json')
    const day = dayInChina(c.var.deps.clock())
    const book = await c.var.inThread('write-table', {
      title,
      notes: [...(source === '' ? [] : [source]), taken[c.var.language](day)],
      columns: columns.map(({ label, format }) => ({ name: label, format })),
      rows,
    })
    return c.body(new Uint8Array(book), 200, asDownload(xlsx, `${fileName(title)} ${day}.xlsx`))
  },
)
