import type { useSession } from '../../stores/session.ts'
import type { AssessmentDetail } from './assessment-answers.ts'

/** Whether results are out: until then a unit's people see nothing of others. */
export const isPublished = ({ stage }: Pick<AssessmentDetail, 'stage'>): boolean =>
  stage === 'published' || stage === 'archived'

/** Whether the server would show this person the ranking; asking for it otherwise is refused. */
export const seesStandings = (
  session: Pick<ReturnType<typeof useSession>, 'can' | 'ownUnitOnly'>,
  assessment: Pick<AssessmentDetail, 'stage'>,
): boolean => session.can('standings.read') && (!session.ownUnitOnly || isPublished(assessment))
