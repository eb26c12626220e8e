import type { z } from 'zod'
import type { Day } from '#assessment/day'
import type { FormLeaf, SelfStep } from '#assessment/score/self-assessment'
import { workingDaysBetween } from '#assessment/working-days'
import type { Source } from '../../db/source.ts'
import { listDraftEvidence, listDrafts } from '../../db/drafts.ts'
import type { Evidence } from '../../db/evidence.ts'
import { loadCalendar } from '../../db/holidays.ts'
import { namesOf, type AccountNames } from '../../db/accounts.ts'
import { listClaimEvidence, type Claim, type Mark } from '../../db/self-assessments.ts'
import type { DraftRow } from '../../db/tables.ts'
import { scopeOf, type Action } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import type { Visible } from '../access/visibility.ts'
import type { Actor } from '../act.ts'
import { verifierRights } from '../access/verifier-rights.ts'
import { evidenceView } from '../evidence/evidence-view.ts'
import { dayInChina, todayBy } from '../today.ts'
import { grouped } from '../grouped.ts'
import { etagOf } from '../http/if-match.ts'
import { unitWindowAt, type DatedWindow, type PlaceQuery, type UnitWindowAt, type WindowAt } from './place.ts'
import { previousMarks, previousWindow } from './previous.ts'
import { signOffIn, signOffSteps, signOffView } from './sign-off.ts'
import { marksSeen, standingIn, stepsOf, type UnitStanding } from './state.ts'
import { totalsOf, type Entered } from './sums.ts'
import type { EntryView, FormView, windowsSchema } from './wire.ts'
import { seesPersons } from '../access/sight.ts'

/** A unit's window with what its own people have in hand. */
export interface OpenForm {
  readonly at: UnitWindowAt
  readonly standing: UnitStanding
  readonly drafts: ReadonlyMap<string, DraftRow>
  readonly evidence: ReadonlyMap<string, readonly Evidence[]>
  /** Of everything entered and everything that happened. */
  readonly etag: string
}

export const leavesIn = ({ areas }: Pick<UnitWindowAt, 'areas'>): FormLeaf[] =>
  areas.flatMap(({ leaves }) => leaves)

export async function openForm(db: Source, at: UnitWindowAt): Promise<OpenForm> {
  const standing = await standingIn(db, at.place, at.unit.id)
  const drafts = new Map((await listDrafts(db, at.unitPlace)).map((row) => [row.leaf, row]))
  const evidence = grouped(await listDraftEvidence(db, at.unitPlace), ({ leaf }) => leaf)
  const etag = etagOf([
    standing.events.length,
    [...drafts.values()].map(({ leaf, version }) => [leaf, version]).sort(),
    [...evidence].map(([leaf, rows]) => [leaf, rows.map(({ id }) => id)]).sort(),
  ])
  return { at, standing, drafts, evidence, etag }
}

/** What a leaf holds now: the draft, else what was claimed (a claim may come from an imported workbook). */
export function enteredIn({ drafts, standing }: OpenForm, leaf: string): Entered & { note: string | null } {
  const row = drafts.get(leaf) ?? standing.claims.get(leaf)
  if (!row) return { marks: null, notApplicable: false, note: null }
  return { marks: row.marks, notApplicable: row.notApplicable === 1, note: row.note }
}

export const draftEtag = (draft: Pick<DraftRow, 'version'> | undefined): string => `"${draft?.version ?? 0}"`

const windowView = ({ key, name, dueOn, closedOn }: DatedWindow) => ({ key, name, dueOn, closedOn })

export const windowsView = ({ component, window, windows }: WindowAt): z.infer<typeof windowsSchema> => ({
  component: { key: component.key, name: component.name },
  window: windowView(window),
  windows: windows.map(windowView),
})

/** What a draft holds of a leaf, if anything yet, and who wrote it. */
export const draftView = (draft: DraftRow | undefined, updatedBy: string | null): EntryView => ({
  marks: draft?.marks ?? null,
  notApplicable: draft?.notApplicable === 1,
  note: draft?.note ?? null,
  etag: draftEtag(draft),
  updatedBy,
  updatedAt: draft?.updatedAt ?? null,
})

export const claimView = (claim: Claim | undefined) =>
  claim === undefined
    ? null
    : {
        marks: claim.marks,
        notApplicable: claim.notApplicable === 1,
        note: claim.note,
        on: dayInChina(new Date(claim.recordedAt)),
      }

interface MarkSight {
  readonly names: AccountNames
  readonly showsPersons: boolean
  /** The assessing unit, and the responsible unit for which its office might have verified. */
  readonly officeId: string
  readonly standInFor: string | null
}

/** A mark as it may be seen. The office says why it verified for who is responsible; a mark that came with an import says nothing. */
export const markView = (mark: Mark | undefined, { names, showsPersons, officeId, standInFor }: MarkSight) =>
  mark === undefined
    ? null
    : {
        marks: mark.marks,
        notApplicable: mark.notApplicable === 1,
        observation: mark.observation ?? null,
        reason: mark.reason,
        on: mark.onDay,
        by: showsPersons ? (names.get(mark.recordedBy ?? '')?.name ?? null) : null,
        unit: names.get(mark.recordedBy ?? '')?.unit ?? null,
        insteadOf:
          mark.importId === null && names.get(mark.recordedBy ?? '')?.unitId === officeId ? standInFor : null,
      }

