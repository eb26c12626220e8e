import { z } from 'zod'
import { stages } from '#assessment/vocabulary'
import { moveStage } from '../../db/stages.ts'
import { movesFrom } from '../access/stage-rules.ts'
import { stageWord } from '../access/stage-words.ts'
import { actIn, done, stamp, type Actor, type DoingIn } from '../act.ts'
import { requireMatch } from '../http/if-match.ts'
import { Problem } from '../http/problem.ts'
import { text } from '../http/wire.ts'
import { versionTag } from './assessment-view.ts'
import { isReady } from './opening-checklist.ts'
import { checkItemView, checklistOf } from './opening-preparation.ts'

export const moveBody = z.object({ stage: z.enum(stages), reason: text(2000).optional() })

/** Throws `not-ready-to-open` with everything that stands against it. */
async function requireReady({ trx, visible, today }: DoingIn): Promise<void> {
  const items = await checklistOf(trx, visible, today)
  if (isReady(items)) return
  const blocking = items.filter(({ severity }) => severity === 'error')
  throw new Problem('not-ready-to-open', {
    params: { count: blocking.length },
    errors: (language) =>
      blocking.flatMap((item) => {
        const { code, message, problems } = checkItemView(item, visible.scheme, language)
        return problems.length === 0
          ? [{ path: item.target, code, message }]
          : problems.map((problem) => ({ path: `scheme.${problem.path}`, code, message: problem.message }))
      }),
  })
}

/**
 * Takes a year to another stage. Throws what `requireMatch` throws, `stage-not-possible`, `stage-by-publication`, `reason-required`,
 * and `not-ready-to-open` for a draft.
 */
export const moveYear = (
  actor: Actor,
  assessmentId: string,
  { stage, reason }: z.infer<typeof moveBody>,
  ifMatch: string | undefined,
): Promise<void> =>
  actIn(actor, assessmentId, 'assessment.stage', async (doing) => {
    const { trx, today, visible, versionBefore } = doing
    const { assessment } = visible
    requireMatch(ifMatch, versionTag(versionBefore))
    const move = movesFrom(assessment.stage).find(({ to }) => to === stage)
    if (!move)
      throw new Problem('stage-not-possible', {
        words: (language) => ({
          stage: stageWord(assessment.stage, language),
          to: stageWord(stage, language),
        }),
      })
    if (move.by === 'publication') throw new Problem('stage-by-publication')
    if (move.needsReason && reason === undefined) throw new Problem('reason-required')
    if (assessment.stage === 'draft') await requireReady(doing)
    await moveStage(trx, { assessmentId, stage, onDay: today, reason: reason ?? null, ...stamp(doing) })
    return done(undefined, {
      subject: assessmentId,
      detail: { from: assessment.stage, to: stage, ...(reason === undefined ? {} : { reason }) },
    })
  })
