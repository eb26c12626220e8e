import { answer, api } from '../../api/client.ts'
import type { FindingDetail } from '../../api/result.ts'
import type { Choice } from './case-choices.ts'

/** What a form has gathered. */
export interface StepDraft {
  readonly reason: string
  readonly deadline: string
  readonly kind: string
  readonly unitId: string | null
}

type Post = (typeof api.assessments)[':id']['findings'][':findingId']['facts']['$post']
type Body = Parameters<Post>[0]['json']

function bodyOf(choice: Choice, draft: StepDraft, evidence: string[]): Body {
  const reason = draft.reason.trim()
  switch (choice) {
    case 'extended':
      return { type: choice, reason, deadline: draft.deadline, evidence }
    case 'submitted':
    case 'withdrawn':
    case 'accepted':
      return { type: choice, evidence, ...(reason === '' ? {} : { reason }) }
    case 'rejected':
    case 'appealed':
    case 'reversed':
      return { type: choice, reason, evidence }
    case 'upheld':
    case 'revoked':
      return { type: 'decided', outcome: choice, reason, evidence }
    case 'amended':
      return {
        type: 'decided',
        outcome: choice,
        reason,
        evidence,
        kind: draft.kind,
        unitId: draft.unitId ?? '',
      }
  }
}

/** Takes a step on the version of a finding that somebody looked at. Throws ApiProblem; status 412 when it has changed since. */
export async function takeStep(
  assessmentId: string,
  { findingId, etag }: Pick<FindingDetail, 'findingId' | 'etag'>,
  choice: Choice,
  draft: StepDraft,
  evidence: string[],
): Promise<FindingDetail> {
  return answer(
    api.assessments[':id'].findings[':findingId'].facts.$post(
      { param: { id: assessmentId, findingId }, json: bodyOf(choice, draft, evidence) },
      { headers: { 'If-Match': etag } },
    ),
  )
}
