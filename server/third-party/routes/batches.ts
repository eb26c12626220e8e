import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import { batchDifferences } from '#assessment/score/batch-differences'
import type { ExternalMark } from '#assessment/score/facts'
import { listAccounts } from '../../../db/accounts.ts'
import { touchAssessment } from '../../../db/assessments.ts'
import { appendAudit } from '../../../db/audit.ts'
import {
  findColumnMapping,
  listCommissions,
  saveColumnMapping,
  type Commission,
} from '../../../db/commissions.ts'
import type { Source } from '../../../db/source.ts'
import { insertEvidence } from '../../../db/evidence.ts'
import {
  insertExternalBatch,
  listBatchMarks,
  listExternalBatches,
  type ExternalBatch,
} from '../../../db/external-batches.ts'
import { newId } from '../../../db/ids.ts'
import { insertExternalMarks } from '../../../db/marks.ts'
import { allow } from '../../access/allow.ts'
import { visibleAssessment } from '../../access/visibility.ts'
import { holdRoom } from '../../evidence/quota.ts'
import { removeStored } from '../../evidence/storage.ts'
import { textOf } from '../../exchange/spreadsheet/cell.ts'
import { readEvaluatorMarks } from '../../exchange/evaluator/marks.ts'
import {
  applyRemembered,
  guessMapping,
  rememberMapping,
  type ColumnMapping,
  type RememberedMapping,
} from '../../exchange/evaluator/mapping.ts'
import { Problem } from '../../http/problem.ts'
import { dayInChina } from '../../today.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { requireMatch } from '../../http/if-match.ts'
import { effectOfMarks } from '../effect.ts'
import { evaluatorFile, keepEvaluatorFile, mediaTypeFor, sheetsOf } from '../file.ts'
import { externalComponent, requireTakesMarks } from '../place.ts'
import { marksOfRows, messageView, participantNames, previewEtag, previewOf } from '../preview.ts'
import { batchView, differencesSchema, fileReading, mappingSchema, previewSchema } from '../wire.ts'
import { parsedBy, validated } from '../../http/validated.ts'
import { id, pageFrom, pageOf, paging } from '../../http/wire.ts'

const tag = '第三方评估 · Third party'
const shown = { rows: 30, columns: 40, characters: 60 } as const

const upload = (fields: Readonly<Record<string, string>>) =>
  describeRoute({
    requestBody: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: {
            type: 'object',
            properties: {
              file: { type: 'string', format: 'binary' },
              ...Object.fromEntries(
                Object.entries(fields).map(([name, description]) => [
                  name,
                  { type: 'string' as const, description },
                ]),
              ),
            },
            required: ['file', ...Object.keys(fields).filter((name) => name !== 'reason')],
          },
        },
      },
    },
  })

const asJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
const componentField = z.object({ component: z.string().min(1).max(120) })
const mappedFields = componentField.extend({
  mapping: z.string().max(500_000).transform(asJson).pipe(mappingSchema),
  reason: z.string().trim().max(1000).optional(),
})

/** Who evaluates the component. Throws `commission-missing`. */
async function commissionOf(db: Source, assessmentId: string, component: string): Promise<Commission> {
  const found = (await listCommissions(db, assessmentId)).find((one) => one.component === component)
  if (!found) throw new Problem('commission-missing')
  return found
}

const lastBatch = (batches: readonly ExternalBatch[], component: string): ExternalBatch | undefined =>
  batches.find((one) => one.component === component)

const asFacts = (rows: Awaited<ReturnType<typeof listBatchMarks>>): ExternalMark[] =>
  rows.map(({ unitId, component, dimension, marks, onDay }) => ({
    unitId,
    component,
    dimension,
    marks,
    on: onDay,
  }))

