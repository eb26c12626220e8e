import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** AES-256-GCM: a nonce of 12 bytes, a tag of 16, then the text. */
const cipher = 'aes-256-gcm'
const [NONCE, TAG] = [12, 16]

const fileIn = (dataDir: string): string => join(dataDir, 'secret.key')

/** The key of the data folder, which the database does not hold and no backup takes along. It is made where there is none. */
async function keyOf(dataDir: string): Promise<Buffer> {
  try {
    const file = await open(fileIn(dataDir), 'wx', 0o600)
    try {
      await file.writeFile(randomBytes(32).toString('base64'))
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return Buffer.from(await readFile(fileIn(dataDir), 'utf8'), 'base64')
}

/** A secret as the database may hold it. `purpose` says what it is for; what was sealed for another does not open. */
export async function seal(dataDir: string, purpose: string, secret: string): Promise<string> {
  const nonce = randomBytes(NONCE)
  const sealing = createCipheriv(cipher, await keyOf(dataDir), nonce).setAAD(Buffer.from(purpose))
  const text = Buffer.concat([sealing.update(secret, 'utf8'), sealing.final()])
  return Buffer.concat([nonce, sealing.getAuthTag(), text]).toString('base64url')
}

/** The secret; null when it was sealed by another key, for another purpose, or altered. */
export async function unseal(dataDir: string, purpose: string, sealed: string): Promise<string | null> {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < NONCE + TAG) return null
  try {
    const opening = createDecipheriv(cipher, await keyOf(dataDir), bytes.subarray(0, NONCE), {
      authTagLength: TAG,
    }).setAAD(Buffer.from(purpose))
    opening.setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
    return Buffer.concat([opening.update(bytes.subarray(NONCE + TAG)), opening.final()]).toString('utf8')
  } catch {
    return null
  }
}
