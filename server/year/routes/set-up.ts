import { versionTag } from '../assessment-view.ts'
import { Hono } from 'hono'
import { z } from 'zod'
import { updateSetUp, touchAssessment } from '../../../db/assessments.ts'
import { appendAudit } from '../../../db/audit.ts'
import { loadFacts } from '../../../db/facts.ts'
import { replaceParticipants } from '../../../db/participants.ts'
import { replaceWindows } from '../../../db/windows.ts'
import { allow } from '../../access/allow.ts'
import { mayWrite, requireActivity } from '../../access/stage-rules.ts'
import { visibleScheme } from '../../access/visible-schemes.ts'
import { visibleAssessment, type Visible, chargingIn } from '../../access/visibility.ts'
import { Problem } from '../../http/problem.ts'
import { dayInChina } from '../../today.ts'
import { assessmentSchema, assessmentView } from '../assessment-view.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { requireMatch } from '../../http/if-match.ts'
import { isReady } from '../opening-checklist.ts'
import { checkItemSchema, checkItemView, checklistOf } from '../opening-preparation.ts'
import { windowsOf } from '../../scheme/stored.ts'
import { validated } from '../../http/validated.ts'
import { id, text } from '../../http/wire.ts'

const tag = '考核 · Assessments'
const most = 2000

/** What keeps a participant on the list: findings charged to it, its forms and verified marks, a third party’s marks. */
const holds = ['findings', 'self', 'external'] as const
type Hold = (typeof holds)[number]

const participantsSchema = z
  .object({
    version: z.string(),
    items: z.array(
      z.object({
        unitId: z.string(),
        unit: z.string(),
        kind: z.string(),
        group: z.string(),
        /** What is recorded about it, so that it cannot be taken off the list. */
        heldBy: z.array(z.enum(holds)),
      }),
    ),
  })
  .meta({ id: 'Participants' })

async function participantsView(
  db: Parameters<typeof loadFacts>[0],
  visible: Visible,
): Promise<z.infer<typeof participantsSchema>> {
  const { assessment, participants, units } = visible
  const held = await withFacts(db, visible)
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  return {
    version: versionTag(assessment),
    items: participants.map(({ unitId, groupName }) => ({
      unitId,
      unit: byId.get(unitId)?.name ?? '',
      kind: byId.get(unitId)?.kind ?? '',
      group: groupName,
      heldBy: holds.filter((one) => held.get(unitId)?.has(one)),
    })),
  }
}

/** Participants about which something is recorded, and what. */
async function withFacts(
  db: Parameters<typeof loadFacts>[0],
  visible: Visible,
): Promise<Map<string, Set<Hold>>> {
  const facts = await loadFacts(db, visible.assessment.id)
  const { nearest } = chargingIn(visible)
  const claims = await db
    .selectFrom('claims')
    .select('unitId')
    .where('assessmentId', '=', visible.assessment.id)
    .distinct()
    .execute()
  const held = new Map<string, Set<Hold>>()
  const hold = (unitId: string | null, why: Hold): void => {
    if (unitId !== null) held.set(unitId, (held.get(unitId) ?? new Set()).add(why))
  }
  for (const { unitId } of facts.findings) hold(nearest(unitId), 'findings')
  for (const { unitId } of [...facts.verified, ...facts.submissions]) hold(unitId, 'self')
  for (const { unitId } of claims) hold(unitId, 'self')
  for (const { unitId } of facts.external) hold(unitId, 'external')
  return held
}

const changesIn = (before: Visible['participants'], after: readonly { unitId: string; group: string }[]) => {
  const groups = new Map(before.map(({ unitId, groupName }) => [unitId, groupName]))
  const stay = new Set(after.map(({ unitId }) => unitId))
  return {
    added: after.filter(({ unitId }) => !groups.has(unitId)).map(({ unitId }) => unitId),
    removed: [...groups.keys()].filter((unitId) => !stay.has(unitId)),
    moved: after
      .filter(({ unitId, group }) => groups.has(unitId) && groups.get(unitId) !== group)
      .map(({ unitId }) => unitId),
  }
}

