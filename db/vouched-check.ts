import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import { verifyAudit, type AuditCheck } from './audit.ts'
import { everyDigest, type RowDigest, type RowDigests } from './row-digests.ts'
import { atOneMoment, type Source } from './source.ts'
import type { Row } from './stored-names.ts'
import type { AuditRow } from './tables.ts'
import { vouchedTables } from './vouched.ts'

/** How rows differ from what the audit log vouches for. */
export interface Tampering {
  readonly table: string
  readonly key: string
  readonly change: 'added' | 'altered' | 'missing'
  /** Number of the finding with its unit's name, name of the unit, or what else people know it by; null when nothing tells. */
  readonly about: string | null
  /** The last entry that vouches for it. */
  readonly entry: Pick<Selectable<AuditRow>, 'seq' | 'action'> | null
}

type Said = { readonly digest: RowDigest; readonly entry: Tampering['entry'] }

/** What the log says last of every row. */
class Vouchings {
  readonly #said = new Map<string, Map<string, Said>>()

  read({ seq, action, facts }: Selectable<AuditRow>): void {
    if (!facts) return
    const entry = { seq, action }
    for (const [table, digests] of Object.entries(JSON.parse(facts) as RowDigests)) {
      const said = this.#said.get(table) ?? new Map<string, Said>()
      for (const [key, digest] of Object.entries(digests)) said.set(key, { digest, entry })
      this.#said.set(table, said)
    }
  }

  of(table: string): ReadonlyMap<string, Said> {
    return this.#said.get(table) ?? new Map()
  }
}

async function value(source: Source, query: ReturnType<typeof sql>): Promise<string | null> {
  const { rows } = await query.execute(source.withoutPlugins())
  const [first] = rows as Row[]
  const [found] = Object.values(first ?? {})
  return found === null || found === undefined ? null : String(found)
}

/** What people know a row by, as far as the tables still tell. */
async function aboutRow(source: Source, table: string, key: string): Promise<string | null> {
  if (table === 'findings' || table === 'finding_facts')
    return value(
      source,
      sql`select units.name || ' ' || findings.number from findings
        left join finding_facts on findings.id = finding_facts.finding_id and finding_facts.id = ${key}
        join units on units.id = coalesce(findings.numbered_unit_id, findings.unit_id)
        where findings.id = ${key} or finding_facts.id = ${key}`,
    )
  if (table === 'settings') return null
  if (table === 'accounts' || table === 'account_details')
    return value(source, sql`select username from accounts where id = ${key}`)
  if (['circular_templates', 'office_contacts'].includes(table))
    return value(source, sql`select name from units where id = ${key}`)
  if (['units', 'schemes', 'assessments'].includes(table))
    return value(source, sql`select name from ${sql.table(table)} where id = ${key}`)
  if (vouchedTables[table]?.key === 'assessment_id')
    return value(source, sql`select name from assessments where id = ${key}`)
  if (['publication_steps', 'publications'].includes(table)) return null
  if (['imports', 'external_batches'].includes(table))
    return value(source, sql`select file_name from ${sql.table(table)} where id = ${key}`)
  if (table === 'stage_changes')
    return value(
      source,
      sql`select name from assessments join stage_changes on assessments.id = assessment_id where stage_changes.id = ${key}`,
    )
  return value(
    source,
    sql`select name from units join ${sql.table(table)} as t on units.id = t.unit_id where t.id = ${key}`,
  )
}

async function differing(
  source: Source,
  table: string,
  said: ReadonlyMap<string, Said>,
): Promise<Tampering[]> {
  const vouched = vouchedTables[table]
  if (!vouched) return []
  const tampering: Tampering[] = []
  const there = new Set<string>()
  const note = async (key: string, change: Tampering['change']) =>
    tampering.push({
      table,
      key,
      change,
      about: await aboutRow(source, table, key),
      entry: said.get(key)?.entry ?? null,
    })
  for await (const page of everyDigest(source, table, vouched))
    for (const [key, digest] of Object.entries(page)) {
      there.add(key)
      const vouching = said.get(key)
      if (vouching?.digest !== digest) await note(key, vouching?.digest ? 'altered' : 'added')
    }
  for (const [key, { digest }] of said) if (digest !== null && !there.has(key)) await note(key, 'missing')
  return tampering
}

export interface VouchedCheck {
  readonly audit: AuditCheck
  /** Rows that were written, moved or taken away past the program; nothing is compared before the log is signed. */
  readonly tampering: readonly Tampering[]
  /** Rows compared. */
  readonly rows: number
}

/** Walks the log and the rows it vouches for at one moment: every entry's rows are as it says, and every row has its entry. */
export const verifyVouched = (db: Source): Promise<VouchedCheck> =>
  atOneMoment(db, async (source) => {
    const vouchings = new Vouchings()
    const audit = await verifyAudit(source, (entry) => vouchings.read(entry))
    if (!audit.isSigned || audit.brokenAt !== null) return { audit, tampering: [], rows: 0 }
    const tampering: Tampering[] = []
    let rows = 0
    for (const table of Object.keys(vouchedTables)) {
      const said = vouchings.of(table)
      rows += said.size
      tampering.push(...(await differing(source, table, said)))
    }
    return { audit, tampering, rows }
  })
