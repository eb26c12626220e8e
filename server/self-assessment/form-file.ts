import { z } from 'zod'
import { compare, decimal, type Decimal } from '#assessment/rational'
import type { Language } from '#assessment/language'
import { saveDraft } from '../../db/drafts.ts'
import type { Source } from '../../db/source.ts'
import { visibleTo } from '../access/visibility.ts'
import type { Account } from '../access/session.ts'
import { actBeside, done, nothingDone, type Actor } from '../act.ts'
import { messageText } from '../exchange/spreadsheet/messages.ts'
import type { FormEntry, FormRow, SelfForm } from '../exchange/self-form/self-form.ts'
import { requireMatch } from '../http/if-match.ts'
import { Problem, problemOfParts } from '../http/problem.ts'
import { jsonField } from '../http/upload.ts'
import type { WithThreads } from '../jobs/jobs.ts'
import { readForm } from '../jobs/read-workbook.ts'
import { todayBy } from '../today.ts'
import type { FormAddress } from './fill-in.ts'
import { claimView, enteredIn, leavesIn, openForm, type OpenForm } from './form.ts'
import { unitWindowAt, type PlaceQuery, type UnitWindowAt } from './place.ts'
import { previousMarks, previousWindow } from './previous.ts'
import { requireStep } from './state.ts'
import { answered } from './wire.ts'

const entry = answered.extend({ note: z.string().nullable() })
/** `erased`: something that is entered is blank in the file, and nothing of the row is taken over unless somebody says so. */
const outcomes = ['same', 'changed', 'erased', 'error'] as const
const reportRow = z.object({
  row: z.int().nullable(),
  column: z.string().nullable(),
  leaf: z.string().nullable(),
  name: z.string().nullable(),
  outcome: z.enum(outcomes),
  before: entry.nullable(),
  after: entry.nullable(),
  message: z.string().nullable(),
})
type ReportRow = z.infer<typeof reportRow>
export const formReportSchema = z
  .object({
    rows: z.array(reportRow),
    counts: z.object({ same: z.int(), changed: z.int(), erased: z.int(), error: z.int() }),
    /** How many rows were taken over; null when the forms were only compared. */
    taken: z.int().nullable(),
    committed: z.boolean(),
    /** Version of the form as compared: take it over with this as If-Match. */
    etag: z.string(),
  })
  .meta({ id: 'SelfFormReport' })
type FormReport = z.infer<typeof formReportSchema>

/** A unit's form as a workbook to fill in: with its draft for itself, with what it handed in for others. */
export async function formToFill(db: Source, at: UnitWindowAt, account: Account): Promise<SelfForm> {
  const form = await openForm(db, at)
  const { claims, state } = form.standing
  const isOwn = account.unit?.id === at.unit.id
  const previous = await previousMarks(db, await previousWindow(db, at), { unitIds: [at.unit.id] })
  const keys = leavesIn(at).map(({ key }) => key)
  const entryOf = (leaf: string): FormEntry | null =>
    isOwn ? enteredIn(form, leaf) : state === 'draft' ? null : claimView(claims.get(leaf))
  return {
    title: `${at.visible.assessment.name} ${at.component.name}自评表`,
    unit: at.unit.name,
    window: at.window.name,
    areas: at.areas,
    entries: byLeaf(keys, entryOf),
    previous: byLeaf(keys, (leaf) => previous(at.unit.id, leaf)?.marks ?? null),
  }
}

/** What there is of each leaf. */
const byLeaf = <Value>(leaves: readonly string[], of: (leaf: string) => Value | null): Map<string, Value> =>
  new Map(
    leaves.flatMap((leaf) => {
      const value = of(leaf)
      return value === null ? [] : [[leaf, value] as const]
    }),
  )

const isEqual = (a: Decimal | null, b: Decimal | null): boolean =>
  a === null || b === null ? a === b : compare(decimal(a), decimal(b)) === 0
const isSame = (a: FormEntry, b: FormEntry): boolean =>
  isEqual(a.marks, b.marks) && a.notApplicable === b.notApplicable && a.note === b.note

const isBlank = ({ marks, notApplicable }: FormEntry): boolean => marks === null && !notApplicable

function outcomeOf(before: FormEntry, after: FormEntry): ReportRow['outcome'] {
  if (isSame(before, after)) return 'same'
  const isErased = (isBlank(after) && !isBlank(before)) || (after.note === null && before.note !== null)
  return isErased ? 'erased' : 'changed'
}

