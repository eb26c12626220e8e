import type { useSession } from '../../stores/session.ts'
import type { AssessmentDetail } from '../../api/result.ts'

type Published = Pick<AssessmentDetail, 'publication'>

/** Whether results are out: until then a unit's people see nothing of others. */
export const isPublished = ({ publication }: Published): boolean => publication !== null

/** Whether figures of a day are none that were published. */
export const isTrial = ({ publication }: Published, asOf: string): boolean => publication?.asOf !== asOf

/** Whether the server would show this person the ranking; asking for it otherwise is refused. */
export const seesStandings = (
  session: Pick<ReturnType<typeof useSession>, 'can' | 'ownUnitOnly'>,
  { publication }: Published,
): boolean =>
  session.can('standings.read') && (!session.ownUnitOnly || publication?.publicity === 'full-table')
