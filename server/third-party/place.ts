import { listCommissions, type Commission } from '../../db/commissions.ts'
import type { ExternalBatch } from '../../db/external-batches.ts'
import type { Source } from '../../db/source.ts'
import type { ExternalComponent } from '#assessment/rule/scheme'
import type { Visible } from '../access/visibility.ts'
import { Problem } from '../http/problem.ts'

/** The components of a scheme whose marks come from outside. */
export const externalComponents = ({ scheme }: Pick<Visible, 'scheme'>): ExternalComponent[] =>
  scheme.components.flatMap((one) => (one.method === 'external' ? [one] : []))

/** The external component of that key. Throws `no-such-component`. */
export function externalComponent(visible: Pick<Visible, 'scheme'>, key: string): ExternalComponent {
  const component = externalComponents(visible).find((one) => one.key === key)
  if (!component) throw new Problem('no-such-component')
  return component
}

/** Marks are facts until the assessment is archived; after publication they show as a difference from what was published. */
export function requireTakesMarks({ assessment, participants }: Visible): void {
  if (assessment.stage === 'archived') throw new Problem('assessment-archived')
  if (participants.length === 0) throw new Problem('no-participants')
}

/** Who evaluates a component. Throws `commission-missing`. */
export async function commissionOf(db: Source, assessmentId: string, component: string): Promise<Commission> {
  const commission = (await listCommissions(db, assessmentId)).find((one) => one.component === component)
  if (!commission) throw new Problem('commission-missing')
  return commission
}

/** A component, and one of its windows where it has any, whose marks a batch holds. */
export interface BatchPlace {
  readonly component: string
  readonly window: string | null
}

/** The window of a component that marks are for; null for the year as one. Throws `no-such-window`. */
export function windowFor({ windows }: ExternalComponent, asked: string | undefined): string | null {
  if (windows.length === 0 && asked === undefined) return null
  const window = windows.find(({ key }) => key === asked)
  if (!window) throw new Problem('no-such-window')
  return window.key
}

export const placeOf = ({
  component,
  windowKey,
}: Pick<ExternalBatch, 'component' | 'windowKey'>): BatchPlace => ({
  component,
  window: windowKey ?? null,
})

export const isAt = (
  { component, window }: BatchPlace,
  other: { readonly component: string; readonly window: string | null },
): boolean => component === other.component && window === other.window

/** The batch of a place that counts. */
export const lastBatch = (batches: readonly ExternalBatch[], place: BatchPlace): ExternalBatch | undefined =>
  batches.find((batch) => isAt(placeOf(batch), place))
