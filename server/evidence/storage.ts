import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, type ReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '../http/problem.ts'
import { evidenceLimits, megabytes } from './limits.ts'
import { signatureScan } from './signature-scan.ts'

/** A file that arrived and is not kept yet. */
export interface Received {
  readonly path: string
  readonly bytes: number
  /** Hexadecimal. */
  readonly sha256: string
}

const INCOMING = 'incoming'
const folderIn = (dataDir: string): string => join(dataDir, 'evidence')

/** Where a stored file lies. */
export const pathOf = (dataDir: string, storedName: string): string =>
  join(folderIn(dataDir), storedName.slice(0, 2), storedName)

/** Makes a rename in a folder survive a power failure. */
async function flushFolder(folder: string): Promise<void> {
  // Windows can sync no folder.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

/**
 * Writes a stream to disk piece by piece, flushed, with its hash. Throws when it is empty, too large, or holds the virus test string, and what
 * the stream throws; nothing is left behind then.
 */
export async function receive(dataDir: string, content: AsyncIterable<Buffer>): Promise<Received> {
  const folder = join(folderIn(dataDir), INCOMING)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, randomBytes(16).toString('hex'))
  const hash = createHash('sha256')
  const scan = signatureScan()
  let bytes = 0
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const piece of content) {
      bytes += piece.length
      if (bytes > evidenceLimits.fileBytes)
        throw new Problem('too-large', { params: { limit: megabytes(evidenceLimits.fileBytes) } })
      if (scan.sees(piece)) throw new Problem('evidence-malware')
      hash.update(piece)
      await file.writeFile(piece)
    }
    if (bytes === 0) throw new Problem('evidence-empty')
    await file.sync()
  } catch (error) {
    await file.close()
    await rm(path, { force: true })
    throw error
  }
  await file.close()
  return { path, bytes, sha256: hash.digest('hex') }
}

/** Gives a received file its place under a generated name. */
export async function keep(dataDir: string, received: Received): Promise<string> {
  const storedName = randomBytes(16).toString('hex')
  const folder = join(folderIn(dataDir), storedName.slice(0, 2))
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await rename(received.path, pathOf(dataDir, storedName))
  await flushFolder(folder)
  return storedName
}

export const discard = (path: string): Promise<void> => rm(path, { force: true })
export const removeStored = (dataDir: string, storedName: string): Promise<void> =>
  discard(pathOf(dataDir, storedName))

/** A stored file to read, or null when it is gone. */
export async function openStored(
  dataDir: string,
  storedName: string,
): Promise<{ readonly stream: ReadStream; readonly bytes: number } | null> {
  const path = pathOf(dataDir, storedName)
  const found = await stat(path).catch(() => null)
  return found && { stream: createReadStream(path), bytes: found.size }
}

/** SHA-256 of a file in hex; null when there is none. */
export async function hashOfFile(path: string): Promise<string | null> {
  const hash = createHash('sha256')
  try {
    for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) hash.update(piece)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
  return hash.digest('hex')
}

/** Names of files under the folder that nobody touched since a moment: stored ones as they are called, cut-off uploads as `incoming/…`. */
export async function listIdle(
  dataDir: string,
  before: Date,
): Promise<readonly { readonly name: string; readonly path: string }[]> {
  const top = folderIn(dataDir)
  const folders = await readdir(top).catch(() => [])
  const idle: { name: string; path: string }[] = []
  for (const folder of folders) {
    for (const name of await readdir(join(top, folder)).catch(() => [])) {
      const path = join(top, folder, name)
      const found = await stat(path).catch(() => null)
      if (found?.isFile() && found.mtime < before) idle.push({ name, path })
    }
  }
  return idle
}
