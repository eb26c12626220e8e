import { randomBytes } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Source } from '../../db/source.ts'
import { findSetting, saveSetting } from '../../db/settings.ts'

/** How mail leaves; without its password, which lies in a file of its own. */
export const mailSettings = z.object({
  enabled: z.boolean(),
  host: z.string().trim().max(253),
  port: z.int().min(1).max(65_535),
  /** TLS from the first byte; otherwise STARTTLS where the server offers it. */
  secure: z.boolean(),
  user: z.string().trim().max(254),
  from: z.union([z.email().max(254), z.literal('')]),
})
export type MailSettings = z.infer<typeof mailSettings>

const KEY = 'smtp.settings'
const off: MailSettings = { enabled: false, host: '', port: 465, secure: true, user: '', from: '' }

/** Off until a system administrator switches it on. */
export async function readMailSettings(db: Source): Promise<MailSettings> {
  const stored = await findSetting(db, KEY)
  return stored === undefined ? off : mailSettings.parse(JSON.parse(stored))
}

export const saveMailSettings = (db: Source, settings: MailSettings): Promise<void> =>
  saveSetting(db, KEY, JSON.stringify(settings))

const fileIn = (dataDir: string): string => join(dataDir, 'smtp-password')

/** The password; null when none is stored. */
export async function readPassword(dataDir: string): Promise<string | null> {
  try {
    return await readFile(fileIn(dataDir), 'utf8')
  } catch {
    return null
  }
}

/** Stores the password where only this process's user can read it, or removes it with an empty one. */
export async function savePassword(dataDir: string, password: string): Promise<void> {
  if (password === '') return rm(fileIn(dataDir), { force: true })
  const temporary = `${fileIn(dataDir)}.${randomBytes(6).toString('hex')}`
  const file = await open(temporary, 'wx', 0o600)
  try {
    await file.writeFile(password)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, fileIn(dataDir))
}
