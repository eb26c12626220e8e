import { randomBytes } from 'node:crypto'

/** A random id of 16 URL-safe characters (96 bits), so that ids tell neither order nor number. */
export const newId = (): string => randomBytes(12).toString('base64url')
