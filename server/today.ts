import type { Day } from '#assessment/day'

const CHINA_OFFSET = 8 * 3_600_000

/** The calendar day in China (UTC+8, no summer time), wherever the server stands. */
export const dayInChina = (moment: Date): Day =>
  new Date(moment.getTime() + CHINA_OFFSET).toISOString().slice(0, 10)

/** Today in China by a clock. */
export const todayBy = ({ clock }: { readonly clock: () => Date }): Day => dayInChina(clock())
