import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { manifest, type Manifest } from './manifest.ts'
import { isSealed, seal, unseal, type SealingKey } from './sealed.ts'

/*
 * A backup is one line of JSON, the manifest, and then the database: an SQLite file, or what pg_dump wrote in its custom format. Unsealed, `head
 * -1` shows the manifest and `tail -n +2` gives the database without this program.
 */

const START = 100
const NEWLINE = 0x0a
/** A manifest names every evidence file in about 130 bytes. */
const LONGEST_MANIFEST = 512 * 1024 * 1024

/** Writes a file, readable by its owner alone, that is there completely or not at all and survives a power failure; sealed when there is a key. */
export async function writeWhole(
  path: string,
  content: AsyncIterable<Buffer>,
  key: SealingKey | null,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    await pipeline(
      Readable.from(key === null ? content : seal(content, key), { objectMode: false }),
      createWriteStream(temporary, { mode: 0o600, flags: 'wx', flush: true }),
    )
    await rename(temporary, path)
    await flushFolder(dirname(path))
  } finally {
    await rm(temporary, { force: true })
  }
}

async function flushFolder(folder: string): Promise<void> {
  // Windows can sync no folder.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

const bytesOf = (path: string): AsyncIterable<Buffer> => createReadStream(path) as AsyncIterable<Buffer>

/** SHA-256 of a stream, in hex, with what it holds passed on. */
export async function* hashing(
  content: AsyncIterable<Buffer>,
  tell: (sha256: string, bytes: number) => void,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const part of content) {
    hash.update(part)
    bytes += part.length
    yield part
  }
  tell(hash.digest('hex'), bytes)
}

/** The first bytes of a file. */
export async function startOf(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(START), 0, START, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** What a file holds, opened with the key when it is sealed. Throws when a key is needed and none is given, and what {@link unseal} throws. */
export async function openedContent(path: string, key: SealingKey | null): Promise<AsyncIterable<Buffer>> {
  if (!isSealed(await startOf(path))) return bytesOf(path)
  if (key === null) throw new Error('sealed; BACKUP_KEY_FILE must name its key')
  return unseal(bytesOf(path), key)
}

/** A backup file as read: what it says of itself, and the database to be read once. */
export interface OpenedBackup {
  readonly manifest: Manifest
  readonly database: AsyncIterable<Buffer>
}

/** Opens a backup. Throws when it is none, is sealed with another key, or is damaged as far as it was read. */
export async function openBackup(path: string, key: SealingKey | null): Promise<OpenedBackup> {
  const parts = (await openedContent(path, key))[Symbol.asyncIterator]()
  const line: Buffer[] = []
  let bytes = 0
  let rest: Buffer | null = null
  while (rest === null) {
    const { value, done } = await parts.next()
    if (done === true || bytes > LONGEST_MANIFEST) throw new Error('no backup of this program')
    const end = value.indexOf(NEWLINE)
    line.push(end === -1 ? value : value.subarray(0, end))
    bytes += value.length
    if (end !== -1) rest = value.subarray(end + 1)
  }
  const first: Buffer = rest
  async function* database(): AsyncGenerator<Buffer> {
    if (first.length > 0) yield first
    for (let next = await parts.next(); next.done !== true; next = await parts.next()) yield next.value
  }
  return { manifest: parseManifest(Buffer.concat(line).toString('utf8')), database: database() }
}

function parseManifest(line: string): Manifest {
  let json: unknown
  try {
    json = JSON.parse(line)
  } catch {
    throw new Error('no backup of this program')
  }
  const parsed = manifest.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Error(`its first line is no manifest that this release reads: ${issue?.path.join('.')}`)
}

/** Writes a backup from its manifest and the file of the database. */
export const writeBackup = (
  path: string,
  about: Manifest,
  databaseFile: string,
  key: SealingKey | null,
): Promise<void> => {
  async function* content(): AsyncGenerator<Buffer> {
    yield Buffer.from(`${JSON.stringify(about)}\n`)
    yield* bytesOf(databaseFile)
  }
  return writeWhole(path, content(), key)
}
