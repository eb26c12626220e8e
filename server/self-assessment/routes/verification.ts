import { Hono } from 'hono'
import type { Transaction } from 'kysely'
import { z } from 'zod'
import type { Day } from '#assessment/day'
import { compare, decimal, type Decimal } from '#assessment/rational'
import { touchAssessment } from '../../../db/assessments.ts'
import { appendAudit } from '../../../db/audit.ts'
import { newId } from '../../../db/ids.ts'
import { insertSubmissions, insertVerifiedMarks } from '../../../db/marks.ts'
import type { Tables } from '../../../db/tables.ts'
import { allow } from '../../access/allow.ts'
import type { Account } from '../../access/session.ts'
import { Problem } from '../../http/problem.ts'
import { dayInChina } from '../../today.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { requireMatch } from '../../http/if-match.ts'
import { windowView } from '../form.ts'
import { leafIn, placeBody, placeQuery } from '../place.ts'
import { previousWindow } from '../previous.ts'
import { isMarkedAsWhole, markOf, requireStep, standingIn, standingsOf, stepsOf } from '../state.ts'
import { enteredMarks, requireWithinFull } from '../entry.ts'
import { validated } from '../../http/validated.ts'
import { itemsOn, markEtag, openDesk, type Desk, type DeskItem } from '../verification-desk.ts'
import { itemViews } from '../verification-items.ts'
import { itemSchema, itemsSchema, queueSchema } from '../verification-wire.ts'
import { id, pageFrom, paging, text } from '../../http/wire.ts'

const tag = '自评核查 · Verification'

const markBody = placeBody.extend({
  unitId: id,
  leaf: text(200),
  marks: enteredMarks.nullable(),
  notApplicable: z.boolean().default(false),
  reason: text(2000).nullable().default(null),
})
const acceptBody = placeBody.extend({
  items: z
    .array(z.object({ unitId: id, leaf: text(200), etag: text(64) }))
    .min(1)
    .max(500),
})
const accepted = z.object({
  accepted: z.int(),
  /** Changed meanwhile, or nothing to accept: left as they are. */
  left: z.array(z.object({ unitId: z.string(), leaf: z.string() })),
})

interface Verdict {
  readonly marks: Decimal | null
  readonly notApplicable: boolean
  readonly reason: string | null
}

interface Verifying {
  readonly trx: Transaction<Tables>
  readonly desk: Desk
  readonly account: Account
  readonly at: string
  readonly today: Day
}

/** Records marks of one unit; when none waits any more, the unit's window is verified. */
async function recordMarks(
  { trx, desk, account, at, today }: Verifying,
  unitId: string,
  verdicts: readonly (Verdict & { readonly item: DeskItem })[],
): Promise<void> {
  const by = { recordedBy: account.id, recordedAt: at }
  const base = {
    assessmentId: desk.at.place.assessmentId,
    component: desk.at.place.component,
    windowKey: desk.at.place.windowKey,
    unitId,
  }
  await insertVerifiedMarks(
    trx,
    verdicts.map(({ item, marks, notApplicable, reason }) => ({
      id: newId(),
      ...base,
      leaf: item.leaf.key,
      fullMarks: item.leaf.full,
      marks: notApplicable ? null : marks,
      notApplicable: notApplicable ? 1 : 0,
      reason,
      onDay: today,
      importId: null,
      ...by,
    })),
  )
  const { state, marks } = await standingIn(trx, desk.at.place, unitId)
  if (state === 'verified' || [...marks.values()].some((mark) => markOf(mark) === null)) return
  await insertSubmissions(trx, [
    { id: newId(), ...base, type: 'verified', onDay: today, reason: null, ...by },
  ])
}

const isSameAsClaimed = (
  verdict: Verdict,
  claim: { readonly marks: Decimal | null; readonly notApplicable: number } | undefined,
): boolean => {
  if (claim === undefined) return false
  if (verdict.notApplicable || claim.notApplicable === 1)
    return verdict.notApplicable === (claim.notApplicable === 1)
  return verdict.marks !== null && claim.marks !== null
    ? compare(decimal(verdict.marks), decimal(claim.marks)) === 0
    : false
}

