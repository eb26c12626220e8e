import type { WallResults } from '../../../api/wall.ts'

/** Place of a grade among the published ones, 0 = best; 0 for a pending unit, which is drawn as such. */
export const tierOf = ({ grades }: WallResults, grade: string | null): number =>
  Math.max(
    0,
    grades.findIndex(({ name }) => name === grade),
  )
