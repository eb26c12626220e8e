import { z } from 'zod'
import { namesOf } from '../../db/accounts.ts'
import { listWithEmail } from '../../db/reminders.ts'
import type { Source } from '../../db/source.ts'
import { listUnitReminders, saveUnitReminders } from '../../db/unit-reminders.ts'
import { accountOf, type Account } from '../access/session.ts'
import { actBeside, done, stamp, type Actor } from '../act.ts'
import type { AssessedCache } from '../assessed.ts'
import type { Deps } from '../deps.ts'
import { Problem } from '../http/problem.ts'
import { id } from '../http/wire.ts'
import { sendLetters, type Letter } from '../mail/send.ts'
import { readMailSettings } from '../mail/settings.ts'
import { dayInChina, todayBy } from '../today.ts'
import { linesOf } from './digest.ts'
import { waitingFor } from './inbox.ts'
import type { InboxItem } from './item.ts'

export const remindBody = z.object({
  unitIds: z.array(id).min(1).max(500),
  /** What the office says to all of them; null = nothing more. */
  note: z.string().trim().min(1).max(500).nullable(),
})

const posts = ['off', 'sent', 'failed'] as const
export const remindedSchema = z
  .object({
    units: z.int(),
    /** Letters that left, to people of these units for whom something waits and who named an address. */
    letters: z.int(),
    /** `off` where mail is not set; what is told in the program is told either way. */
    mail: z.enum(posts),
  })
  .meta({ id: 'UnitsReminded' })
type Reminded = z.infer<typeof remindedSchema>

interface With {
  readonly deps: Pick<Deps, 'db' | 'dataDir' | 'clock'>
  readonly assessed: AssessedCache
}

/** What an assessment asks of each person of the units, for those with an address; nobody is written to for whom nothing waits. */
async function lettersTo(
  { deps, assessed }: With,
  assessmentId: string,
  { unitIds, note }: z.infer<typeof remindBody>,
): Promise<Letter[]> {
  const letters: Letter[] = []
  for (const row of await listWithEmail(deps.db)) {
    if (row.email === null || row.unitId === null || !unitIds.includes(row.unitId)) continue
    const all = await waitingFor(
      { db: deps.db, assessed, today: todayBy(deps), language: 'zh-CN' },
      accountOf(row),
    )
    const items = all.filter((item) => item.assessmentId === assessmentId)
    if (items.length > 0)
      letters.push({
        to: row.email,
        subject: `政务公开考核催办：${items.length} 项待办`,
        text: [...(note === null ? [] : [note, '']), ...linesOf(items)].join('\n'),
      })
  }
  return letters
}

/** 催办: tells units, in the program and by mail where it is set, that something waits for them. Throws `not-found` for a unit that the assessment does not know. */
export async function remindUnits(
  actor: Actor & With,
  assessmentId: string,
  order: z.infer<typeof remindBody>,
): Promise<Reminded> {
  const units = [...new Set(order.unitIds)]
  await actBeside(actor, assessmentId, 'reminder.send', async (doing) => {
    const there = new Set(doing.visible.units.map(({ id }) => id))
    if (units.some((id) => !there.has(id))) throw new Problem('not-found')
    const { note } = order
    const rows = units.map((unitId) => ({ assessmentId, unitId, note, ...stamp(doing) }))
    await saveUnitReminders(doing.trx, rows)
    return done(undefined, { subject: assessmentId, detail: { units, note } })
  })
  if (!(await readMailSettings(actor.deps.db)).enabled)
    return { units: units.length, letters: 0, mail: 'off' }
  const letters = await lettersTo(actor, assessmentId, order)
  try {
    if (letters.length > 0) await sendLetters(actor.deps, letters)
    return { units: units.length, letters: letters.length, mail: 'sent' }
  } catch (reason) {
    if (!(reason instanceof Problem)) throw reason
    return { units: units.length, letters: 0, mail: 'failed' }
  }
}

export const unitReminderSchema = z
  .object({
    assessmentId: z.string(),
    on: z.string(),
    by: z.string().nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'UnitReminder' })

/** What an account's unit was reminded of, for as long as something waits for the account in that assessment. */
export async function remindersFor(
  db: Source,
  account: Account,
  items: readonly InboxItem[],
): Promise<z.infer<typeof unitReminderSchema>[]> {
  if (account.unit === null || items.length === 0) return []
  const waiting = new Set(items.map(({ assessmentId }) => assessmentId))
  const rows = (await listUnitReminders(db, account.unit.id)).filter((row) => waiting.has(row.assessmentId))
  const people = await namesOf(
    db,
    rows.map(({ recordedBy }) => recordedBy),
  )
  return rows.map(({ assessmentId, note, recordedBy, recordedAt }) => ({
    assessmentId,
    note,
    by: people.get(recordedBy)?.name ?? null,
    on: dayInChina(new Date(recordedAt)),
  }))
}