export const earlierView = (mark: Mark | null) =>
  mark === null ? null : { marks: mark.marks, notApplicable: mark.notApplicable === 1, reason: mark.reason }

const actionOf: Readonly<Record<SelfStep, Action>> = {
  fill: 'self.fill',
  submit: 'self.submit',
  withdraw: 'self.submit',
  return: 'self.return',
  verify: 'mark.verify',
}

/** The form of a unit as the caller may see it: its own people see drafts, all others what was handed in. */
export async function formView(
  db: Source,
  at: UnitWindowAt,
  account: Account,
  today: Day,
): Promise<FormView> {
  const form = await openForm(db, at)
  const { standing, drafts } = form
  const { visible, window, unit, areas } = at
  const isOwn = account.unit?.id === unit.id
  const showsPersons = seesPersons(account)
  const rights = verifierRights(visible, account)
  const shownClaims = isOwn || standing.state !== 'draft' ? standing.claims : new Map<string, Claim>()
  const signOff = isOwn ? await signOffIn(db, at, standing) : undefined
  const names = await namesOf(db, [
    signOff?.recordedBy ?? null,
    ...[...drafts.values()].map(({ updatedBy }) => updatedBy),
    ...[...standing.events, ...standing.marks.values()].map(({ recordedBy }) => recordedBy),
  ])
  const previous = await previousWindow(db, at)
  const previousOf = await previousMarks(db, previous, { unitIds: [unit.id] })
  const claimIds = isOwn ? [] : [...shownClaims.values()].map(({ id }) => id)
  const attached = grouped(await listClaimEvidence(db, claimIds), ({ claimId }) => claimId)

  const entryOf = (leaf: string): EntryView | null => {
    if (!isOwn) return null
    const draft = drafts.get(leaf)
    const by = names.get(draft?.updatedBy ?? '')?.name ?? null
    return { ...draftView(draft, by), ...enteredIn(form, leaf) }
  }
  const enteredFor = (leaf: string): Entered | null => {
    if (isOwn) return enteredIn(form, leaf)
    return claimView(shownClaims.get(leaf))
  }
  const evidenceOf = (leaf: string): readonly Evidence[] =>
    isOwn ? (form.evidence.get(leaf) ?? []) : (attached.get(shownClaims.get(leaf)?.id ?? '') ?? [])
  const mayVerify = areas.some((area) => rights.refusal(area.responsible, unit.id) === null)
  const possible = stepsOf(standing, at)
  const steps = possible.filter((step) => {
    const scope = scopeOf(account.role, actionOf[step])
    if (scope === undefined) return false
    if (step === 'verify') return mayVerify
    return step === 'return' ? scope === 'assessing-unit' || mayVerify : isOwn
  })
  return {
    unit,
    group: at.group,
    ...windowsView(at),
    window: {
      ...windowView(window),
      daysLeft: workingDaysBetween(await loadCalendar(db), today, window.dueOn),
    },
    previousWindow: previous?.name ?? null,
    state: standing.state,
    steps: [...steps, ...(isOwn ? signOffSteps(account, possible, signOff) : [])],
    signOff: signOffView(signOff, names.get(signOff?.recordedBy ?? '')?.name ?? null),
    etag: form.etag,
    course: standing.events.map((event) => ({
      type: event.type,
      on: event.onDay,
      at: event.recordedAt,
      reason: event.reason,
      by: showsPersons || isOwn ? (names.get(event.recordedBy ?? '')?.name ?? null) : null,
      unit: names.get(event.recordedBy ?? '')?.unit ?? null,
    })),
    totals: totalsOf(leavesIn(at), enteredFor, marksSeen(standing, at)),
    areas: areas.map((area) => ({
      key: area.key,
      name: area.name,
      clause: area.clause,
      verifier: rights.verifier(area.responsible, unit.id),
      inPlaceOf: rights.inPlaceOf(area.responsible, unit.id),
      leaves: area.leaves.map((leaf) => ({
        key: leaf.key,
        name: leaf.name,
        path: [...leaf.path],
        full: leaf.full,
        scoring: leaf.scoring,
        scale: leaf.scale,
        evidenceWanted: leaf.evidence,
        clause: leaf.clause,
        entry: entryOf(leaf.key),
        claimed: claimView(shownClaims.get(leaf.key)),
        verified: markView(standing.marks.get(leaf.key), {
          names,
          showsPersons,
          officeId: visible.assessment.unitId,
          standInFor: rights.standInFor(area.responsible, unit.id),
        }),
        previous: earlierView(previousOf(unit.id, leaf.key)),
        evidence: evidenceOf(leaf.key).map((row) => evidenceView(row, visible.assessment)),
      })),
    })),
  }
}

/** The form of a unit as its caller may see it now. Throws `not-found`. */
export async function formFor(
  caller: Actor,
  visible: Visible,
  unitId: string,
  asked: PlaceQuery,
): Promise<FormView> {
  const { deps, account } = caller
  const today = todayBy(deps)
  const at = await unitWindowAt(deps.db, visible, caller, unitId, asked, today)
  return formView(deps.db, at, account, today)
}