export const verification = new Hono<AppEnv>()
  .get(
    '/:id/verification',
    allow('mark.verify'),
    describe(tag, '待我核查：按指标和按单位', 'What waits for me, by indicator and by unit', {
      200: queueSchema,
    }),
    validated('query', placeQuery),
    async (c) => {
      const { deps, account, scope } = c.var
      const today = dayInChina(deps.clock())
      const desk = await openDesk(deps.db, account, scope, c.req.param('id'), c.req.valid('query'), today)
      const standings = await standingsOf(deps.db, desk.at.place, { withClaims: false })
      const areas = new Map<string, { name: string; leaves: Map<string, { waiting: number; of: number }> }>()
      const units = new Map<string, { waiting: number; of: number }>()
      const leafNames = new Map<string, { name: string; full: string }>()
      const total = { waiting: 0, of: 0 }
      for (const { unit, area, leaf } of itemsOn(desk)) {
        const standing = standings.of(unit.id)
        const mark = standing.marks.get(leaf.key)
        const isVerified = mark !== undefined && markOf(mark) !== null
        const isHandedIn =
          standing.state !== 'draft' && standing.state !== 'returned' && !isMarkedAsWhole(standing)
        const waits = isHandedIn && !isVerified
        leafNames.set(leaf.key, leaf)
        const held = areas.get(area.key) ?? { name: area.name, leaves: new Map() }
        areas.set(area.key, held)
        const ofLeaf = held.leaves.get(leaf.key) ?? { waiting: 0, of: 0 }
        held.leaves.set(leaf.key, ofLeaf)
        const ofUnit = units.get(unit.id) ?? { waiting: 0, of: 0 }
        units.set(unit.id, ofUnit)
        for (const count of [total, ofLeaf, ofUnit]) {
          count.of += waits || isVerified ? 1 : 0
          count.waiting += waits ? 1 : 0
        }
      }
      return c.json(
        {
          component: { key: desk.at.component.key, name: desk.at.component.name },
          window: windowView(desk.at.window),
          windows: desk.at.windows.map(windowView),
          ...total,
          areas: [...areas].map(([key, { name, leaves }]) => ({
            key,
            name,
            leaves: [...leaves].map(([leaf, count]) => ({
              key: leaf,
              name: leafNames.get(leaf)?.name ?? leaf,
              full: leafNames.get(leaf)?.full ?? '0',
              ...count,
            })),
          })),
          units: desk.units.flatMap(({ id, name, group }) => {
            const count = units.get(id)
            return count ? [{ id, name, group, state: standings.of(id).state, ...count }] : []
          }),
        },
        200,
      )
    },
  )
  .get(
    '/:id/verification/marks',
    allow('mark.verify'),
    describe(
      tag,
      '待核查的自评：一项指标的各单位，或一个单位的各项指标',
      'Answers to verify: of one indicator across units, or of one unit',
      {
        200: itemsSchema,
      },
    ),
    validated(
      'query',
      paging.extend({
        ...placeQuery.shape,
        leaf: text(200).optional(),
        unitId: id.optional(),
        /** Leave out units that have not handed in. */
        handedIn: z.enum(['0', '1']).optional(),
      }),
    ),
    async (c) => {
      const { deps, account, scope } = c.var
      const { component, window, leaf, unitId, handedIn, ...page } = c.req.valid('query')
      const today = dayInChina(deps.clock())
      const desk = await openDesk(deps.db, account, scope, c.req.param('id'), { component, window }, today)
      let all = [...itemsOn(desk, { unitId, leaf })]
      if (handedIn === '1') {
        const which = {
          ...(unitId === undefined ? {} : { unitIds: [unitId] }),
          ...(leaf === undefined ? {} : { leaf }),
        }
        const standings = await standingsOf(deps.db, { ...desk.at.place, ...which }, { withClaims: false })
        all = all.filter(({ unit }) => {
          const standing = standings.of(unit.id)
          return standing.state !== 'draft' && !isMarkedAsWhole(standing)
        })
      }
      const shown = pageFrom(all, page)
      const previous = await previousWindow(deps.db, desk.at)
      const items = await itemViews(deps.db, desk, shown.items, previous)
      return c.json({ ...shown, items, previousWindow: previous?.name ?? null }, 200)
    },
  )
  .put(
    '/:id/verification/mark',
    allow('mark.verify'),
    describe(
      tag,
      '核查一项（If-Match 为该项的版本）',
      'Verify one leaf; a stale If-Match gets 412 with the present mark in “current”',
      { 200: itemSchema },
    ),
    validated('json', markBody),
    async (c) => {
      const { deps, account, scope } = c.var
      const { unitId, leaf: key, marks, notApplicable, reason, ...asked } = c.req.valid('json')
      const now = deps.clock()
      const today = dayInChina(now)
      const place = { unitId, leaf: key }
      const show = async () => {
        const desk = await openDesk(deps.db, account, scope, c.req.param('id'), asked, today)
        const previous = await previousWindow(deps.db, desk.at)
        const [view] = await itemViews(deps.db, desk, [...itemsOn(desk, place)], previous)
        if (!view) throw new Problem('not-found')
        return view
      }
      try {
        await deps.db.transaction().execute(async (trx) => {
          const desk = await openDesk(trx, account, scope, c.req.param('id'), asked, today)
          await touchAssessment(trx, desk.at.visible.assessment.id)
          const unit = desk.units.find((one) => one.id === unitId)
          if (!unit) throw new Problem('not-found')
          const { leaf, area } = leafIn(desk.areasOf(unit.group), key)
          const refusal = desk.rights.refusal(area.responsible, unitId)
          if (refusal !== null)
            throw new Problem(refusal, {
              params: { responsible: desk.rights.verifier(area.responsible, unitId) },
            })
          const standing = await standingIn(trx, desk.at.place, unitId)
          requireStep('verify', standing, desk.at)
          const [claim, mark] = [standing.claims.get(key), standing.marks.get(key)]
          requireMatch(c.req.header('if-match'), markEtag(claim, mark))
          if (marks === null && !notApplicable)
            throw new Problem('invalid-request', {
              params: { count: 1 },
              errors: () => [{ path: 'marks', code: 'invalid-type', message: '' }],
            })
          requireWithinFull(notApplicable ? null : marks, leaf.full)
          const verdict = { marks, notApplicable, reason }
          if (reason === null && !isSameAsClaimed(verdict, claim)) throw new Problem('mark-reason-required')
          const verifying = { trx, desk, account, at: now.toISOString(), today }
          await recordMarks(verifying, unitId, [{ ...verdict, item: { unit, area, leaf } }])
          await appendAudit(trx, {
            at: now.toISOString(),
            accountId: account.id,
            action: 'mark.verify',
            subject: unitId,
            detail: { assessment: c.req.param('id'), ...asked, leaf: key, marks, notApplicable },
          })
        })
      } catch (error) {
        if (error instanceof Problem && error.code === 'stale')
          throw new Problem('stale', { extensions: { current: await show() } })
        throw error
      }
      const view = await show()
      return c.json(view, 200, { etag: view.etag })
    },
  )
  .post(
    '/:id/verification/acceptance',
    allow('mark.verify'),
    describe(
      tag,
      '按自评分通过所列各项（每项带版本；已变动的不动）',
      'Accept what was claimed for the listed leaves; what changed meanwhile is left as it is',
      { 200: accepted },
    ),
    validated('json', acceptBody),
    async (c) => {
      const { deps, account, scope } = c.var
      const { items, ...asked } = c.req.valid('json')
      const now = deps.clock()
      const today = dayInChina(now)
      const left: { unitId: string; leaf: string }[] = []
      let count = 0
      await deps.db.transaction().execute(async (trx) => {
        const desk = await openDesk(trx, account, scope, c.req.param('id'), asked, today)
        await touchAssessment(trx, desk.at.visible.assessment.id)
        const mine = new Map(
          [...itemsOn(desk)].map((item) => [JSON.stringify([item.unit.id, item.leaf.key]), item]),
        )
        const unitIds = [...new Set(items.map(({ unitId }) => unitId))]
        const standings = await standingsOf(trx, { ...desk.at.place, unitIds })
        const verifying = { trx, desk, account, at: now.toISOString(), today }
        for (const unitId of unitIds) {
          const standing = standings.of(unitId)
          const isOpen = stepsOf(standing, desk.at).includes('verify')
          const verdicts: (Verdict & { item: DeskItem })[] = []
          const seen = new Set<string>()
          for (const { leaf, etag } of items.filter((one) => one.unitId === unitId)) {
            const item = mine.get(JSON.stringify([unitId, leaf]))
            const [claim, mark] = [standing.claims.get(leaf), standing.marks.get(leaf)]
            const isAnswered = claim !== undefined && (claim.marks !== null || claim.notApplicable === 1)
            const waits = mark === undefined || markOf(mark) === null
            if (
              !item ||
              !isOpen ||
              !isAnswered ||
              !waits ||
              seen.has(leaf) ||
              markEtag(claim, mark) !== etag
            ) {
              left.push({ unitId, leaf })
              continue
            }
            seen.add(leaf)
            const notApplicable = claim.notApplicable === 1
            verdicts.push({ item, marks: claim.marks, notApplicable, reason: null })
          }
          if (verdicts.length === 0) continue
          await recordMarks(verifying, unitId, verdicts)
          count += verdicts.length
        }
        if (count === 0) return
        await appendAudit(trx, {
          at: now.toISOString(),
          accountId: account.id,
          action: 'mark.accept',
          subject: desk.at.visible.assessment.id,
          detail: { ...asked, accepted: count, units: unitIds },
        })
      })
      return c.json({ accepted: count, left }, 200)
    },
  )
