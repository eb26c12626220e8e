import { existsSync, readFileSync } from 'node:fs'

/** Write-ahead log of SQLite that was damaged on disk, so that SQLite reads no further than the damage. */
export interface WalDamage {
  /** The log's file. */
  readonly file: string
  /** Transactions committed behind the damage, at least; SQLite leaves them out unless they are in the database already. */
  readonly commits: number
}

/*
 * The format is SQLite's (sqlite.org/fileformat2.html#walformat): a header of 32 bytes, then frames of 24 bytes and a page each. A frame counts
 * when its salts are the header's and its checksum, running on from the frame before, is right; the second word of a frame is not 0 where a
 * transaction is committed.
 */
const HEADER = 32
const FRAME_HEADER = 24
const magics: ReadonlySet<number> = new Set([0x377f0682, 0x377f0683])

type Sums = readonly [number, number]

/** The running checksum over whole pairs of words. */
function summed(bytes: Buffer, [first, second]: Sums, isBigEndian: boolean): Sums {
  let [a, b] = [first, second]
  for (let at = 0; at < bytes.length; at += 8) {
    const x = isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)
    const y = isBigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)
    a = (a + x + b) >>> 0
    b = (b + y + a) >>> 0
  }
  return [a, b]
}

const sumsAt = (bytes: Buffer, at: number): Sums => [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)]
const isSame = (a: Sums, b: Sums): boolean => a[0] === b[0] && a[1] === b[1]

/** What SQLite leaves out of a log. */
interface Unread {
  readonly isHeaderSound: boolean
  /** Commits from the first frame on that SQLite does not accept. */
  readonly commits: number
}

function unreadIn(log: Buffer): Unread {
  const isBigEndian = (log.readUInt32BE(0) & 1) === 1
  const size = FRAME_HEADER + log.readUInt32BE(8)
  const salts = sumsAt(log, 16)
  let sums = sumsAt(log, 24)
  const isHeaderSound =
    magics.has(log.readUInt32BE(0)) && isSame(summed(log.subarray(0, 24), [0, 0], isBigEndian), sums)
  if (!isHeaderSound) return { isHeaderSound, commits: 1 }
  let isSound = true
  let commits = 0
  for (let at = HEADER; at + size <= log.length; at += size) {
    const frame = log.subarray(at, at + size)
    const hasSalts = isSame(sumsAt(frame, 8), salts)
    if (isSound) {
      sums = summed(
        frame.subarray(FRAME_HEADER),
        summed(frame.subarray(0, 8), sums, isBigEndian),
        isBigEndian,
      )
      isSound = hasSalts && isSame(sums, sumsAt(frame, 16))
    }
    if (!isSound && hasSalts && frame.readUInt32BE(4) !== 0) commits++
  }
  return { isHeaderSound, commits }
}

/**
 * Whether a database's write-ahead log, left by a process that ended without closing it, was damaged. The last transaction may rightly be cut
 * off, by a power failure before anybody was told that it is done; damage is where another one was committed behind it, and where the header,
 * which was written before all of them, does not hold. What is cut off whole leaves no trace.
 */
export function walDamage(databaseFile: string): WalDamage | null {
  const file = `${databaseFile}-wal`
  if (!existsSync(file)) return null
  const log = readFileSync(file)
  if (log.length < HEADER + FRAME_HEADER) return null
  const { isHeaderSound, commits } = unreadIn(log)
  return isHeaderSound && commits < 2 ? null : { file, commits }
}
