import { listWithEmail } from '../../db/reminders.ts'
import { findSetting, saveSetting } from '../../db/settings.ts'
import type { Deps } from '../deps.ts'
import type { AssessedCache } from '../assessed.ts'
import { accountOf } from '../access/session.ts'
import { waitingFor } from './inbox.ts'
import type { InboxItem, InboxType } from './item.ts'
import { dayInChina } from '../today.ts'
import { sendLetters, type Letter } from '../mail/send.ts'
import { readMailSettings } from '../mail/settings.ts'

const SENT = 'smtp.digest-on'
const MOST = 50
const HOUR = 3_600_000
/** Nobody is written to before the office opens. */
const FROM_HOUR = 8

const types: Readonly<Record<InboxType, string>> = {
  appeal: '可以申诉',
  rectify: '整改',
  'rectify-again': '整改被退回，重新整改',
  'sign-off': '审定自评',
  'fill-in': '填报自评',
  'fill-in-again': '自评被退回，修改自评',
  review: '核查整改',
  decide: '裁定申诉',
  verify: '核查自评',
  approve: '审批发布',
}

/** A finding goes by its number: letters leave the house, by a server that the system administrator names, who sees no case. */
const lineOf = ({ type, number, unit, what, on }: InboxItem): string =>
  [on ?? '', types[type], unit, number || what].filter(Boolean).join('　')

/** What waits for one person, line by line, as a letter says it. */
export function linesOf(items: readonly InboxItem[]): string[] {
  const shown = items.slice(0, MOST).map(lineOf)
  const rest = items.length > MOST ? [`……另有 ${items.length - MOST} 项`] : []
  return [...shown, ...rest, '', '请登录系统办理；办理后不再提醒。']
}

/** What waits for one person, in one letter. */
const digestLetter = (to: string, items: readonly InboxItem[]): Letter => ({
  to,
  subject: `政务公开考核：${items.length} 项待办`,
  text: linesOf(items).join('\n'),
})

/** Writes to everybody for whom something waits, once a day from eight in the morning, and only when mail is on. Gives how many letters left. */
export async function sendDigests(
  { db, dataDir, clock }: Pick<Deps, 'db' | 'dataDir' | 'clock'>,
  assessed: AssessedCache,
): Promise<number> {
  const now = clock()
  const today = dayInChina(now)
  if (new Date(now.getTime() + 8 * HOUR).getUTCHours() < FROM_HOUR) return 0
  if (!(await readMailSettings(db)).enabled || (await findSetting(db, SENT)) === today) return 0
  const letters: Letter[] = []
  for (const row of await listWithEmail(db)) {
    if (row.email === null) continue
    const items = await waitingFor({ db, assessed, today, language: 'zh-CN' }, accountOf(row))
    if (items.length > 0) letters.push(digestLetter(row.email, items))
  }
  if (letters.length > 0) await sendLetters({ db, dataDir }, letters)
  await saveSetting(db, SENT, today)
  return letters.length
}
