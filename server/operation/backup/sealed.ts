import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'

/*
 * A sealed file is one line of text, `zhengheng-sealed 1 KEY SALT` (the key's name and the file's salt, in hex), and then the content in pieces
 * of one mebibyte, each under AES-256-GCM with its tag of 16 bytes behind it. The file's key is HKDF-SHA256(key, salt, "zhengheng sealed file");
 * the nonce of a piece is its number in eleven bytes and one byte that is 1 for the last piece, so that pieces can be neither moved nor cut off.
 * The line is authenticated with every piece.
 */

/** What a key file holds. */
export interface SealingKey {
  readonly secret: Buffer
  /** Sixteen hexadecimal digits by which a file says which key opens it. */
  readonly name: string
}

const PIECE = 1024 * 1024
const TAG = 16
const SALT = 16
const LEAST = 32
const magic = 'zhengheng-sealed 1 '
const pattern = new RegExp(`^${magic}([0-9a-f]{16}) ([0-9a-f]{${2 * SALT}})\n`)
const HEADER = magic.length + 16 + 1 + 2 * SALT + 1

const derived = (secret: Buffer, salt: Buffer | string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, purpose, 32))

/** Reads a key: any file of at least 32 characters made at random, blanks around them aside. Throws when there is none or it is shorter. */
export async function readSealingKey(file: string): Promise<SealingKey> {
  const text = (await readFile(file, 'utf8')).trim()
  if (text.length < LEAST)
    throw new Error(`${file} holds no key: at least ${LEAST} random characters are needed`)
  const secret = createHash('sha256').update(text).digest()
  return { secret, name: derived(secret, '', 'zhengheng key name').toString('hex').slice(0, 16) }
}

/** Bytes of a sealed file around content of so many bytes. */
export const sealedBytes = (bytes: number): number =>
  HEADER + bytes + TAG * Math.max(1, Math.ceil(bytes / PIECE))

/** Whether a file that begins so is sealed; needs its first {@link HEADER} bytes. */
export const isSealed = (start: Buffer): boolean => pattern.test(start.subarray(0, HEADER).toString('latin1'))

const nonceOf = (piece: number, isLast: boolean): Buffer => {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(piece, 5, 6)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

/** Cuts a stream into pieces of one size, the last one shorter or empty, and tells which is the last. */
async function* inPieces(
  content: AsyncIterable<Buffer>,
  size: number,
): AsyncGenerator<{ readonly piece: Buffer; readonly isLast: boolean }> {
  let waiting: Buffer[] = []
  let bytes = 0
  for await (const part of content) {
    waiting.push(part)
    bytes += part.length
    if (bytes <= size) continue
    let rest = Buffer.concat(waiting)
    // What may be the last piece waits until there is more.
    for (; rest.length > size; rest = rest.subarray(size))
      yield { piece: rest.subarray(0, size), isLast: false }
    waiting = [rest]
    bytes = rest.length
  }
  yield { piece: Buffer.concat(waiting), isLast: true }
}

/** Seals a stream under a key. */
export async function* seal(content: AsyncIterable<Buffer>, key: SealingKey): AsyncGenerator<Buffer> {
  const salt = randomBytes(SALT)
  const header = Buffer.from(`${magic}${key.name} ${salt.toString('hex')}\n`, 'latin1')
  const fileKey = derived(key.secret, salt, 'zhengheng sealed file')
  yield header
  let number = 0
  for await (const { piece, isLast } of inPieces(content, PIECE)) {
    const cipher = createCipheriv('aes-256-gcm', fileKey, nonceOf(number++, isLast)).setAAD(header)
    yield Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()])
  }
}

async function takeHeader(
  content: AsyncIterable<Buffer>,
): Promise<{ readonly header: Buffer; readonly rest: AsyncIterable<Buffer> }> {
  const parts = content[Symbol.asyncIterator]()
  let start = Buffer.alloc(0)
  while (start.length < HEADER) {
    const { value, done } = await parts.next()
    if (done === true) break
    start = Buffer.concat([start, value])
  }
  async function* rest(): AsyncGenerator<Buffer> {
    yield start.subarray(HEADER)
    for (let next = await parts.next(); next.done !== true; next = await parts.next()) yield next.value
  }
  return { header: start.subarray(0, HEADER), rest: rest() }
}

/** Opens what {@link seal} made. Throws, before a single wrong byte is given on, when the key is another or a byte was altered, moved or cut off. */
export async function* unseal(content: AsyncIterable<Buffer>, key: SealingKey): AsyncGenerator<Buffer> {
  const { header, rest } = await takeHeader(content)
  const [, name = '', salt = ''] = pattern.exec(header.toString('latin1')) ?? []
  if (name === '') throw new Error('not sealed')
  if (name !== key.name) throw new Error(`sealed with another key (${name}, not ${key.name})`)
  const fileKey = derived(key.secret, Buffer.from(salt, 'hex'), 'zhengheng sealed file')
  let number = 0
  for await (const { piece, isLast } of inPieces(rest, PIECE + TAG)) {
    if (piece.length < TAG) throw new Error('cut off')
    const nonce = nonceOf(number++, isLast)
    const decipher = createDecipheriv('aes-256-gcm', fileKey, nonce, { authTagLength: TAG }).setAAD(header)
    decipher.setAuthTag(piece.subarray(-TAG))
    const plain = decipher.update(piece.subarray(0, -TAG))
    try {
      decipher.final()
    } catch {
      throw new Error('altered or cut off')
    }
    yield plain
  }
}
