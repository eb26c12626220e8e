import type { Transaction } from 'kysely'
import { z } from 'zod'
import { bytesUsedBy } from '../../db/evidence.ts'
import { findSetting, saveSetting } from '../../db/settings.ts'
import type { Source } from '../../db/source.ts'
import type { Tables } from '../../db/tables.ts'
import { act, changeOf, done, type Actor } from '../act.ts'
import { etagOf, requireMatch } from '../http/if-match.ts'
import { Problem } from '../http/problem.ts'
import { evidenceLimits, megabytes } from './limits.ts'

const MEGABYTE = 1024 * 1024
const setting = 'evidence.unit-bytes'

export const quotaSettings = z.object({ limit: z.int().min(MEGABYTE).max(Number.MAX_SAFE_INTEGER) })
export type QuotaSettings = z.infer<typeof quotaSettings>

/** Bytes of files that each unit may store. */
export async function quotaNow(db: Source): Promise<QuotaSettings> {
  const set = await findSetting(db, setting)
  return { limit: set === undefined ? evidenceLimits.unitBytes : Number(set) }
}

/** Sets what each unit may store. Throws what `requireMatch` throws. */
export const setQuota = (
  actor: Actor,
  settings: QuotaSettings,
  ifMatch: string | undefined,
): Promise<QuotaSettings> =>
  act(actor, 'evidence.settings', async ({ trx }) => {
    const before = await quotaNow(trx)
    requireMatch(ifMatch, etagOf(before))
    await saveSetting(trx, setting, String(settings.limit))
    return done(settings, { subject: setting, detail: changeOf({ ...before }, { ...settings }) })
  })

/** Holds what a unit has left for the transaction; the function throws `evidence-quota` when a file does not fit in. */
export async function holdRoom(trx: Transaction<Tables>, unitId: string): Promise<(bytes: number) => void> {
  const used = await bytesUsedBy(trx, unitId)
  const { limit } = await quotaNow(trx)
  return (bytes) => {
    if (used + bytes > limit) throw new Problem('evidence-quota', { params: { limit: megabytes(limit) } })
  }
}
