import { z } from 'zod'
import { newId } from '../../db/ids.ts'
import {
  countLivingWallLinks,
  findWallLink,
  insertWallLink,
  listWallLinks,
  revokeWallLink,
} from '../../db/wall-links.ts'
import type { Source } from '../../db/source.ts'
import { newToken, tokenHash } from '../access/session-token.ts'
import { actBeside, done, nothingDone, type Actor } from '../act.ts'
import { Problem } from '../http/problem.ts'
import { text } from '../http/wire.ts'

const HOUR = 3_600_000
const longest = 30 * 24
/** Links of one assessment that may work at the same time. */
const most = 50
const listed = 200

const wallLinkStates = ['living', 'expired', 'revoked'] as const
export const wallLinkSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    createdBy: z.string(),
    createdAt: z.string(),
    expiresAt: z.string(),
    revokedAt: z.string().nullable(),
    state: z.enum(wallLinkStates),
  })
  .meta({ id: 'WallLink' })

/** The links to the wall of an assessment, latest first, as they are at a moment. */
export async function wallLinkViews(
  db: Source,
  assessmentId: string,
  now: string,
): Promise<z.infer<typeof wallLinkSchema>[]> {
  const rows = await listWallLinks(db, assessmentId, listed)
  return rows.map(({ createdByName, ...row }) => ({
    ...row,
    createdBy: createdByName,
    state: row.revokedAt !== null ? 'revoked' : row.expiresAt > now ? 'living' : 'expired',
  }))
}

export const newWallLinkBody = z.object({ name: text(60), hours: z.int().min(1).max(longest) })
export const newWallLinkSchema = z.object({ id: z.string(), path: z.string(), expiresAt: z.string() })

/** Makes a link to the wall; its secret is told now and never again. Throws `wall-links-full`. */
export const makeWallLink = (
  actor: Actor,
  assessmentId: string,
  { name, hours }: z.infer<typeof newWallLinkBody>,
): Promise<z.infer<typeof newWallLinkSchema>> =>
  actBeside(actor, assessmentId, 'wall.link', async ({ trx, by, at }) => {
    if ((await countLivingWallLinks(trx, assessmentId, at)) >= most)
      throw new Problem('wall-links-full', { params: { most } })
    const token = newToken()
    const id = newId()
    const expiresAt = new Date(Date.parse(at) + hours * HOUR).toISOString()
    await insertWallLink(trx, {
      id,
      tokenHash: tokenHash(token),
      assessmentId,
      name,
      expiresAt,
      createdBy: by.id,
      createdAt: at,
      revokedAt: null,
    })
    return done(
      { id, path: `/wall/${token}`, expiresAt },
      { subject: id, detail: { assessment: assessmentId, name, expiresAt } },
    )
  })

/** Makes a link to the wall useless; nothing happens when it is already. Throws `not-found`. */
export const endWallLink = (actor: Actor, assessmentId: string, linkId: string): Promise<void> =>
  actBeside(actor, assessmentId, 'wall.revoke', async ({ trx, at }) => {
    const link = await findWallLink(trx, assessmentId, linkId)
    if (!link) throw new Problem('not-found')
    if (link.revokedAt !== null) return nothingDone(undefined)
    await revokeWallLink(trx, link, at)
    return done(undefined, { subject: link.id, detail: { assessment: assessmentId, name: link.name } })
  })
