import type { RouteLocationRaw } from 'vue-router'
import type { Scheme } from '#assessment/rule/scheme'
import type { useSameDay } from '../../composables/same-day.ts'
import type { LossItem, LossSubject } from './loss-items.ts'

interface Where {
  readonly unitId: string
  /** Key of the part; undefined for what moves the total. */
  readonly component: string | undefined
  readonly to: ReturnType<typeof useSameDay>
}

const toForm = (_: LossSubject, { unitId, component, to }: Where): RouteLocationRaw =>
  to('self', { unit: unitId, component })
const toArithmetic = (_: LossSubject, { unitId, to }: Where): RouteLocationRaw =>
  to('scorecard', {}, { unitId })

const places: {
  readonly [Type in LossSubject['type']]: (
    subject: Extract<LossSubject, { type: Type }>,
    where: Where,
  ) => RouteLocationRaw
} = {
  finding: ({ findingId }, { to }) => to('ledger', { finding: findingId }),
  kind: ({ key }, { unitId, to }) => to('ledger', { kind: key, unit: unitId }),
  area: toForm,
  window: toForm,
  dimension: toArithmetic,
  component: toArithmetic,
  limits: toArithmetic,
  gains: toArithmetic,
  bounds: toArithmetic,
}

/** Where what a unit lost can be read: the finding, the entries of its kind, the form, or the arithmetic. */
export function lossPlace(
  { subject, component }: LossItem,
  { components }: Pick<Scheme, 'components'>,
  unitId: string,
  to: Where['to'],
): RouteLocationRaw {
  const where = { unitId, component: component === null ? undefined : components[component]?.key, to }
  return (places[subject.type] as (subject: LossSubject, where: Where) => RouteLocationRaw)(subject, where)
}
