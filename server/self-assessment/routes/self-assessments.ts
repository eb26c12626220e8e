import { Hono } from 'hono'
import { z } from 'zod'
import { formAreas, selfStates } from '#assessment/score/self-assessment'
import { findEvidence, deleteStaged } from '../../../db/evidence.ts'
import {
  deleteDraftEvidence,
  findDraftEvidence,
  holdAssessment,
  insertDraftEvidence,
  listAnswered,
  listDrafts,
  saveDraft,
} from '../../../db/drafts.ts'
import { namesOf } from '../../../db/accounts.ts'
import { allow } from '../../access/allow.ts'
import { visibleAssessment } from '../../access/visibility.ts'
import { evidenceSchema, evidenceView } from '../../evidence/evidence-view.ts'
import { removeStored } from '../../evidence/storage.ts'
import { Problem } from '../../http/problem.ts'
import { dayInChina } from '../../today.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { requireMatch } from '../../http/if-match.ts'
import { enteredMarks, requireWithinFull } from '../entry.ts'
import { draftEtag, formView, windowView } from '../form.ts'
import { leafIn, placeBody, placeQuery, unitWindowAt, windowAt } from '../place.ts'
import { requireStep, standingIn, standingsOf } from '../state.ts'
import { totalsOf } from '../sums.ts'
import { entrySchema, formSchema, unitProgressSchema, windowSchema } from '../wire.ts'
import { validated } from '../../http/validated.ts'
import { id, pageFrom, pageOf, paging, text } from '../../http/wire.ts'

const tag = '自我考核 · Self-assessment'

const progress = pageOf(unitProgressSchema).extend({
  component: z.object({ key: z.string(), name: z.string() }),
  window: windowSchema,
  windows: z.array(windowSchema),
  counts: z.record(z.enum(selfStates), z.int()),
  overdue: z.int(),
})

const draftBody = placeBody.extend({
  leaf: text(200),
  marks: enteredMarks.nullable(),
  notApplicable: z.boolean().default(false),
  note: z
    .string()
    .trim()
    .max(2000)
    .nullable()
    .transform((note) => (note === '' ? null : note)),
})

