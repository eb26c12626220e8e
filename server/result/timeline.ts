import { z } from 'zod'
import type { DeductionKind } from '#assessment/rule/scheme'
import { findingFactTypes, type Facts } from '#assessment/score/facts'
import { type Scorecard, lossesOn } from '#assessment/score/scorecard'
import type { AnswerOf } from '../http/schema-of.ts'

export const timelineEntrySchema = z
  .object({
    on: z.string(),
    type: z.enum([
      ...findingFactTypes,
      'lost',
      'handed-in',
      'verified',
      'external',
      'bonus',
      'bonus-reversed',
    ]),
    findingId: z.string().optional(),
    number: z.string().optional(),
    what: z.string().optional(),
    window: z.string().optional(),
    component: z.string().optional(),
    by: z.string().optional(),
    points: z.int().optional(),
  })
  .meta({ id: 'TimelineEntry' })
type TimelineEntry = AnswerOf<typeof timelineEntrySchema>

const newestFirst = (a: TimelineEntry, b: TimelineEntry): number => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0)

/** What happened to a unit up to the scorecard's day, newest first. */
export function timelineOf(
  facts: Facts,
  card: Scorecard,
  kinds: ReadonlyMap<string, DeductionKind>,
): TimelineEntry[] {
  const findings = new Map(facts.findings.map((finding) => [finding.id, finding]))
  const ofFindings = lossesOn(card).flatMap((loss): TimelineEntry[] => {
    const about = { findingId: loss.findingId, number: loss.number, what: loss.what }
    const by = kinds.get(loss.kind)?.provider
    const past = (findings.get(loss.findingId)?.facts ?? []).map(({ type, on }) => ({
      on,
      type,
      ...about,
      ...(type === 'notified' && by ? { by } : {}),
    }))
    return loss.lostOn === null
      ? past
      : [...past, { on: loss.lostOn, type: 'lost', ...about, points: loss.points }]
  })
  const names = new Map(card.components.map(({ key, name }) => [key, name]))
  const own = <Fact extends { unitId: string; on: string | null }>(all: readonly Fact[]) =>
    all.filter((fact): fact is Fact & { on: string } => fact.unitId === card.unitId && fact.on !== null)
  const handedIn = own(facts.submissions).map(({ on, component, window }) => ({
    on,
    type: 'handed-in' as const,
    window,
    component: names.get(component) ?? component,
  }))
  const verified = new Map(
    own(facts.verified).map(({ on, component, window }) => [
      `${component} ${window} ${on}`,
      { on, type: 'verified' as const, window, component: names.get(component) ?? component },
    ]),
  )
  const external = own(facts.external).map(({ on, component }) => ({
    on,
    type: 'external' as const,
    component: names.get(component) ?? component,
  }))
  const bonuses = own(facts.bonuses).map(({ on, points }) => ({
    on,
    type: points > 0 ? ('bonus' as const) : ('bonus-reversed' as const),
  }))
  return [...ofFindings, ...handedIn, ...verified.values(), ...external, ...bonuses]
    .filter(({ on }) => on <= card.asOf)
    .sort(newestFirst)
}
