import { crc32, inflateRawSync } from 'node:zlib'
import { limits } from './limits.ts'
import { Unreadable } from './unreadable.ts'

interface Entry {
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly unpacked: number
  readonly offset: number
}

/** The parts of a package, by name. */
export interface Package {
  readonly names: readonly string[]
  /** The part's bytes; undefined when there is no such part. Throws Unreadable when it is damaged or too large. */
  read(name: string): Buffer | undefined
}

const signature = {
  end: 0x06054b50,
  zip64Locator: 0x07064b50,
  zip64End: 0x06064b50,
  central: 0x02014b50,
  local: 0x04034b50,
}
const endSize = 22
const oleHeader = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const encryptedStream = Buffer.from('EncryptedPackage', 'utf16le')

const whole64 = (bytes: Buffer, at: number): number => Number(bytes.readBigUInt64LE(at))

function findEnd(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - endSize - 0xffff)
  for (let at = bytes.length - endSize; at >= first; at--) {
    if (bytes.readUInt32LE(at) === signature.end) return at
  }
  throw new Unreadable('not-a-workbook')
}

/** Where the directory begins and how many entries it has. */
function directoryOf(bytes: Buffer): { at: number; count: number } {
  const end = findEnd(bytes)
  const count = bytes.readUInt16LE(end + 10)
  const at = bytes.readUInt32LE(end + 16)
  const locator = end - 20
  if (locator < 0 || bytes.readUInt32LE(locator) !== signature.zip64Locator) return { at, count }
  const end64 = whole64(bytes, locator + 8)
  if (bytes.readUInt32LE(end64) !== signature.zip64End) throw new Unreadable('broken-file')
  return { at: whole64(bytes, end64 + 48), count: whole64(bytes, end64 + 32) }
}

/** Replaces the sizes that the directory gives as "see the extra field" (files written for more than 4 GB). */
function widened(entry: Entry, extra: Buffer): Entry {
  const wide = 0xffffffff
  let { packed, unpacked, offset } = entry
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    let next = at + 4
    const take = (): number => whole64(extra, (next += 8) - 8)
    if (unpacked === wide) unpacked = take()
    if (packed === wide) packed = take()
    if (offset === wide) offset = take()
  }
  return { ...entry, packed, unpacked, offset }
}

function readDirectory(bytes: Buffer): Map<string, Entry> {
  const { at: start, count } = directoryOf(bytes)
  if (count > limits.parts)
    throw new Unreadable('too-large-inside', { megabytes: limits.unpackedBytes >> 20 })
  const entries = new Map<string, Entry>()
  let total = 0
  for (let index = 0, at = start; index < count; index++) {
    if (bytes.readUInt32LE(at) !== signature.central) throw new Unreadable('broken-file')
    const nameLength = bytes.readUInt16LE(at + 28)
    const extraLength = bytes.readUInt16LE(at + 30)
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/')
    const encrypted = (bytes.readUInt16LE(at + 8) & 1) === 1
    if (encrypted) throw new Unreadable('encrypted')
    const entry = widened(
      {
        method: bytes.readUInt16LE(at + 10),
        crc: bytes.readUInt32LE(at + 16),
        packed: bytes.readUInt32LE(at + 20),
        unpacked: bytes.readUInt32LE(at + 24),
        offset: bytes.readUInt32LE(at + 42),
      },
      bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength),
    )
    total += entry.unpacked
    entries.set(name.replace(/^\//, '').toLowerCase(), entry)
    at += 46 + nameLength + extraLength + bytes.readUInt16LE(at + 32)
  }
  if (total > limits.unpackedBytes) {
    throw new Unreadable('too-large-inside', { megabytes: limits.unpackedBytes >> 20 })
  }
  return entries
}

function unpack(bytes: Buffer, entry: Entry): Buffer {
  if (entry.unpacked > limits.partBytes) {
    throw new Unreadable('too-large-inside', { megabytes: limits.partBytes >> 20 })
  }
  if (bytes.readUInt32LE(entry.offset) !== signature.local) throw new Unreadable('broken-file')
  const start =
    entry.offset + 30 + bytes.readUInt16LE(entry.offset + 26) + bytes.readUInt16LE(entry.offset + 28)
  const packed = bytes.subarray(start, start + entry.packed)
  if (packed.length !== entry.packed || ![0, 8].includes(entry.method)) throw new Unreadable('broken-file')
  // A part that unpacks to more than it declares is stopped at what it declared.
  const part =
    entry.method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.unpacked) })
  if (part.length !== entry.unpacked || crc32(part) !== entry.crc) throw new Unreadable('broken-file')
  return part
}

/** Runs a step of reading; whatever it trips over in a damaged file is told as one. */
function orBroken<Result>(step: () => Result): Result {
  try {
    return step()
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('broken-file')
  }
}

/** Opens the package that an .xlsx file is. Throws Unreadable when it is encrypted, damaged, or declares too much. */
export function openPackage(bytes: Buffer): Package {
  if (bytes.subarray(0, oleHeader.length).equals(oleHeader)) {
    throw new Unreadable(bytes.includes(encryptedStream) ? 'encrypted' : 'old-format')
  }
  if (bytes.length < endSize) throw new Unreadable('not-a-workbook')
  const entries = orBroken(() => readDirectory(bytes))
  return {
    names: [...entries.keys()],
    read: (name) => {
      const entry = entries.get(name.toLowerCase())
      return entry && orBroken(() => unpack(bytes, entry))
    },
  }
}