export const selfAssessments = new Hono<AppEnv>()
  .get(
    '/:id/self-assessments',
    allow('self.read'),
    describe(tag, '各单位自评进度', 'How far each unit is in a window', { 200: progress }),
    validated('query', paging.extend({ ...placeQuery.shape, state: z.enum(selfStates).optional() })),
    async (c) => {
      const { deps, account, scope } = c.var
      const { component, window, state, ...page } = c.req.valid('query')
      const today = dayInChina(deps.clock())
      const visible = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
      const at = await windowAt(deps.db, visible, { component, window }, today)
      const standings = await standingsOf(deps.db, at.place)
      const drafted = new Map<string, Set<string>>()
      for (const { unitId, leaf } of await listAnswered(deps.db, at.place))
        drafted.set(unitId, (drafted.get(unitId) ?? new Set()).add(leaf))
      const names = new Map(visible.units.map(({ id, name }) => [id, name]))
      const all = visible.participants
        .filter(({ unitId }) => scope !== 'own-unit' || unitId === account.unit?.id)
        .map((row) => {
          const standing = standings.of(row.unitId)
          const leaves = formAreas(at.component, row.groupName).flatMap((area) => area.leaves)
          const handedIn = standing.events.find(({ type }) => type === 'submitted' || type === 'resubmitted')
          const isDraft = standing.state === 'draft'
          const totals = totalsOf(
            leaves,
            (leaf) => {
              const claim = standing.claims.get(leaf)
              return isDraft || claim === undefined
                ? null
                : { marks: claim.marks, notApplicable: claim.notApplicable === 1 }
            },
            standing.marks,
          )
          const filled = leaves.filter(({ key }) => drafted.get(row.unitId)?.has(key)).length
          return {
            unitId: row.unitId,
            unit: names.get(row.unitId) ?? '',
            group: row.groupName,
            state: standing.state,
            submittedOn: isDraft ? null : (handedIn?.onDay ?? null),
            lastOn: standing.events.at(-1)?.onDay ?? null,
            isOverdue: isDraft && at.windowFor(row.unitId).dueOn < today,
            totals: isDraft ? { ...totals, filled } : totals,
          }
        })
      const counts = { draft: 0, submitted: 0, returned: 0, resubmitted: 0, verified: 0 }
      for (const one of all) counts[one.state]++
      return c.json(
        {
          ...pageFrom(
            all.filter((one) => state === undefined || one.state === state),
            page,
          ),
          component: { key: at.component.key, name: at.component.name },
          window: windowView(at.window),
          windows: at.windows.map(windowView),
          counts,
          overdue: all.filter(({ isOverdue }) => isOverdue).length,
        },
        200,
      )
    },
  )
  .get(
    '/:id/self-assessments/:unitId',
    allow('self.read'),
    describe(tag, '一个单位的自评表', 'The form of one unit in a window', { 200: formSchema }),
    validated('query', placeQuery),
    async (c) => {
      const { deps, account, scope } = c.var
      const today = dayInChina(deps.clock())
      const visible = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
      const at = await windowAt(deps.db, visible, c.req.valid('query'), today)
      const form = await formView(
        deps.db,
        unitWindowAt(at, c.req.param('unitId'), account, scope),
        account,
        today,
      )
      return c.json(form, 200, { etag: form.etag })
    },
  )
  .put(
    '/:id/self-assessments/:unitId/draft',
    allow('self.fill'),
    describe(
      tag,
      '保存一项的自评（If-Match 为该项的版本）',
      'Save one leaf as it is filled in; a stale If-Match gets 412 with the present value in “current”',
      { 200: entrySchema },
    ),
    validated('json', draftBody),
    async (c) => {
      const { deps, account, scope } = c.var
      const { leaf: key, marks, notApplicable, note, ...asked } = c.req.valid('json')
      const now = deps.clock()
      const saved = await deps.db.transaction().execute(async (trx) => {
        const visible = await visibleAssessment(trx, account, scope, c.req.param('id'))
        await holdAssessment(trx, visible.assessment.id)
        const window = await windowAt(trx, visible, asked, dayInChina(now))
        const at = unitWindowAt(window, c.req.param('unitId'), account, scope)
        const { leaf } = leafIn(at.areas, key)
        requireStep('fill', await standingIn(trx, at.place, at.unit.id), at)
        const present = (await listDrafts(trx, at.unitPlace)).find((row) => row.leaf === leaf.key)
        const refuseStale = async (): Promise<never> => {
          const current = (await listDrafts(trx, at.unitPlace)).find((row) => row.leaf === leaf.key)
          const names = await namesOf(trx, current ? [current.updatedBy] : [])
          throw new Problem('stale', {
            extensions: {
              current: {
                marks: current?.marks ?? null,
                notApplicable: current?.notApplicable === 1,
                note: current?.note ?? null,
                etag: draftEtag(current),
                updatedBy: names.get(current?.updatedBy ?? '')?.name ?? null,
                updatedAt: current?.updatedAt ?? null,
              },
            },
          })
        }
        try {
          requireMatch(c.req.header('if-match'), draftEtag(present))
        } catch (error) {
          if (error instanceof Problem && error.code === 'stale') return refuseStale()
          throw error
        }
        requireWithinFull(notApplicable ? null : marks, leaf.full)
        const draft = await saveDraft(
          trx,
          {
            ...at.unitPlace,
            leaf: leaf.key,
            marks: notApplicable ? null : marks,
            notApplicable: notApplicable ? 1 : 0,
            note,
            updatedBy: account.id,
            updatedAt: now.toISOString(),
          },
          present?.version ?? 0,
        )
        return draft ?? refuseStale()
      })
      const etag = draftEtag(saved)
      return c.json(
        {
          marks: saved.marks,
          notApplicable: saved.notApplicable === 1,
          note: saved.note,
          etag,
          updatedBy: account.name,
          updatedAt: saved.updatedAt,
        },
        200,
        { etag },
      )
    },
  )
  .put(
    '/:id/self-assessments/:unitId/evidence',
    allow('self.fill'),
    describe(tag, '把已上传的材料归入一项指标', 'Mean uploaded evidence for a leaf', { 200: evidenceSchema }),
    validated('json', placeBody.extend({ leaf: text(200), evidenceId: id })),
    async (c) => {
      const { deps, account, scope } = c.var
      const { leaf: key, evidenceId, ...asked } = c.req.valid('json')
      const view = await deps.db.transaction().execute(async (trx) => {
        const visible = await visibleAssessment(trx, account, scope, c.req.param('id'))
        await holdAssessment(trx, visible.assessment.id)
        const window = await windowAt(trx, visible, asked, dayInChina(deps.clock()))
        const at = unitWindowAt(window, c.req.param('unitId'), account, scope)
        const { leaf } = leafIn(at.areas, key)
        requireStep('fill', await standingIn(trx, at.place, at.unit.id), at)
        const row = await findEvidence(trx, evidenceId)
        const isStaged = row?.factId === null && row.claimId === null
        if (!row || !isStaged || row.uploadedBy !== account.id || row.assessmentId !== visible.assessment.id)
          throw new Problem('evidence-not-staged')
        await insertDraftEvidence(trx, { evidenceId: row.id, ...at.unitPlace, leaf: leaf.key })
        return evidenceView(row, visible.assessment)
      })
      return c.json(view, 200)
    },
  )
  .delete(
    '/:id/self-assessments/:unitId/evidence/:evidenceId',
    allow('self.fill'),
    describe(tag, '从自评中移去材料', 'Take evidence out of the form', { 204: null }),
    async (c) => {
      const { deps, account, scope } = c.var
      const gone = await deps.db.transaction().execute(async (trx) => {
        const visible = await visibleAssessment(trx, account, scope, c.req.param('id'))
        await holdAssessment(trx, visible.assessment.id)
        const meant = await findDraftEvidence(trx, c.req.param('evidenceId'))
        if (meant?.assessmentId !== visible.assessment.id || meant.unitId !== c.req.param('unitId'))
          throw new Problem('not-found')
        const asked = { component: meant.component, window: meant.windowKey }
        const window = await windowAt(trx, visible, asked, dayInChina(deps.clock()))
        const at = unitWindowAt(window, meant.unitId, account, scope)
        requireStep('fill', await standingIn(trx, at.place, at.unit.id), at)
        await deleteDraftEvidence(trx, meant.evidenceId)
        // What an earlier claim rests on stays with that claim.
        return deleteStaged(trx, meant.evidenceId)
      })
      if (gone?.storedName) await removeStored(deps.dataDir, gone.storedName)
      return c.body(null, 204)
    },
  )
