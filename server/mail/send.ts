import { createTransport } from 'nodemailer'
import type { Deps } from '../deps.ts'
import { Problem } from '../http/problem.ts'
import { readMailSettings, readPassword } from './settings.ts'

export interface Letter {
  readonly to: string
  readonly subject: string
  readonly text: string
}

const PATIENCE = 15_000

const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[A-Z_]+$/.test(code) ? code : 'SMTP'
}

/** Sends letters over one connection. Throws `mail-off` without any request when mail is off, and `mail-failed` with the kind of failure. */
export async function sendLetters(
  { db, dataDir }: Pick<Deps, 'db' | 'dataDir'>,
  letters: readonly Letter[],
): Promise<void> {
  const { enabled, host, port, secure, user, from } = await readMailSettings(db)
  if (!enabled || host === '' || from === '') throw new Problem('mail-off')
  const pass = await readPassword({ db, dataDir })
  const transport = createTransport({
    host,
    port,
    secure,
    pool: true,
    maxConnections: 1,
    // Nobody's password goes over a line that others can read.
    ...(user === '' ? {} : { auth: { user, pass: pass ?? '' }, requireTLS: true }),
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    socketTimeout: PATIENCE,
  })
  try {
    for (const letter of letters) await transport.sendMail({ from, ...letter })
  } catch (error) {
    throw new Problem('mail-failed', { params: { reason: reasonOf(error) } })
  } finally {
    transport.close()
  }
}
