import { entryAt } from '../../db/audit.ts'
import { foreignObjects, isHarmless } from '../../db/schema-check.ts'
import type { Db } from '../../db/source.ts'
import { verifyVouched } from '../../db/vouched-check.ts'
import { foreignLine, tamperingLine } from '../operation/tampering.ts'

/** A head of the log as circulars, backups and exports give it. */
export interface Head {
  readonly seq: number
  readonly hash: string
}

/** Reads `ENTRY:HASH`; null when none was given, undefined when it is none. */
export function headFrom(given: string | undefined): Head | null | undefined {
  if (given === undefined) return null
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(given) ?? []
  return hash === undefined ? undefined : { seq: Number(seq), hash }
}

export interface LogCheck {
  /** What was checked, one line each. */
  readonly lines: readonly string[]
  /** What does not agree, one line each. */
  readonly faults: readonly string[]
}

async function headFaults(db: Db, head: Head | null): Promise<string[]> {
  if (head === null || (await entryAt(db, head.seq))?.hash === head.hash) return []
  return [`audit log: entry ${head.seq} is not the one that had the hash ${head.hash}`]
}

async function structure(db: Db): Promise<LogCheck> {
  const foreign = await foreignObjects(db)
  if (foreign === null)
    return {
      lines: ['structure: not compared, since the database lets this user make no schema'],
      faults: [],
    }
  const faults = foreign.filter((each) => !isHarmless(each)).map(foreignLine)
  return {
    lines: [
      ...(faults.length === 0 ? ['structure: tables, indexes and triggers are those of the program'] : []),
      ...foreign.filter(isHarmless).map((each) => `structure: ${foreignLine(each)}, and changes no row`),
    ],
    faults,
  }
}

/** Checks the database's structure, the log, each row that it vouches for and each that it should, and a head of it that was kept elsewhere. */
export async function checkLog(db: Db, head: Head | null): Promise<LogCheck> {
  const made = await structure(db)
  const { audit, tampering, rows } = await verifyVouched(db)
  const { entries, brokenAt, lastHash, unproven, isSigned } = audit
  if (brokenAt !== null)
    return { ...made, faults: [...made.faults, `audit log: entry ${brokenAt} was altered, moved or removed`] }
  const lines = [...made.lines, `audit log: ${entries} entries, chain unbroken, last hash ${lastHash}`]
  if (unproven > 0)
    lines.push(
      `audit log: ${unproven} entries are signed with a key that is not at hand; only digests were checked for them`,
    )
  if (isSigned && tampering.length === 0)
    lines.push(`facts: ${rows} rows, each as the audit log tells, and none that it does not tell of`)
  return { lines, faults: [...made.faults, ...tampering.map(tamperingLine), ...(await headFaults(db, head))] }
}
