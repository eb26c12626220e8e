import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { findAccountByUsername } from '../../db/accounts.ts'
import type { Deed } from '../access/deeds.ts'
import type { SecurityEvent } from '../access/security-events.ts'
import type { AppEnv } from './context.ts'
import type { Problem } from './problem.ts'
import { problemTexts, type ProblemCode } from './problems/texts.ts'

/** Addresses of calendars and walls hold their secret; no log does. */
export const withoutSecret = (path: string): string => path.replace(/\/[\w-]{43}(?=\.ics$|$)/, '/…')

const longestPath = 200

/** Which refusals are failed sign-ins, and which are a lock. */
const signIns: Readonly<Partial<Record<ProblemCode, Deed>>> = {
  'sign-in-failed': 'session.failed',
  'second-factor-wrong': 'session.failed',
  'single-sign-on-failed': 'session.failed',
  'single-sign-on-nobody': 'session.failed',
  'second-factor-elsewhere': 'session.failed',
  'setup-code-wrong': 'session.failed',
  'wrong-password': 'session.failed',
  locked: 'session.locked',
  'too-many-sign-ins': 'session.locked',
  'setup-code-throttled': 'session.locked',
}

const FORBIDDEN = 403
const deedOf = (code: ProblemCode): Deed | undefined =>
  signIns[code] ?? (problemTexts[code].status === FORBIDDEN ? 'access.refused' : undefined)

/** The first characters of a text, none of them cut in half: half a surrogate pair is stored as something else than what was hashed. */
const beginningOf = (text: string, characters: number): string => [...text].slice(0, characters).join('')

/** Of a name that nobody has only the beginning is kept: people type their password into the wrong field. */
const maskedName = (name: string): string => `${beginningOf(name, 2)}…`

const eventOf = (
  c: Context<AppEnv>,
  { subject, ...event }: Pick<SecurityEvent, 'action' | 'outcome' | 'detail' | 'subject'>,
): SecurityEvent => ({
  ...event,
  subject: beginningOf(subject, longestPath),
  accountId: c.var.account?.id ?? null,
  address: c.var.address,
})

/** Notes a refusal where it is one that the audit log tells. */
export async function noteProblem(c: Context<AppEnv>, { code }: Problem): Promise<void> {
  const { deps, claimedName } = c.var
  const action = deedOf(code)
  if (action === undefined) return
  const place = { action, outcome: 'refused' as const, subject: withoutSecret(c.req.path) }
  if (claimedName === undefined)
    return deps.events.note(eventOf(c, { ...place, detail: { code, method: c.req.method } }))
  const account = await findAccountByUsername(deps.db, claimedName).catch(() => undefined)
  const username = account?.username ?? maskedName(claimedName)
  return deps.events.note(eventOf(c, { ...place, subject: account?.id ?? '', detail: { code, username } }))
}

const OK = 200
/** The name of a file that an answer carries; undefined when it carries none. */
function fileIn(headers: Headers): string | undefined {
  const disposition = headers.get('content-disposition')
  const encoded = disposition && /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1]
  return encoded ? decodeURIComponent(encoded) : undefined
}

/** Tells the audit log of every file that leaves to somebody signed in, whatever route gave it. */
export const notedDownloads = () =>
  createMiddleware<AppEnv>(async (c, next) => {
    await next()
    const file = c.res.status === OK && c.req.method === 'GET' ? fileIn(c.res.headers) : undefined
    if (file === undefined || !c.var.account) return
    await c.var.deps.events.note(
      eventOf(c, { action: 'file.download', outcome: 'done', subject: c.req.path, detail: { file } }),
    )
  })
