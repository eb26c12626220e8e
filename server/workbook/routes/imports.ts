import { Hono } from 'hono'
import { stream } from 'hono/streaming'
import { z } from 'zod'
import { allow } from '../../access/allow.ts'
import { limits } from '../../exchange/spreadsheet/limits.ts'
import { Problem, problemDetails } from '../../http/problem.ts'
import { isOurs, problemOf } from '../../http/problem-of.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { importReport, refusalOf } from '../import-report.ts'
import { previewImport, runImport } from '../import-run.ts'
import { bytesOf, describeUpload, formWithFile } from '../../http/upload.ts'
import { validated } from '../../http/validated.ts'

/** Requests that carry a workbook, and how large they may be: the file and a little around it. */
export const importPath =
  /^\/api\/assessments\/[^/]+\/(import|findings\/batch|third-party\/(file|preview|batches))$/
export const importLimit = limits.fileBytes + 64 * 1024

const yes = z.enum(['0', '1']).optional()

/** At most this many progress lines. */
const PROGRESS_LINES = 100

/** Lets through about every hundredth part, and the first and last. */
function thinned(send: (done: number, of: number) => void): (done: number, of: number) => void {
  let next = 0
  return (done, of) => {
    if (done < next && done < of) return
    next = done + of / PROGRESS_LINES
    send(done, of)
  }
}

export const imports = new Hono<AppEnv>().post(
  '/:id/import',
  allow('workbook.import'),
  describe(
    '工作簿 · Workbook',
    '导入考核工作簿（multipart，字段 file）',
    'Import a workbook (multipart, field “file”)',
    { 200: importReport },
  ),
  describeUpload(),
  validated('query', z.object({ dryRun: yes, history: yes })),
  async (c) => {
    const { deps, language, requestId } = c.var
    const asked = c.req.valid('query')
    const dryRun = asked.dryRun === '1'
    const history = asked.history === undefined ? undefined : asked.history === '1'
    const { file: sent } = await formWithFile(c.req)
    const file = { name: sent.name.slice(0, 200), bytes: await bytesOf(sent) }
    const cancel = new AbortController()
    const signal = AbortSignal.any([cancel.signal, c.req.raw.signal])
    const order = { assessmentId: c.req.param('id'), file, history, language, signal }
    const run = (onProgress: (done: number, of: number) => void) =>
      dryRun ? previewImport(c.var, order) : runImport(c.var, { ...order, onProgress })

    if (!(c.req.header('accept') ?? '').includes('application/x-ndjson')) {
      const report = await run(() => undefined)
      if (!dryRun && !report.committed) throw refusalOf(report)
      return c.json(report, 200)
    }

    c.header('content-type', 'application/x-ndjson; charset=utf-8')
    c.header('x-accel-buffering', 'no')
    return stream(c, async (lines) => {
      lines.onAbort(() => cancel.abort(new Problem('cancelled')))
      const send = async (line: object) => void (await lines.write(`${JSON.stringify(line)}\n`))
      const onProgress = thinned((done, of) => void send({ type: 'progress', done, of }))
      try {
        await send({ type: 'progress', done: 0, of: 0 })
        const report = await run(onProgress)
        await send({ type: 'report', ...report })
      } catch (error) {
        if (cancel.signal.aborted) return
        const problem = problemOf(error)
        if (isOurs(problem)) deps.log.error({ err: error, requestId }, 'import failed')
        await send({ ...problemDetails(problem, language, requestId), type: 'problem' })
      }
    })
  },
)
