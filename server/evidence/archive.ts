import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { pipeline, type Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { finished } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { openPromise, type Entry, type ZipFile } from 'yauzl'
import { Problem } from '../http/problem.ts'
import { evidenceLimits, megabytes } from './limits.ts'
import { signatureScan } from './signature-scan.ts'

const { zip: limits } = evidenceLimits

/** What is inside an archive that passed. */
export interface Contents {
  /** Paths of the entries, with forward slashes. */
  readonly paths: readonly string[]
  /** What a package says of its parts, where it does. */
  readonly relations: Buffer | null
}

/** Counts of the outer archive, which the archives in it add to. */
interface Budget {
  entries: number
  unpacked: number
}

const tooLarge = (): Problem =>
  new Problem('zip-too-large', {
    params: { limit: megabytes(limits.unpackedBytes), ratio: `${limits.ratio}:1` },
  })

const UTF8_NAME = 0x800
const UNICODE_PATH = 0x7075
const encryptionFlags = 0x1 | 0x40 | 0x2000
const LINK = 0o120000

/** Every name an unpacking program may take for an entry. */
function namesOf(entry: Entry): string[] {
  const raw = entry.fileNameRaw ?? Buffer.alloc(0)
  const names = [raw.toString(entry.generalPurposeBitFlag & UTF8_NAME ? 'utf8' : 'latin1')]
  for (const { id, data } of entry.extraFields ?? []) {
    if (id === UNICODE_PATH) names.push(data.subarray(5).toString('utf8'))
  }
  return names
}

const leadsOut = (name: string): boolean =>
  name.includes('\0') || /^[/\\]/.test(name) || /^[A-Za-z]:/.test(name) || name.split(/[/\\]/).includes('..')

const isLink = (entry: Entry): boolean => ((entry.externalFileAttributes >>> 16) & 0o170000) === LINK

const zipMagic = Buffer.from('PK\x03\x04', 'latin1')
const otherArchives = [
  Buffer.from('Rar!\x1a\x07', 'latin1'),
  Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1'),
  Buffer.from('\x1f\x8b', 'latin1'),
  Buffer.from('BZh', 'latin1'),
  Buffer.from('\xfd7zXZ\0', 'latin1'),
  Buffer.from('\x28\xb5\x2f\xfd', 'latin1'),
]
const starts = (head: Buffer, magic: Buffer): boolean => head.subarray(0, magic.length).equals(magic)

/** Where an Office package names its main part; no larger than this. */
const RELATIONS = '_rels/.rels'
const relationsBytes = 64 * 1024
/** Pictures that Office packs by themselves. */
const packedPicture = /(^|\/)media\/[^/]+\.(emz|wmz)$/i

const embedded = /(^|\/)embeddings\//i

async function entriesOf(zip: ZipFile, packedBytes: number, budget: Budget): Promise<Entry[]> {
  budget.entries += zip.entryCount
  if (budget.entries > limits.entries)
    throw new Problem('zip-too-many', { params: { limit: limits.entries } })
  const entries: Entry[] = []
  for await (const entry of zip.eachEntry()) entries.push(entry)
  let [declared, packed] = [0, 0]
  for (const entry of entries) {
    if (entry.generalPurposeBitFlag & encryptionFlags) throw new Problem('zip-encrypted')
    if (isLink(entry) || namesOf(entry).some(leadsOut)) throw new Problem('zip-path')
    declared += entry.uncompressedSize
    packed += entry.compressedSize
    if (isTooDense(entry.uncompressedSize, entry.compressedSize)) throw tooLarge()
  }
  // Entries that share their bytes are how small archives declare much.
  if (packed > packedBytes) throw new Problem('zip-broken')
  if (budget.unpacked + declared > limits.unpackedBytes || isTooDense(declared, packedBytes)) throw tooLarge()
  return entries
}

const isTooDense = (unpacked: number, packed: number): boolean =>
  unpacked > limits.smallEntry && unpacked > packed * limits.ratio

/** Inflates one entry without keeping it, except an archive in the archive, which is kept beside it to be looked into. */
async function throughEntry(
  content: Readable,
  nestedPath: string,
  budget: Budget,
  packedBytes: number,
): Promise<'plain' | 'zip' | 'other-archive'> {
  const scan = signatureScan()
  let head: Buffer = Buffer.alloc(0)
  let kept: ReturnType<typeof createWriteStream> | null = null
  let decided = false
  let unpacked = 0
  for await (const piece of content as AsyncIterable<Buffer>) {
    unpacked += piece.length
    budget.unpacked += piece.length
    if (budget.unpacked > limits.unpackedBytes || isTooDense(unpacked, packedBytes)) throw tooLarge()
    if (scan.sees(piece)) throw new Problem('evidence-malware')
    if (!decided) head = Buffer.concat([head, piece])
    if (!decided && head.length >= 8) {
      decided = true
      if (otherArchives.some((magic) => starts(head, magic))) return 'other-archive'
      if (starts(head, zipMagic)) kept = createWriteStream(nestedPath, { mode: 0o600 })
      kept?.write(head)
    } else if (kept && !kept.write(piece)) await once(kept, 'drain')
  }
  if (!kept) return 'plain'
  kept.end()
  await finished(kept)
  return 'zip'
}

async function inspect(path: string, depth: number, budget: Budget): Promise<Contents> {
  const { size } = await stat(path)
  const zip = await openPromise(path, { decodeStrings: false, validateEntrySizes: true, autoClose: false })
  const nestedPath = `${path}.in`
  try {
    const entries = await entriesOf(zip, size, budget)
    const paths: string[] = []
    let relations: Buffer | null = null
    for (const entry of entries) {
      const [name = ''] = namesOf(entry)
      paths.push(name.replaceAll('\\', '/'))
      const content = await zip.openReadStreamPromise(entry)
      if (name === RELATIONS && entry.uncompressedSize <= relationsBytes)
        relations = await buffer(await zip.openReadStreamPromise(entry))
      // A broken picture ends the stream with an error, as a broken entry does.
      const plain = packedPicture.test(name) ? pipeline(content, createGunzip(), () => undefined) : content
      const found = await throughEntry(plain, nestedPath, budget, entry.compressedSize)
      if (found === 'plain') continue
      // What an Office document embeds is counted like any other entry; only its own archive stays closed.
      if (found === 'zip' && depth >= limits.nestedDepth && embedded.test(name)) continue
      if (found === 'other-archive' || depth >= limits.nestedDepth) throw new Problem('zip-nested')
      await inspect(nestedPath, depth + 1, budget)
    }
    return { paths, relations }
  } finally {
    zip.close()
    await rm(nestedPath, { force: true })
  }
}

/**
 * Reads through a zip archive and the archives in it: their names, sizes as declared and as they come out, and the virus test string.
 * Throws a problem that says what is wrong with it.
 */
export async function inspectArchive(path: string): Promise<Contents> {
  try {
    return await inspect(path, 0, { entries: 0, unpacked: 0 })
  } catch (error) {
    throw error instanceof Problem ? error : new Problem('zip-broken')
  }
}