export const setUp = new Hono<AppEnv>()
  .put(
    '/:id/set-up',
    allow('assessment.stage'),
    describe(tag, '修改草稿的名称、年度和考核办法（If-Match）', 'Change a draft’s name, year and scheme', {
      200: assessmentSchema.extend({ version: z.string() }),
    }),
    validated('json', z.object({ name: text(100), year: z.int().min(2000).max(2100), schemeId: id })),
    async (c) => {
      const { deps, account, scope } = c.var
      const { name, year, schemeId } = c.req.valid('json')
      await deps.db.transaction().execute(async (trx) => {
        const { assessment, scheme: present } = await visibleAssessment(
          trx,
          account,
          scope,
          c.req.param('id'),
        )
        requireMatch(c.req.header('if-match'), versionTag(assessment))
        requireActivity(assessment, 'set-up')
        const scheme =
          schemeId === assessment.schemeId
            ? present
            : (await visibleScheme(trx, c.var, schemeId)).stored.scheme
        await updateSetUp(trx, assessment.id, {
          name,
          year,
          schemeId,
          startsOn: `${year}-01-01`,
          endsOn: `${year}-12-31`,
        })
        await replaceWindows(trx, assessment.id, windowsOf(scheme, assessment.id, year))
        await appendAudit(trx, {
          at: deps.clock().toISOString(),
          accountId: account.id,
          action: 'assessment.set-up',
          subject: assessment.id,
          detail: { name, year, schemeId },
        })
      })
      const visible = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
      const version = versionTag(visible.assessment)
      return c.json({ ...(await assessmentView(c.var, visible, scope)), version }, 200, { etag: version })
    },
  )
  .get(
    '/:id/participants',
    allow('participant.write'),
    describe(tag, '考核对象和分组', 'Participants and their groups', { 200: participantsSchema }),
    async (c) => {
      const { deps, account, scope } = c.var
      const visible = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
      const view = await participantsView(deps.db, visible)
      return c.json(view, 200, { etag: view.version })
    },
  )
  .put(
    '/:id/participants',
    allow('participant.write'),
    describe(
      tag,
      '调整考核对象和分组（If-Match；开始后须说明原因）',
      'Replace the list of participants; once open, with a reason, and nobody who has facts leaves',
      { 200: participantsSchema },
    ),
    validated(
      'json',
      z.object({
        participants: z.array(z.object({ unitId: id, group: text(100) })).max(most),
        reason: text(2000).optional(),
      }),
    ),
    async (c) => {
      const { deps, account, scope } = c.var
      const { participants, reason } = c.req.valid('json')
      await deps.db.transaction().execute(async (trx) => {
        const visible = await visibleAssessment(trx, account, scope, c.req.param('id'))
        const { assessment, units } = visible
        requireMatch(c.req.header('if-match'), versionTag(assessment))
        const isDraft = mayWrite(assessment, 'set-up')
        if (!isDraft) requireActivity(assessment, 'amend-participants')
        const names = new Map(units.map(({ id, name }) => [id, name]))
        const seen = new Set<string>()
        for (const { unitId } of participants) {
          if (!names.has(unitId)) throw new Problem('unknown-unit')
          if (seen.has(unitId))
            throw new Problem('participant-repeated', { params: { units: names.get(unitId) ?? '' } })
          seen.add(unitId)
        }
        const changes = changesIn(visible.participants, participants)
        const isChanged = changes.added.length + changes.removed.length + changes.moved.length > 0
        if (!isDraft && isChanged && reason === undefined) throw new Problem('reason-required')
        if (changes.removed.length > 0) {
          const held = await withFacts(trx, visible)
          const kept = changes.removed.filter((unitId) => held.has(unitId))
          if (kept.length > 0)
            throw new Problem('participant-has-facts', {
              params: {
                units: kept
                  .slice(0, 5)
                  .map((unitId) => names.get(unitId) ?? '')
                  .join('、'),
              },
            })
        }
        await replaceParticipants(
          trx,
          assessment.id,
          participants.map(({ unitId, group }, position) => ({
            assessmentId: assessment.id,
            unitId,
            groupName: group,
            position,
          })),
        )
        await touchAssessment(trx, assessment.id)
        await appendAudit(trx, {
          at: deps.clock().toISOString(),
          accountId: account.id,
          action: 'participants.change',
          subject: assessment.id,
          detail: { ...changes, count: participants.length, ...(reason === undefined ? {} : { reason }) },
        })
      })
      const visible = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
      const view = await participantsView(deps.db, visible)
      return c.json(view, 200, { etag: view.version })
    },
  )
  .get(
    '/:id/checklist',
    allow('assessment.stage'),
    describe(tag, '开始考核前的检查', 'What is missing before opening', {
      200: z.object({ ready: z.boolean(), version: z.string(), items: z.array(checkItemSchema) }),
    }),
    async (c) => {
      const { deps, account, scope, language } = c.var
      const visible = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
      const found = await checklistOf(deps.db, visible, dayInChina(deps.clock()))
      const version = versionTag(visible.assessment)
      return c.json(
        {
          ready: isReady(found),
          version,
          items: found.map((item) => checkItemView(item, visible.scheme, language)),
        },
        200,
        { etag: version },
      )
    },
  )
