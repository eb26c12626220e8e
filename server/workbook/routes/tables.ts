import { Hono } from 'hono'
import type { Language } from '#assessment/language'
import { signedIn } from '../../access/allow.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { asDownload, xlsx } from '../../http/download.ts'
import { invalid, readElsewhere } from '../../http/validated.ts'
import { sentTable } from '../../exchange/spreadsheet/sent-table.ts'
import { dayInChina } from '../../today.ts'

const tag = '工作簿 · Workbook'

/** A table of 50,000 rows does not fit into what other requests may send. */
export const tablePath = '/api/tables.xlsx'
export const tableLimit = 16 * 1024 * 1024

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
  readElsewhere(sentTable),
  async (c) => {
    const day = dayInChina(c.var.deps.clock())
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    const table = await c.var.inThread('write-table', { bytes, note: taken[c.var.language](day) })
    if ('issues' in table) throw invalid(table.issues)
    return c.body(new Uint8Array(table.book), 200, asDownload(xlsx, `${fileName(table.title)} ${day}.xlsx`))
  },
)
