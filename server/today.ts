import { dayInChina, type Day } from '#assessment/day'

export { dayInChina }

/** Today in China by a clock. */
export const todayBy = ({ clock }: { readonly clock: () => Date }): Day => dayInChina(clock())

const DAY = 24 * 3_600_000

/** The first moment of a day in China, or of the one some days after it. */
export const startInChina = (day: Day, after = 0): Date =>
  new Date(Date.parse(`${day}T00:00:00+08:00`) + after * DAY)
