import { z } from 'zod'
import type { Language } from '#assessment/language'
import { daysOfSpan, isWeekend, withAnnouncement, type AnnouncedSpan } from '#assessment/working-days'
import { namesOf } from '../../db/accounts.ts'
import { insertAnnouncement, listAnnouncements, loadCalendar } from '../../db/holidays.ts'
import { newId } from '../../db/ids.ts'
import type { Source } from '../../db/source.ts'
import { actAcross, done, stamp, type Actor } from '../act.ts'
import { announcementFaultText } from '../exchange/announcement/faults.ts'
import { readAnnouncement } from '../exchange/announcement/read-announcement.ts'
import { refusalText } from '../exchange/report-text/refusal.ts'
import { Problem } from '../http/problem.ts'
import type { PastedOrFile } from '../http/pasted-or-file.ts'
import { bytesOf } from '../http/upload.ts'
import type { WithThreads } from '../jobs/jobs.ts'
import { readReportBytes } from '../jobs/read-report.ts'

/** Years whose arrangement may be entered. */
export const holidayYear = z.coerce.number().int().min(2000).max(2100)

export const holidaysSchema = z
  .object({
    years: z.array(
      z.object({
        year: z.int(),
        /** Weekdays that are free, weekend days that are worked. */
        holidays: z.array(z.string()),
        workdays: z.array(z.string()),
        /** Who entered it; null where the program brought it. */
        entered: z
          .object({ by: z.string().nullable(), at: z.string(), reason: z.string().nullable() })
          .nullable(),
      }),
    ),
  })
  .meta({ id: 'Holidays' })

/** 放假安排 as this installation knows it, the latest year first. */
export async function holidaysView(db: Source): Promise<z.infer<typeof holidaysSchema>> {
  const { holidays, workdays, announced } = await loadCalendar(db)
  const announcements = await listAnnouncements(db)
  const people = await namesOf(
    db,
    announcements.map(({ recordedBy }) => recordedBy),
  )
  const inYear = (days: ReadonlySet<string>, year: number): string[] =>
    [...days].filter((day) => day.startsWith(`${year}-`)).sort()
  return {
    years: [...announced]
      .sort((a, b) => b - a)
      .map((year) => {
        const last = announcements.findLast((one) => one.year === year)
        return {
          year,
          holidays: inYear(holidays, year),
          workdays: inYear(workdays, year),
          entered: last
            ? {
                by: people.get(last.recordedBy ?? '')?.name ?? null,
                at: last.recordedAt,
                reason: last.reason,
              }
            : null,
        }
      }),
  }
}

const reportRow = z.object({
  /** As written. */
  text: z.string(),
  outcome: z.enum(['new', 'error']),
  name: z.string().nullable(),
  use: z.enum(['off', 'worked']).nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  message: z.string().optional(),
})
export const announcementReportSchema = z
  .object({
    rows: z.array(reportRow),
    /** `new`, `error`: stretches and sentences; `holidays`, `workdays`: days that differ from an ordinary week. */
    counts: z.object({ new: z.int(), error: z.int(), holidays: z.int(), workdays: z.int() }),
    committed: z.boolean(),
    /** The year has an arrangement already, so that a reason is needed. */
    known: z.boolean(),
  })
  .meta({ id: 'AnnouncementReport' })
type AnnouncementReport = z.infer<typeof announcementReportSchema>

interface Asking extends WithThreads {
  readonly language: Language
}

/** Throws `file-unreadable`, which says why. */
async function textIn(source: PastedOrFile, { language, inThread }: Asking): Promise<string> {
  if ('text' in source) return source.text
  const reading = await readReportBytes(await bytesOf(source.file), source.file.name, { inThread })
  if (reading.ok) return reading.text
  throw new Problem('file-unreadable', { params: { why: refusalText(reading, language) } })
}

/** What an announcement says of a year. Throws `announcement-empty` where it says nothing. */
function check(text: string, year: number, language: Language) {
  const lines = readAnnouncement(text, year)
  if (lines.length === 0) throw new Problem('announcement-empty', { params: { year } })
  const rows = lines.flatMap(({ text: written, spans, fault }): AnnouncementReport['rows'] => {
    const none = { name: null, use: null, from: null, to: null }
    return fault
      ? [{ text: written, outcome: 'error', ...none, message: announcementFaultText(fault, language) }]
      : spans.map((span) => ({ text: written, outcome: 'new', ...span }))
  })
  return { rows, spans: lines.flatMap(({ spans }) => spans) }
}

function reportOf(
  rows: AnnouncementReport['rows'],
  spans: readonly AnnouncedSpan[],
  told: Pick<AnnouncementReport, 'committed' | 'known'>,
): AnnouncementReport {
  const days = (use: AnnouncedSpan['use']): string[] =>
    spans.flatMap((span) => (span.use === use ? daysOfSpan(span) : []))
  const error = rows.filter(({ outcome }) => outcome === 'error').length
  return {
    rows,
    counts: {
      new: rows.length - error,
      error,
      holidays: days('off').filter((day) => !isWeekend(day)).length,
      workdays: days('worked').length,
    },
    ...told,
  }
}

/** What an announcement would make of a year, and what is wrong with it; nothing is kept. Throws `file-unreadable` and `announcement-empty`. */
export async function checkAnnouncement(
  { deps }: Pick<Actor, 'deps'>,
  year: number,
  source: PastedOrFile,
  asking: Asking,
): Promise<AnnouncementReport> {
  const { rows, spans } = check(await textIn(source, asking), year, asking.language)
  const { announced } = await loadCalendar(deps.db)
  return reportOf(rows, spans, { committed: false, known: announced.has(year) })
}

/**
 * Puts an announcement in force for a year, from which on every deadline that follows the calendar is counted by it. Throws `file-unreadable`,
 * `announcement-empty`, `announcement-invalid`, and `announcement-known` where the year has one and no reason is given.
 */
export async function announceHolidays(
  actor: Actor,
  year: number,
  order: { readonly source: PastedOrFile; readonly reason: string | null },
  asking: Asking,
): Promise<AnnouncementReport> {
  const { rows, spans } = check(await textIn(order.source, asking), year, asking.language)
  if (rows.some(({ outcome }) => outcome === 'error')) throw new Problem('announcement-invalid')
  return actAcross(actor, {}, 'holidays.announce', async (doing) => {
    const before = await loadCalendar(doing.trx)
    const known = before.announced.has(year)
    if (known && order.reason === null) throw new Problem('announcement-known', { params: { year } })
    const reason = known ? order.reason : null
    await insertAnnouncement(doing.trx, { id: newId(), year, spans, reason, ...stamp(doing) })
    const after = withAnnouncement(before, year, spans)
    const of = ({ holidays, workdays }: typeof before) => ({
      holidays: [...holidays].filter((day) => day.startsWith(`${year}-`)).length,
      workdays: [...workdays].filter((day) => day.startsWith(`${year}-`)).length,
    })
    const detail = { year, from: known ? of(before) : null, to: of(after), reason }
    return done(reportOf(rows, spans, { committed: true, known }), { subject: String(year), detail })
  })
}
