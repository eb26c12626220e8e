import { Hono, type Context } from 'hono'
import { describeRoute } from 'hono-openapi'
import { diffSchemes } from '#assessment/rule/scheme-diff'
import type { Scheme } from '#assessment/rule/scheme'
import { allow } from '../../access/allow.ts'
import { visibleScheme } from '../../access/visible-schemes.ts'
import { messageText } from '../../exchange/spreadsheet/messages.ts'
import { readScheme, writeScheme } from '../../exchange/workbook/scheme-sheets.ts'
import { Problem } from '../../http/problem.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { schemeBody } from '../body.ts'
import { schemeDiffSchema } from '../diff-wire.ts'
import { schemeSchema } from '../view.ts'
import { parsedBy } from '../../http/validated.ts'

const tag = '考核办法 · Schemes'
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const asDownload = (type: string, name: string): Record<string, string> => ({
  'content-type': type,
  'content-disposition': `attachment; filename="scheme"; filename*=UTF-8''${encodeURIComponent(name)}`,
})

async function fileOf(c: Context): Promise<File> {
  const body: unknown = await c.req.parseBody().catch(() => null)
  const file = typeof body === 'object' && body !== null && 'file' in body ? body.file : undefined
  if (!(file instanceof File)) throw new Problem('file-missing')
  return file
}

/** A JSON file as a scheme; what is no JSON is refused like a scheme of the wrong shape. */
function schemeOfJson(text: string): Scheme {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    value = undefined
  }
  return parsedBy(schemeBody, value)
}

async function schemeOfFile(file: File, base: Scheme): Promise<Scheme> {
  if (/\.json$/i.test(file.name)) return schemeOfJson(await file.text())
  const reading = await readScheme(new Uint8Array(await file.arrayBuffer()), base)
  if (reading.ok) return parsedBy(schemeBody, reading.scheme)
  throw new Problem('scheme-file-invalid', {
    params: { count: reading.problems.length },
    errors: (language) =>
      reading.problems.map(({ sheet, row, column, code, params }) => ({
        sheet: sheet ?? '',
        row,
        column,
        code,
        message: messageText(code, params, language),
      })),
  })
}

const upload = describeRoute({
  requestBody: {
    required: true,
    content: {
      'multipart/form-data': {
        schema: {
          type: 'object',
          properties: { file: { type: 'string', format: 'binary' } },
          required: ['file'],
        },
      },
    },
  },
})

export const schemeFiles = new Hono<AppEnv>()
  .get(
    '/:id/scheme.xlsx',
    allow('scheme.read'),
    describe(tag, '导出为工作簿（含指标体系）', 'The scheme as a workbook with its indicator tree', {
      200: xlsx,
    }),
    async (c) => {
      const { deps, account, scope } = c.var
      const { stored } = await visibleScheme(deps.db, account, scope, c.req.param('id'))
      const bytes = new Uint8Array(await writeScheme(stored.scheme))
      return c.body(bytes, 200, asDownload(xlsx, `${stored.name} ${stored.version}.xlsx`))
    },
  )
  .get(
    '/:id/scheme.json',
    allow('scheme.read'),
    describe(tag, '导出为 JSON（全部内容）', 'The whole scheme as JSON', { 200: schemeSchema }),
    async (c) => {
      const { deps, account, scope } = c.var
      const { stored } = await visibleScheme(deps.db, account, scope, c.req.param('id'))
      const text = `${JSON.stringify(stored.scheme, null, 2)}\n`
      return c.body(text, 200, asDownload('application/json', `${stored.name} ${stored.version}.json`))
    },
  )
  .post(
    '/:id/read-file',
    allow('scheme.write'),
    describe(
      tag,
      '读取 .xlsx 或 JSON 文件，给出与草稿的差别；不保存',
      'Reads an .xlsx or JSON file and tells how it differs from the draft; stores nothing',
      { 200: schemeDiffSchema.extend({ scheme: schemeSchema }) },
    ),
    upload,
    async (c) => {
      const { deps, account, scope } = c.var
      const { stored } = await visibleScheme(deps.db, account, scope, c.req.param('id'))
      const scheme = await schemeOfFile(await fileOf(c), stored.scheme)
      return c.json({ ...diffSchemes(stored.scheme, scheme), scheme }, 200)
    },
  )
