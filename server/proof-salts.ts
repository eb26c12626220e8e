import { createHmac, randomBytes } from 'node:crypto'
import type { SaltOf } from '#assessment/publication/proof/proof'

/** A seed of 256 bits, in hex. Whoever knows it can try marks against the hashes that files show: it stays in the database. */
export const newProofSeed = (): string => randomBytes(32).toString('hex')

/** 132 bits. */
const LENGTH = 22

/** The salts of a publication's leaves: HMAC-SHA-256 of their kind and key, keyed with its seed. */
export const saltsFrom =
  (seed: string): SaltOf =>
  (kind, key) =>
    createHmac('sha256', Buffer.from(seed, 'hex'))
      .update(`${kind}/${key}`)
      .digest('base64url')
      .slice(0, LENGTH)