export const thirdParty = new Hono<AppEnv>()
  .post(
    '/:id/third-party/file',
    allow('commission.write'),
    describe(tag, '读取评分文件并推测各列的含义', 'Read an evaluator’s file and guess its columns', {
      200: fileReading,
    }),
    upload({ component: 'key of the component' }),
    async (c) => {
      const { deps, account, scope, language } = c.var
      const visible = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
      const file = await evaluatorFile(c.req.parseBody())
      const component = externalComponent(visible, parsedBy(componentField, file.fields).component)
      requireTakesMarks(visible)
      const commission = await commissionOf(deps.db, visible.assessment.id, component.key)
      const sheets = await sheetsOf(file, language, c.req.raw.signal)
      const { unitId } = visible.assessment
      const stored = await findColumnMapping(deps.db, unitId, commission.evaluator)
      const last = stored ? (JSON.parse(stored.body) as RememberedMapping) : undefined
      const remembered = last ? applyRemembered(last, sheets) : null
      const names = participantNames(visible).map(({ name }) => name)
      const guess = remembered ?? guessMapping(sheets, component, names)
      // Dimensions may have changed since, with the scheme.
      const keys = new Set(component.dimensions.map(({ key }) => key))
      const mapping = guess && {
        ...guess,
        dimensions: guess.dimensions.filter(({ key }) => keys.has(key)).map((one) => ({ ...one })),
        names: (last?.mapping.names ?? []).map((one) => ({ ...one })),
      }
      return c.json(
        {
          fileName: file.name,
          sheets: sheets.map(({ name, rows }) => ({
            name,
            rowCount: rows.length,
            columnCount: Math.min(shown.columns, Math.max(0, ...rows.map(({ cells }) => cells.length))),
            rows: rows.slice(0, shown.rows).map(({ number, cells }) => ({
              number,
              cells: Array.from({ length: Math.min(cells.length, shown.columns) }, (_, at) => {
                const cell = cells[at]
                return cell === undefined ? '' : textOf(cell).slice(0, shown.characters)
              }),
            })),
          })),
          mapping,
          remembered: remembered !== null,
        },
        200,
      )
    },
  )
  .post(
    '/:id/third-party/preview',
    allow('commission.write'),
    describe(
      tag,
      '按列的对应关系预览评分，不写入',
      'What a file would give, read by a mapping; stores nothing',
      {
        200: previewSchema,
      },
    ),
    upload({ component: 'key of the component', mapping: 'ColumnMapping as JSON' }),
    async (c) => {
      const { deps, account, scope, language, assessed } = c.var
      const visible = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
      const file = await evaluatorFile(c.req.parseBody())
      const { component: key, mapping } = parsedBy(mappedFields, file.fields)
      const component = externalComponent(visible, key)
      requireTakesMarks(visible)
      await commissionOf(deps.db, visible.assessment.id, key)
      const sheets = await sheetsOf(file, language, c.req.raw.signal)
      const reading = readEvaluatorMarks(sheets, mapping, component, participantNames(visible))
      const today = dayInChina(deps.clock())
      const last = lastBatch(await listExternalBatches(deps.db, visible.assessment.id), key)
      const on = await assessed.on(visible.assessment.id, today)
      const preview = previewOf(reading, component, visible, on, last, today, language)
      return c.json({ ...preview, batchId: null }, 200, { etag: preview.etag })
    },
  )
  .post(
    '/:id/third-party/batches',
    allow('commission.write'),
    describe(
      tag,
      '接受评分，成为新的批次（须带 If-Match；取代前一批次须写明理由）',
      'Accept a file as a new batch (needs If-Match; replacing a batch needs a reason)',
      { 201: z.object({ batchId: z.string(), rows: z.int() }) },
    ),
    upload({
      component: 'key of the component',
      mapping: 'ColumnMapping as JSON',
      reason: 'why it replaces',
    }),
    async (c) => {
      const { deps, account, scope, language } = c.var
      const seen = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
      const file = await evaluatorFile(c.req.parseBody())
      const { component: key, mapping, reason } = parsedBy(mappedFields, file.fields)
      const component = externalComponent(seen, key)
      requireTakesMarks(seen)
      const sheets = await sheetsOf(file, language, c.req.raw.signal)
      const reading = readEvaluatorMarks(sheets, mapping, component, participantNames(seen))
      if (reading.errors.length > 0)
        throw new Problem('marks-invalid', {
          params: { count: reading.errors.length },
          errors: (language) =>
            reading.errors.slice(0, 300).map((one) => {
              const { sheet, ...view } = messageView(one, language)
              return { ...view, sheet: sheet ?? '' }
            }),
        })
      const now = deps.clock()
      const [at, today] = [now.toISOString(), dayInChina(now)]
      const storedName = await keepEvaluatorFile(deps.dataDir, file)
      try {
        const batchId = await deps.db.transaction().execute(async (trx) => {
          const visible = await visibleAssessment(trx, account, scope, seen.assessment.id)
          const { assessment } = visible
          requireTakesMarks(visible)
          // First of all writes, so that two acceptances at once come one after the other.
          await touchAssessment(trx, assessment.id)
          const commission = await commissionOf(trx, assessment.id, key)
          const last = lastBatch(await listExternalBatches(trx, assessment.id), key)
          requireMatch(c.req.header('if-match'), previewEtag(visible, key, last))
          if (last && !reason) throw new Problem('batch-reason-required')
          const requireRoom = await holdRoom(trx, assessment.unitId)
          requireRoom(file.bytes.byteLength)
          const evidence = await insertEvidence(trx, {
            id: newId(),
            assessmentId: assessment.id,
            unitId: assessment.unitId,
            fileName: file.name,
            mediaType: mediaTypeFor(file),
            bytes: file.bytes.byteLength,
            sha256: file.sha256,
            storedName,
            url: null,
            documentDate: null,
            uploadedBy: account.id,
            uploadedAt: at,
            uploadId: null,
            factId: null,
            claimId: null,
          })
          const batch = {
            id: newId(),
            assessmentId: assessment.id,
            component: key,
            commissionId: commission.id,
            fileName: file.name,
            sha256: file.sha256,
            mapping: JSON.stringify(mapping),
            evidenceId: evidence.id,
            supersedes: last?.id ?? null,
            reason: reason ? reason : null,
            onDay: today,
            recordedBy: account.id,
            recordedAt: at,
          }
          await insertExternalBatch(trx, batch)
          const given = reading.rows.flatMap(({ marks }) => marks)
          await insertExternalMarks(
            trx,
            marksOfRows(reading.rows, key, today).map((mark, index) => ({
              id: newId(),
              assessmentId: assessment.id,
              component: key,
              dimension: mark.dimension,
              unitId: mark.unitId,
              marks: mark.marks,
              onDay: mark.on,
              importId: null,
              batchId: batch.id,
              givenMarks: given[index]?.given ?? null,
              givenFull: given[index]?.givenFull ?? null,
              recordedBy: account.id,
              recordedAt: at,
            })),
          )
          const sheet = sheets.find(({ name }) => name === mapping.sheet)
          if (sheet)
            await saveColumnMapping(trx, {
              assessingUnitId: assessment.unitId,
              evaluator: commission.evaluator,
              body: JSON.stringify(rememberMapping(mapping satisfies ColumnMapping, sheet)),
              updatedAt: at,
            })
          await appendAudit(trx, {
            at,
            accountId: account.id,
            action: 'batch.accept',
            subject: batch.id,
            detail: {
              assessment: assessment.id,
              component: key,
              file: file.name,
              sha256: file.sha256,
              supersedes: batch.supersedes,
              reason: batch.reason,
            },
          })
          return batch.id
        })
        return c.json({ batchId, rows: reading.rows.length }, 201)
      } catch (error) {
        await removeStored(deps.dataDir, storedName)
        throw error
      }
    },
  )
  .get(
    '/:id/third-party/batches',
    allow('commission.read'),
    describe(tag, '评分批次，最新的在前', 'Batches of marks, newest first', { 200: pageOf(batchView) }),
    validated('query', paging.extend({ component: z.string().max(120).optional() })),
    async (c) => {
      const { deps, account, scope } = c.var
      const { component, ...asked } = c.req.valid('query')
      const visible = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
      const all = await listExternalBatches(deps.db, visible.assessment.id)
      const names = new Map((await listAccounts(deps.db)).map((one) => [one.id, one.name]))
      const views = all
        .filter((one) => component === undefined || one.component === component)
        .map((one) => ({
          id: one.id,
          component: one.component,
          fileName: one.fileName,
          sha256: one.sha256,
          onDay: one.onDay,
          recordedBy: names.get(one.recordedBy ?? '') ?? null,
          recordedAt: one.recordedAt,
          units: one.units,
          marked: one.marked,
          evidenceId: one.evidenceId,
          supersedes: one.supersedes,
          reason: one.reason,
          counts: lastBatch(all, one.component)?.id === one.id,
        }))
      return c.json(pageFrom(views, asked), 200)
    },
  )
  .get(
    '/:id/third-party/batches/:batchId/differences',
    allow('commission.read'),
    describe(tag, '两个批次的差异和对名次的影响', 'What differs between two batches, and what it does', {
      200: differencesSchema,
    }),
    validated('query', z.object({ against: id.optional() })),
    async (c) => {
      const { deps, account, scope, assessed } = c.var
      const visible = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
      const all = await listExternalBatches(deps.db, visible.assessment.id)
      const to = all.find((one) => one.id === c.req.param('batchId'))
      const against = c.req.valid('query').against ?? to?.supersedes
      const from = all.find((one) => one.id === against && one.component === to?.component)
      if (!to || !from) throw new Problem('not-found')
      const [before, after] = [
        asFacts(await listBatchMarks(deps.db, from.id)),
        asFacts(await listBatchMarks(deps.db, to.id)),
      ]
      const differences = batchDifferences(before, after)
      const on = await assessed.load(visible.assessment.id)
      const effect = effectOfMarks(on, dayInChina(deps.clock()), to.component, before, after)
      const names = new Map(visible.units.map((one) => [one.id, one.name]))
      const groups = new Map(visible.participants.map((one) => [one.unitId, one.groupName]))
      const about = (unitId: string) => ({
        unit: { id: unitId, name: names.get(unitId) ?? '' },
        group: groups.get(unitId) ?? '',
        ...effect(unitId),
      })
      const component = externalComponent(visible, to.component)
      const own = new Set(differences.map(({ unitId }) => unitId))
      const count = (change: string) => differences.filter((one) => one.change === change).length
      return c.json(
        {
          from: { id: from.id, name: from.fileName },
          to: { id: to.id, name: to.fileName },
          counts: { added: count('added'), removed: count('removed'), changed: count('changed') },
          items: differences.map(({ unitId, dimension, change, from, to }) => ({
            ...about(unitId),
            dimension: component.dimensions.find(({ key }) => key === dimension)?.name ?? dimension,
            change,
            marks: { from, to },
          })),
          moved: visible.participants
            .filter(({ unitId }) => !own.has(unitId))
            .map(({ unitId }) => about(unitId))
            .filter(({ rank }) => rank.from !== rank.to),
        },
        200,
      )
    },
  )
