import { dayInChina, type Day } from '#assessment/day'

export { dayInChina }

/** Today in China by a clock. */
export const todayBy = ({ clock }: { readonly clock: () => Date }): Day => dayInChina(clock())
