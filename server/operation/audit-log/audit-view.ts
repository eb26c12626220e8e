import { z } from 'zod'
import { momentInChina } from '#assessment/day'
import {
  accountsCalled,
  auditPageOf,
  headOfLog,
  unitsCalled,
  type AuditFilter,
  type AuditPlace,
} from '../../../db/audit-log.ts'
import { entryAt } from '../../../db/audit.ts'
import { atOneMoment, type Source } from '../../../db/source.ts'
import { deeds } from '../../access/deeds.ts'
import { day } from '../../http/wire.ts'
import { startInChina } from '../../today.ts'

const outcomes = ['done', 'refused'] as const

/** What is searched for; days are days in China, both included. */
export const auditQuery = z.object({
  person: z.string().trim().max(64).optional(),
  unit: z.string().trim().max(64).optional(),
  action: z.enum(deeds).optional(),
  subject: z.string().trim().max(200).optional(),
  outcome: z.enum(outcomes).optional(),
  from: day.optional(),
  until: day.optional(),
})
type AuditQuery = z.infer<typeof auditQuery>

/** Where a page goes on, as the page before said it. */
export const auditCursor = z
  .string()
  .max(64)
  .regex(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z\/\d{1,15}$/)
  .transform((text): AuditPlace => {
    const [at = '', seq = ''] = text.split('/')
    return { at, seq: Number(seq) }
  })

/** `ENTRY:HASH`, as circulars, backups and the page itself give the head of the log. */
export const headText = z
  .string()
  .trim()
  .regex(/^\d{1,15}:[0-9a-f]{64}$/)

const entrySchema = z.object({
  seq: z.int(),
  /** On China's clock with its offset, `2018-02-10T10:00:00+08:00`. */
  at: z.string(),
  /** Null where nobody was signed in. */
  account: z.object({ username: z.string(), name: z.string() }).nullable(),
  unit: z.string().nullable(),
  address: z.string().nullable(),
  action: z.string(),
  subject: z.string(),
  detail: z.unknown(),
  outcome: z.enum(outcomes),
  hash: z.string(),
})

export const auditSchema = z
  .object({
    items: z.array(entrySchema),
    /** The cursor of the next page; null on the last one. */
    next: z.string().nullable(),
    /** The head of the log, to be kept elsewhere; null while there is no entry. */
    head: z.string().nullable(),
  })
  .meta({ id: 'AuditLog' })

const SIZE = 50

/** The filters behind what was searched for, one of which an entry fits: what a person did, and what was done to a person. */
export async function filtersOf(db: Source, asked: AuditQuery): Promise<AuditFilter[]> {
  const { person, unit, action, subject, outcome, from, until } = asked
  const filter: AuditFilter = {
    ...(action && { action }),
    ...(subject && { subject }),
    ...(outcome && { outcome }),
    ...(from && { from: startInChina(from).toISOString() }),
    ...(until && { until: startInChina(until, 1).toISOString() }),
  }
  const unitIds = unit ? await unitsCalled(db, unit) : null
  if (person) {
    const found = await accountsCalled(db, person)
    const among = unitIds ? { ...filter, unitIds } : filter
    return found.flatMap((id) => [
      { ...among, accountId: id },
      ...(subject ? [] : [{ ...among, subject: id }]),
    ])
  }
  return unitIds ? unitIds.map((id) => ({ ...filter, unitIds: [id] })) : [filter]
}

const headWords = ({ seq, hash }: { readonly seq: number; readonly hash: string }): string => `${seq}:${hash}`

/** A page of the log, newest first. */
export const auditView = (
  db: Source,
  asked: AuditQuery,
  after: AuditPlace | null,
): Promise<z.infer<typeof auditSchema>> =>
  atOneMoment(db, async (source) => {
    const rows = await auditPageOf(source, await filtersOf(source, asked), after, SIZE + 1)
    const shown = rows.slice(0, SIZE)
    const last = shown.at(-1)
    const head = await headOfLog(source)
    return {
      items: shown.map(({ accountId, username, name, at, detail, outcome, ...row }) => ({
        ...row,
        at: momentInChina(new Date(at)),
        account: accountId === null ? null : { username: username ?? '', name: name ?? '' },
        detail: JSON.parse(detail) as unknown,
        outcome: outcome ?? 'done',
      })),
      next: rows.length > SIZE && last ? `${last.at}/${last.seq}` : null,
      head: head ? headWords(head) : null,
    }
  })

/** Whether the log still has the entry of a head that was kept elsewhere. */
export async function headHolds(db: Source, head: string): Promise<boolean> {
  const entry = await entryAt(db, Number(head.split(':')[0]))
  return entry !== undefined && headWords(entry) === head
}
