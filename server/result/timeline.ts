import { z } from 'zod'
import { kindsOf, type Effect } from '#assessment/rule/scheme'
import { findingFactTypes, type Facts } from '#assessment/score/facts'
import { entriesOn, type Scorecard } from '#assessment/score/scorecard'
import { chargesOf } from '../access/case-sight.ts'
import { presentName, type Visible } from '../access/visibility.ts'
import type { AnswerOf } from '../http/schema-of.ts'

export const timelineEntrySchema = z
  .object({
    on: z.string(),
    type: z.enum([...findingFactTypes, 'lost', 'gained', 'handed-in', 'verified', 'external']),
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

/** What an entry's points do on the day from which they count. */
const counted = { loss: 'lost', gain: 'gained' } as const satisfies Record<Effect, string>

const newestFirst = (a: TimelineEntry, b: TimelineEntry): number => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0)

/** What happened to a unit up to the scorecard's day, newest first. */
export function timelineOf(facts: Facts, card: Scorecard, visible: Visible): TimelineEntry[] {
  const kinds = kindsOf(visible.scheme)
  const findings = new Map(facts.findings.map((finding) => [finding.id, finding]))
  const ofFindings = entriesOn(card).flatMap((entry): TimelineEntry[] => {
    const about = { findingId: entry.findingId, number: entry.number, what: entry.what }
    const provider = kinds.get(entry.kind)?.provider
    const by = provider ? presentName(visible, provider) : null
    const finding = findings.get(entry.findingId)
    const own = finding
      ? chargesOf(finding, visible).map(({ chargedUnitId }) => chargedUnitId === card.unitId)
      : []
    // What happened while another unit was charged is none of this one's.
    const past = (finding?.facts ?? []).flatMap(({ type, on }, index) =>
      type === 'notified' || own[index] || (type === 'decided' && own[index + 1])
        ? [{ on, type, ...about, ...(type === 'notified' && by ? { by } : {}) }]
        : [],
    )
    const { countsOn: on, effect, points } = entry
    return on === null ? past : [...past, { on, type: counted[effect], ...about, points }]
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
  return [...ofFindings, ...handedIn, ...verified.values(), ...external]
    .filter(({ on }) => on <= card.asOf)
    .sort(newestFirst)
}