/** What a filled form says of each leaf, beside what is entered now. */
function compared(form: OpenForm, rows: readonly FormRow[]) {
  const names = new Map(leavesIn(form.at).map(({ key, name }) => [key, name]))
  return rows.map(({ leaf, row, ...after }) => {
    const { marks, notApplicable, note } = enteredIn(form, leaf)
    const before = { marks, notApplicable, note }
    const outcome = outcomeOf(before, after)
    return { row, column: null, leaf, name: names.get(leaf) ?? null, outcome, before, after, message: null }
  })
}

/** The rows that somebody chose; without a choice all that change and erase nothing. */
const chosenAmong = (
  rows: ReturnType<typeof compared>,
  leaves: readonly string[] | undefined,
): ReturnType<typeof compared> =>
  rows.filter(({ leaf, outcome }) =>
    leaves ? outcome !== 'same' && leaves.includes(leaf) : outcome === 'changed',
  )

/** Leaves by their keys, beside a form's file. */
export const chosenLeaves = jsonField(100_000)
  .pipe(z.array(z.string().max(200)).max(5000))
  .optional()

interface FilledForm {
  readonly bytes: Uint8Array
  readonly place: PlaceQuery
  readonly language: Language
  /** Only compare; take nothing over. */
  readonly dryRun: boolean
  readonly ifMatch: string | undefined
  /** The leaves to take over; undefined = all that change and erase nothing, of a form without errors. */
  readonly leaves: readonly string[] | undefined
}

/**
 * Takes what a filled form says over as drafts. Throws `not-found`, `self-locked`, `self-form-invalid` with the places where no rows are
 * chosen, and what `requireMatch` throws; a dry run reports what is wrong instead. A row with an error is never taken over.
 */
export async function takeFormOver(
  actor: Actor & WithThreads,
  { assessmentId, unitId }: FormAddress,
  { bytes, place, language, dryRun, ifMatch, leaves }: FilledForm,
): Promise<FormReport> {
  const { deps } = actor
  const seen = await visibleTo(actor, assessmentId)
  const { unit, window, areas } = await unitWindowAt(deps.db, seen, actor, unitId, place, todayBy(deps))
  const { inThread } = actor
  const about = { unit: unit.name, window: window.name, areas }
  const reading = await readForm(bytes, about, { inThread })
  const errors = reading.problems.map(({ code, row, column, params }) => ({
    row,
    column,
    leaf: null,
    name: null,
    outcome: 'error' as const,
    before: null,
    after: null,
    message: messageText(code, params, language),
  }))
  return actBeside(actor, assessmentId, 'self.upload', async ({ trx, by, at, today, visible }) => {
    const form = await openForm(trx, await unitWindowAt(trx, visible, actor, unitId, place, today))
    requireStep('fill', form.standing, form.at)
    const wrong = new Set(errors.map(({ row }) => row))
    const rows = compared(
      form,
      reading.rows.filter(({ row }) => !wrong.has(row)),
    )
    const count = (counted: ReportRow['outcome']) => rows.filter(({ outcome }) => outcome === counted).length
    const report: FormReport = {
      rows: [...errors, ...rows],
      counts: {
        same: count('same'),
        changed: count('changed'),
        erased: count('erased'),
        error: errors.length,
      },
      taken: null,
      committed: false,
      etag: form.etag,
    }
    if (dryRun) return nothingDone(report)
    if (errors.length > 0 && leaves === undefined)
      throw problemOfParts('self-form-invalid', errors, ({ row, column, message }) => ({
        row,
        column,
        code: 'error',
        message,
      }))
    requireMatch(ifMatch, form.etag)
    const chosen = chosenAmong(rows, leaves)
    for (const { leaf, after } of chosen) {
      const draft = { ...form.at.unitPlace, leaf, ...after, notApplicable: after.notApplicable ? 1 : 0 }
      const version = form.drafts.get(leaf)?.version ?? 0
      if (!(await saveDraft(trx, { ...draft, updatedBy: by.id, updatedAt: at }, version)))
        throw new Problem('stale')
    }
    const { etag } = await openForm(trx, form.at)
    return done(
      { ...report, taken: chosen.length, committed: true, etag },
      {
        subject: unitId,
        detail: { assessment: assessmentId, window: form.at.window.key, changed: chosen.length },
      },
    )
  })
}
