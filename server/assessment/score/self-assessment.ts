import { addDays, type Day } from '../day.ts'
import type { Decimal } from '../rational.ts'
import type { Indicator, LeafScale, VerifiedMarksComponent } from '../rule/scheme.ts'

/** A leaf of the form that a unit fills in. */
export interface FormLeaf {
  readonly key: string
  readonly name: string
  /** Names of the branches between its area and itself. */
  readonly path: readonly string[]
  readonly full: Decimal
  readonly scoring: string | null
  readonly scale: LeafScale
  /** What must be shown. */
  readonly evidence: string | null
  readonly clause: string | null
  /** The first-level indicator that it belongs to. */
  readonly area: string
}

/** A first-level indicator with what of it concerns a unit. */
export interface FormArea {
  readonly key: string
  readonly name: string
  /** 责任单位; null = the assessing office. */
  readonly responsible: string | null
  readonly clause: string | null
  readonly leaves: readonly FormLeaf[]
}

const concerns = ({ groups }: Indicator, group: string): boolean => groups === null || groups.includes(group)

function leavesBelow(node: Indicator, area: Indicator, path: readonly string[], group: string): FormLeaf[] {
  if (!concerns(node, group)) return []
  if (node.children.length > 0) {
    const further = node === area ? path : [...path, node.name]
    return node.children.flatMap((child) => leavesBelow(child, area, further, group))
  }
  const { key, name, full, scoring, scale, evidence, clause } = node
  return [{ key, name, path, full: full as Decimal, scoring, scale, evidence, clause, area: area.key }]
}

/** The areas and leaves of a sound scheme that concern the units of a group, in order; areas without any are left out. */
export const formAreas = (component: VerifiedMarksComponent, group: string): FormArea[] =>
  component.indicators
    .map((area) => ({
      key: area.key,
      name: area.name,
      responsible: area.responsible,
      clause: area.clause,
      leaves: leavesBelow(area, area, [], group),
    }))
    .filter(({ leaves }) => leaves.length > 0)

/** How many leaves a unit of the group fills in for each window, and with how many of them evidence is uploaded. */
export function formSize(
  component: VerifiedMarksComponent,
  group: string,
): { readonly leaves: number; readonly uploads: number } {
  const leaves = formAreas(component, group).flatMap((area) => area.leaves)
  return { leaves: leaves.length, uploads: leaves.filter(({ evidence }) => evidence !== null).length }
}

/** Where a unit's window stands (考核办法 四(二)): filled in, handed in, sent back, handed in again, verified. */
export const selfStates = ['draft', 'submitted', 'returned', 'resubmitted', 'verified'] as const
export type SelfState = (typeof selfStates)[number]

export type SelfEvent = 'submitted' | 'returned' | 'resubmitted' | 'withdrawn' | 'verified'

/** A mark in force: null while it waits. */
export type MarkInForce = Decimal | 'not-applicable' | null

const stateAfter: Readonly<Record<SelfEvent, SelfState>> = {
  submitted: 'submitted',
  returned: 'returned',
  resubmitted: 'resubmitted',
  withdrawn: 'draft',
  verified: 'verified',
}

/**
 * The state after some events, in order. Marks without any event were imported: such a window is verified once none of them is missing,
 * and handed in until then.
 */
export function selfState(events: readonly SelfEvent[], marks: readonly MarkInForce[]): SelfState {
  const last = events.at(-1)
  if (last !== undefined) return stateAfter[last]
  if (marks.length === 0) return 'draft'
  return marks.every((mark) => mark !== null) ? 'verified' : 'submitted'
}

/** What may happen next, whoever does it. */
export const selfSteps = ['fill', 'submit', 'withdraw', 'return', 'verify'] as const
export type SelfStep = (typeof selfSteps)[number]

const stepsIn: Readonly<Record<SelfState, readonly SelfStep[]>> = {
  draft: ['fill', 'submit'],
  submitted: ['withdraw', 'return', 'verify'],
  returned: ['fill', 'submit'],
  resubmitted: ['withdraw', 'return', 'verify'],
  verified: ['verify'],
}

/** The possible steps; handing in can be taken back until verification starts, and is over once the window is closed. */
export function possibleSteps(
  state: SelfState,
  marks: readonly MarkInForce[],
  isClosed: boolean,
): readonly SelfStep[] {
  const started = marks.some((mark) => mark !== null)
  return stepsIn[state].filter((step) => {
    if (step === 'withdraw') return !started && !isClosed
    if (step === 'fill' || step === 'submit') return !isClosed || state === 'returned'
    return true
  })
}

/** An entry of a form counts as answered with marks, or when the unit says that it does not apply. */
export const isAnswered = ({
  marks,
  notApplicable,
}: {
  readonly marks: Decimal | null
  readonly notApplicable: boolean
}): boolean => marks !== null || notApplicable

const LATE_WORK = 45

/** The window that people work on: the first that fell due less than 45 days ago or is still to come, else the last. */
export function currentWindow<Window extends { readonly dueOn: Day }>(
  windows: readonly Window[],
  today: Day,
): Window | undefined {
  return windows.find(({ dueOn }) => addDays(dueOn, LATE_WORK) >= today) ?? windows.at(-1)
}
