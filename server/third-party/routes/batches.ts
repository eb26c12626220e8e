import { Hono } from 'hono'
import { z } from 'zod'
import { listExternalBatches } from '../../../db/external-batches.ts'
import { allowIn } from '../../access/allow.ts'
import { readEvaluatorMarks } from '../../exchange/evaluator/marks.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { tagged } from '../../http/if-match.ts'
import { describeUpload } from '../../http/upload.ts'
import { parsedBy, validated } from '../../http/validated.ts'
import { id, pageFrom, pageOf, paging } from '../../http/wire.ts'
import { todayBy } from '../../today.ts'
import { acceptBatch } from '../accept-batch.ts'
import {
  batchMarksSchema,
  batchMarksView,
  batchSchema,
  batchViews,
  differencesSchema,
  differencesView,
} from '../batches-view.ts'
import { evaluatorFile, sheetsOf } from '../evaluator-file.ts'
import { fileSchema, fileView } from '../file-view.ts'
import { componentField, mappedFields } from '../upload-fields.ts'
import { commissionOf, externalComponent, lastBatch, requireTakesMarks, windowFor } from '../place.ts'
import { participantNames, previewOf, previewSchema } from '../preview.ts'

const tag = '第三方评估 · Third party'
const fields = {
  component: [120, 'key of the component'],
  window: [120, 'key of its window, where it has any'],
} as const
const mapped = { ...fields, mapping: [500_000, 'ColumnMapping as JSON'] } as const

export const thirdParty = new Hono<AppEnv>()
  .post(
    '/:id/third-party/file',
    allowIn('commission.write'),
    describe(tag, '读取评分文件并推测各列的含义', 'Read an evaluator’s file and guess its columns', {
      200: fileSchema,
    }),
    describeUpload(fields, ['window']),
    async (c) => {
      const { deps, language, visible } = c.var
      const file = await evaluatorFile(c.req)
      const component = externalComponent(visible, parsedBy(componentField, file.fields).component)
      requireTakesMarks(visible)
      const commission = await commissionOf(deps.db, visible.assessment.id, component.key)
      const sheets = await sheetsOf(file, language, c.var.inThread)
      return c.json(await fileView(deps.db, visible, file.name, sheets, component, commission), 200)
    },
  )
  .post(
    '/:id/third-party/preview',
    allowIn('commission.write'),
    describe(
      tag,
      '按列的对应关系预览评分，不写入',
      'What a file would give, read by a mapping; stores nothing',
      { 200: previewSchema },
    ),
    describeUpload(mapped, ['window']),
    async (c) => {
      const { deps, language, assessed, visible } = c.var
      const file = await evaluatorFile(c.req)
      const { component: key, window, mapping } = parsedBy(mappedFields, file.fields)
      const component = externalComponent(visible, key)
      const place = { component: key, window: windowFor(component, window) }
      requireTakesMarks(visible)
      await commissionOf(deps.db, visible.assessment.id, key)
      const sheets = await sheetsOf(file, language, c.var.inThread)
      const reading = readEvaluatorMarks(sheets, mapping, component, participantNames(visible))
      const last = lastBatch(await listExternalBatches(deps.db, visible.assessment.id), place)
      const on = await assessed.on(visible.assessment.id, todayBy(deps))
      const preview = previewOf(reading, place, visible, on, last, language)
      return tagged(c, preview, 200)
    },
  )
  .post(
    '/:id/third-party/batches',
    allowIn('commission.write'),
    describe(
      tag,
      '接受评分，成为新的批次（须带 If-Match；取代前一批次须写明理由）',
      'Accept a file as a new batch (needs If-Match; replacing a batch needs a reason)',
      { 201: z.object({ batchId: z.string(), rows: z.int() }) },
    ),
    describeUpload({ ...mapped, reason: [1000, 'why it replaces'] }, ['window', 'reason']),
    async (c) => {
      const { language, visible } = c.var
      const file = await evaluatorFile(c.req)
      const fields = parsedBy(mappedFields, file.fields)
      const component = externalComponent(visible, fields.component)
      requireTakesMarks(visible)
      const sheets = await sheetsOf(file, language, c.var.inThread)
      const reading = readEvaluatorMarks(sheets, fields.mapping, component, participantNames(visible))
      const read = { file, sheets, reading, fields }
      const batchId = await acceptBatch(c.var, visible.assessment.id, read, c.req.header('if-match'))
      return c.json({ batchId, rows: reading.rows.length }, 201)
    },
  )
  .get(
    '/:id/third-party/batches',
    allowIn('commission.read'),
    describe(tag, '评分批次，最新的在前', 'Batches of marks, newest first', { 200: pageOf(batchSchema) }),
    validated('query', paging.extend({ component: z.string().max(120).optional() })),
    async (c) => {
      const { component, ...page } = c.req.valid('query')
      return c.json(pageFrom(await batchViews(c.var.deps.db, c.var.visible, component), page), 200)
    },
  )
  .get(
    '/:id/third-party/batches/:batchId/marks',
    allowIn('commission.read'),
    describe(tag, '一个批次的评分：原分和折算后的分', 'The marks of a batch, as given and as they count', {
      200: batchMarksSchema,
    }),
    async (c) => c.json(await batchMarksView(c.var.deps.db, c.var.visible, c.req.param('batchId')), 200),
  )
  .get(
    '/:id/third-party/batches/:batchId/differences',
    allowIn('commission.read'),
    describe(tag, '两个批次的差异和对名次的影响', 'What differs between two batches, and what it does', {
      200: differencesSchema,
    }),
    validated('query', z.object({ against: id.optional() })),
    async (c) => {
      const { against } = c.req.valid('query')
      return c.json(await differencesView(c.var, c.var.visible, c.req.param('batchId'), against), 200)
    },
  )
