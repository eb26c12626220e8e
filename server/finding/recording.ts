import { z } from 'zod'
import type { DoingIn } from '../act.ts'
import { Problem } from '../http/problem.ts'
import { day, id, text } from '../http/wire.ts'
import {
  duplicatesOf,
  knownFindings,
  openDesk,
  problemWith,
  recordFindings,
  type Desk,
  type NewFinding,
  type Recorded,
} from './record.ts'

/** What a finding is compared with others by, as it is sent. */
export const findingAbout = z.object({
  kind: z.string().min(1).max(100),
  severity: z.string().min(1).max(200).optional(),
  what: text(2000),
  notifiedOn: day,
})

/** A finding as it is sent by a form, without the unit. */
export const findingBody = findingAbout.extend({
  source: text(200).optional(),
  foundOn: day.optional(),
  /** Why the notice is dated before today; the unit charged sees it. */
  reason: text(500).optional(),
  deadline: day.optional(),
  deadlineReason: text(500).optional(),
  evidence: z.array(id).max(50).default([]),
  allowDuplicate: z.boolean().default(false),
})
type FindingBody = z.output<typeof findingBody>

/** What was sent as a finding at a unit; its number is the next one. */
export const findingAt = (unitId: string, body: FindingBody): NewFinding => ({
  kind: body.kind,
  severity: body.severity ?? null,
  unitId,
  what: body.what,
  source: body.source ?? null,
  foundOn: body.foundOn ?? null,
  notifiedOn: body.notifiedOn,
  reason: body.reason ?? null,
  deadline: body.deadline ?? null,
  deadlineReason: body.deadlineReason ?? null,
  number: null,
})

/** Records findings of one kind; throws what is wrong with the first that is wrong, and `finding-duplicate` with those that they may repeat, unless that is allowed. */
export async function recordWanted(
  doing: DoingIn,
  wanted: readonly NewFinding[],
  { kind, evidence, allowDuplicate }: Pick<FindingBody, 'kind' | 'evidence' | 'allowDuplicate'>,
): Promise<{ readonly desk: Desk; readonly recorded: readonly Recorded[] }> {
  const desk = await openDesk(doing, doing.visible)
  for (const finding of wanted) {
    const problem = problemWith(desk, finding)
    if (problem) throw problem
  }
  const unitIds = wanted.map(({ unitId }) => unitId)
  const alike = allowDuplicate ? [] : await knownFindings(desk, { kinds: [kind], unitIds })
  const similar = duplicatesOf(wanted, alike)
  if (similar.length > 0)
    throw new Problem('finding-duplicate', { params: { count: similar.length }, extensions: { similar } })
  return { desk, recorded: await recordFindings(desk, wanted, evidence) }
}
