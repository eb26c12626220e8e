import { crc32 } from 'node:zlib'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { limits } from './limits.ts'
import { Unreadable } from './unreadable.ts'

/** The unpacked bytes of a part, in pieces, so that no part is ever held whole. */
export type PartBytes = AsyncIterable<Buffer>

/** The parts of a package, by name. */
export interface PackageParts {
  /** Undefined when there is no such part. Reading throws Unreadable when it is damaged or too large. */
  read(name: string): PartBytes | undefined
}

const oleHeader = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const encryptedStream = Buffer.from('EncryptedPackage', 'utf16le')

const tooLarge = (bytes: number): Unreadable => new Unreadable('too-large-inside', { megabytes: bytes >> 20 })
const broken = (error: unknown): Unreadable =>
  error instanceof Unreadable ? error : new Unreadable('broken-file')

/** How much a package may unpack to, in bytes. */
export interface UnpackBounds {
  readonly unpackedBytes: number
}

/** Names differ in case, slashes and a leading slash between the programs that write them. */
const keyOf = (name: string): string => name.replaceAll('\\', '/').replace(/^\//, '').toLowerCase()

async function entriesOf(zip: ZipFile, { unpackedBytes }: UnpackBounds): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.parts) throw tooLarge(unpackedBytes)
  const entries = new Map<string, Entry>()
  let total = 0
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted()) throw new Unreadable('encrypted')
      total += entry.uncompressedSize
      entries.set(keyOf(entry.fileNameRaw.toString('utf8')), entry)
    }
  } catch (error) {
    throw broken(error)
  }
  if (total > unpackedBytes) throw tooLarge(unpackedBytes)
  return entries
}

/** yauzl stops a part that unpacks to another size than it declares; its checksum is left to us, and what comes out in all. */
async function* unpack(zip: ZipFile, entry: Entry, count: (bytes: number) => void): PartBytes {
  let sum = 0
  try {
    for await (const piece of (await zip.openReadStreamPromise(entry)) as PartBytes) {
      count(piece.length)
      sum = crc32(piece, sum)
      yield piece
    }
  } catch (error) {
    throw broken(error)
  }
  if (sum !== entry.crc32) throw new Unreadable('broken-file')
}

/** Opens the package that an .xlsx file is. Throws Unreadable when it is encrypted, damaged, or declares too much. */
export async function openPackage(bytes: Buffer, bounds: UnpackBounds = limits): Promise<PackageParts> {
  if (bytes.subarray(0, oleHeader.length).equals(oleHeader)) {
    throw new Unreadable(bytes.includes(encryptedStream) ? 'encrypted' : 'old-format')
  }
  const zip = await fromBufferPromise(bytes, { decodeStrings: false, validateEntrySizes: true }).catch(() => {
    throw new Unreadable('not-a-workbook')
  })
  const entries = await entriesOf(zip, bounds)
  let unpacked = 0
  const count = (more: number): void => {
    unpacked += more
    if (unpacked > bounds.unpackedBytes) throw tooLarge(bounds.unpackedBytes)
  }
  return {
    read: (name) => {
      const entry = entries.get(keyOf(name))
      return entry && unpack(zip, entry, count)
    },
  }
}
