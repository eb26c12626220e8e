import { Hono } from 'hono'
import type { Transaction } from 'kysely'
import { z } from 'zod'
import type { Day } from '#assessment/day'
import { isAnswered } from '#assessment/score/self-assessment'
import { touchAssessment } from '../../../db/assessments.ts'
import { appendAudit } from '../../../db/audit.ts'
import { deleteDraftEvidence, insertDraftEvidence } from '../../../db/drafts.ts'
import { newId } from '../../../db/ids.ts'
import { insertClaims, insertSubmissions, insertVerifiedMarks } from '../../../db/marks.ts'
import { attachToClaim, listClaimEvidence } from '../../../db/self-assessments.ts'
import type { SubmissionRow, Tables } from '../../../db/tables.ts'
import { allow } from '../../access/allow.ts'
import type { Scope } from '../../access/permissions.ts'
import type { Account } from '../../access/session.ts'
import { verifierRights } from '../../access/verifier-rights.ts'
import { visibleAssessment } from '../../access/visibility.ts'
import { Problem } from '../../http/problem.ts'
import { dayInChina } from '../../today.ts'
import type { AppEnv, SignedInEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { requireMatch } from '../../http/if-match.ts'
import { enteredIn, formView, leavesIn, openForm, type OpenForm } from '../form.ts'
import { placeBody, unitWindowAt, windowAt, type UnitWindowAt } from '../place.ts'
import { requireStep } from '../state.ts'
import { formSchema } from '../wire.ts'
import { validated } from '../../http/validated.ts'
import { text } from '../../http/wire.ts'

const tag = '自我考核 · Self-assessment'

interface Caller {
  readonly var: SignedInEnv['Variables'] & { readonly scope: Scope }
  readonly req: {
    readonly param: (name: 'id' | 'unitId') => string
    readonly header: (name: string) => string | undefined
  }
}

interface Deed {
  readonly trx: Transaction<Tables>
  readonly form: OpenForm
  readonly account: Account
  readonly at: string
  readonly today: Day
}

const record = (
  { trx, form, account, at, today }: Deed,
  type: SubmissionRow['type'],
  reason: string | null,
): Promise<void> =>
  insertSubmissions(trx, [
    {
      id: newId(),
      ...form.at.unitPlace,
      type,
      onDay: today,
      reason,
      recordedBy: account.id,
      recordedAt: at,
    },
  ])

/** Takes a step of a unit's window in one transaction, under If-Match, and gives the form as it is then. */
async function take(
  c: Caller,
  asked: z.infer<typeof placeBody>,
  action: string,
  detail: Readonly<Record<string, string | number | null>>,
  step: (deed: Deed) => Promise<void>,
) {
  const { deps, account, scope } = c.var
  const now = deps.clock()
  const today = dayInChina(now)
  const [assessmentId, unitId] = [c.req.param('id'), c.req.param('unitId')]
  const placed = async (source: Parameters<typeof visibleAssessment>[0]): Promise<UnitWindowAt> => {
    const visible = await visibleAssessment(source, account, scope, assessmentId)
    return unitWindowAt(await windowAt(source, visible, asked, today), unitId, account, scope)
  }
  await deps.db.transaction().execute(async (trx) => {
    const at = await placed(trx)
    // Makes what changes the facts queue, and drafts wait, before the form is read.
    await touchAssessment(trx, at.visible.assessment.id)
    const form = await openForm(trx, at)
    requireMatch(c.req.header('if-match'), form.etag)
    await step({ trx, form, account, at: now.toISOString(), today })
    await appendAudit(trx, {
      at: now.toISOString(),
      accountId: account.id,
      action,
      subject: unitId,
      detail: { assessment: assessmentId, ...asked, ...detail },
    })
  })
  return formView(deps.db, await placed(deps.db), account, today)
}

/** Claims for what changed since the last ones, each with its evidence and, for the verifier, a mark that waits. */
async function handIn({ trx, form, account, at, today }: Deed): Promise<void> {
  const { standing, evidence } = form
  const before = new Map<string, string[]>()
  for (const row of await listClaimEvidence(
    trx,
    [...standing.claims.values()].map(({ id }) => id),
  ))
    before.set(row.claimId, [...(before.get(row.claimId) ?? []), row.id])
  const by = { recordedBy: account.id, recordedAt: at }
  const claims: { row: Parameters<typeof insertClaims>[1][number]; leaf: string; id: string }[] = []
  const marks: Parameters<typeof insertVerifiedMarks>[1][number][] = []
  for (const leaf of leavesIn(form.at)) {
    const entered = enteredIn(form, leaf.key)
    const claim = standing.claims.get(leaf.key)
    const files = (evidence.get(leaf.key) ?? []).map(({ id }) => id)
    const isSame =
      claim !== undefined &&
      claim.marks === entered.marks &&
      (claim.notApplicable === 1) === entered.notApplicable &&
      claim.note === entered.note &&
      files.join() === (before.get(claim.id) ?? []).join()
    if (!isSame) {
      const id = newId()
      const row = {
        id,
        ...form.at.unitPlace,
        leaf: leaf.key,
        marks: entered.marks,
        notApplicable: entered.notApplicable ? 1 : 0,
        note: entered.note,
        ...by,
      }
      claims.push({ row, leaf: leaf.key, id })
    }
    if (!isSame || !standing.marks.has(leaf.key))
      marks.push({
        id: newId(),
        ...form.at.unitPlace,
        leaf: leaf.key,
        fullMarks: leaf.full,
        marks: null,
        notApplicable: 0,
        reason: null,
        onDay: today,
        importId: null,
        ...by,
      })
  }
  await insertClaims(
    trx,
    claims.map(({ row }) => row),
  )
  await insertVerifiedMarks(trx, marks)
  for (const { leaf, id } of claims) {
    const files = evidence.get(leaf) ?? []
    const attached = await attachToClaim(trx, id, files)
    for (const [index, now] of attached.entries()) {
      const old = files[index]?.id ?? now
      if (old === now) continue
      await deleteDraftEvidence(trx, old)
      await insertDraftEvidence(trx, { evidenceId: now, ...form.at.unitPlace, leaf })
    }
  }
}

function requireComplete(form: OpenForm): void {
  const open = leavesIn(form.at).filter(({ key }) => !isAnswered(enteredIn(form, key)))
  if (open.length === 0) return
  throw new Problem('self-incomplete', {
    params: { count: open.length },
    errors: () => open.map(({ key, name }) => ({ path: key, code: 'unanswered', message: `${key} ${name}` })),
  })
}

export const selfAssessmentSteps = new Hono<AppEnv>()
  .post(
    '/:id/self-assessments/:unitId/submission',
    allow('self.submit'),
    describe(
      tag,
      '报送或重新报送自评（If-Match 为自评表的版本）',
      'Hand in, or hand in again after a return; If-Match is the form’s version',
      { 201: formSchema },
    ),
    validated('json', placeBody.extend({ incomplete: z.boolean().default(false) })),
    async (c) => {
      const { incomplete, ...asked } = c.req.valid('json')
      const form = await take(c, asked, 'self.submit', {}, async (deed) => {
        requireStep('submit', deed.form.standing, deed.form.at)
        if (!incomplete) requireComplete(deed.form)
        await handIn(deed)
        await record(deed, deed.form.standing.state === 'returned' ? 'resubmitted' : 'submitted', null)
      })
      return c.json(form, 201, { etag: form.etag })
    },
  )
  .post(
    '/:id/self-assessments/:unitId/withdrawal',
    allow('self.submit'),
    describe(tag, '撤回自评（核查开始前）', 'Take it back, until verification starts', { 201: formSchema }),
    validated('json', placeBody),
    async (c) => {
      const form = await take(c, c.req.valid('json'), 'self.withdraw', {}, async (deed) => {
        requireStep('withdraw', deed.form.standing, deed.form.at)
        await record(deed, 'withdrawn', null)
      })
      return c.json(form, 201, { etag: form.etag })
    },
  )
  .post(
    '/:id/self-assessments/:unitId/return',
    allow('self.return'),
    describe(tag, '退回自评并说明原因', 'Return it with a comment', { 201: formSchema }),
    validated('json', placeBody.extend({ reason: text(2000) })),
    async (c) => {
      const { reason, ...asked } = c.req.valid('json')
      const form = await take(c, asked, 'self.return', { reason }, async (deed) => {
        const { visible, unit, areas } = deed.form.at
        if (c.var.scope !== 'assessing-unit') {
          const { refusal } = verifierRights(visible, deed.account)
          const refusals = new Set(areas.map(({ responsible }) => refusal(responsible, unit.id)))
          if (!refusals.has(null)) {
            const isOwn = refusals.has('own-unit-verification')
            throw new Problem(isOwn ? 'own-unit-verification' : 'area-not-yours', {
              params: { responsible: [...new Set(areas.map((area) => area.responsible ?? ''))].join('、') },
            })
          }
        }
        requireStep('return', deed.form.standing, deed.form.at)
        await record(deed, 'returned', reason)
      })
      return c.json(form, 201, { etag: form.etag })
    },
  )
