import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Source } from '../../db/source.ts'
import { findSetting, saveSetting } from '../../db/settings.ts'
import { seal, unseal } from '../sealed.ts'

/** How mail leaves; without its password, which is kept apart. */
export const mailSettings = z.object({
  enabled: z.boolean(),
  host: z.string().trim().max(253),
  port: z.int().min(1).max(65_535),
  /** TLS from the first byte; otherwise STARTTLS, without which nobody signs in. */
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

const [SECRET, purpose] = ['smtp.password', 'smtp password'] as const
/** Where an earlier release kept it, as it was typed. */
const oldFileIn = (dataDir: string): string => join(dataDir, 'smtp-password')

interface Place {
  readonly db: Source
  readonly dataDir: string
}

/** The password; null when none is stored, or its key is not there. */
export async function readPassword({ db, dataDir }: Place): Promise<string | null> {
  const sealed = await findSetting(db, SECRET)
  if (sealed !== undefined) return sealed === '' ? null : unseal(dataDir, purpose, sealed)
  return readFile(oldFileIn(dataDir), 'utf8').catch(() => null)
}

/** Stores the password sealed by the key of the data folder, or forgets it with an empty one. */
export async function savePassword({ db, dataDir }: Place, password: string): Promise<void> {
  await saveSetting(db, SECRET, password === '' ? '' : await seal(dataDir, purpose, password))
  await rm(oldFileIn(dataDir), { force: true })
}

/** Seals the password that an earlier release left in a file, and removes the file. */
export async function sealOldPassword(place: Place): Promise<void> {
  const password = await readFile(oldFileIn(place.dataDir), 'utf8').catch(() => null)
  if (password !== null) await savePassword(place, password)
}
